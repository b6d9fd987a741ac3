// The next token: learnt logits, made colder or warmer, cut off, shared out again, drawn from.  And the model itself: what
// it makes of any text, which token attends to which, and what is left when its heads are cut.

import type { Demo, Handle, Size, State, Toggle } from "./frame/demo";
import { clamp } from "./frame/demo";
import { circle, el, group, line, rect, round, scale, words } from "./frame/svg";
import { bits, draw, keepTopK, keepTopP, ranking, shareAgain, warm } from "./maths/sampling";
import type { Model, Pass, Trained } from "./maths/transformer";
import { read, softmax, unpack } from "./maths/transformer";

export interface Figure {
  readonly names: readonly string[];
  readonly things: readonly string[];
  readonly round: string;
  readonly habit: readonly number[];
  readonly sure: readonly number[];
  /** The model itself, fetched when somebody wants to look inside. */
  readonly later?: Trained;
  /** Share of repeated names after which the model is right: whole, then with each head cut. */
  readonly right: readonly number[];
}

interface Dials extends State {
  tab: string;
  source: string;
  temperature: number;
  k: number;
  p: number;
  draws: number;
  /** Numbers of tokens, names before things. */
  round: readonly number[];
  /** The seat that asks and is written on; the empty one behind the round, where the last word asks for it. */
  seat: number;
  /** Whose looks are drawn: a head's number, or all. */
  head: string;
  /** Numbers of the heads that are cut. */
  cut: readonly number[];
}

interface Chances {
  /** At temperature 1, nothing cut. */
  readonly learnt: readonly number[];
  readonly warmed: readonly number[];
  readonly kept: readonly boolean[];
  readonly shared: readonly number[];
  readonly counts: readonly number[];
  /** The last word that was drawn. */
  readonly last: number | null;
  readonly rank: readonly number[];
}

/** What the model makes of the text. */
interface Insight {
  readonly looks: Pass["looks"];
  /** Of every name and thing, what comes next: with what is cut, and whole. */
  readonly next: readonly number[];
  readonly whole: readonly number[];
  readonly guess: number;
  /** The place that asks. */
  readonly asks: number;
}

interface Result extends Chances {
  /** Null where nobody looks inside. */
  readonly insight: Insight | null;
}

/** The lesson's draws begin here. */
const SEED = 1;
const ALL = 8;
const MOST = 5000;

const percent = (chance: number): string =>
  chance === 0 ? "0" : chance < 0.0001 ? "<0.0001" : chance < 0.01 ? chance.toFixed(4) : chance > 0.99 && chance < 1 ? chance.toFixed(3) : chance.toFixed(2);

const logitsOf = (state: Dials, figure: Figure): readonly number[] => (state.source === "sure" ? figure.sure : figure.habit);

const textOf = (state: Dials, figure: Figure): string => (state.source === "sure" ? figure.round : "Ada");

function drawStrip(chances: Chances, figure: Figure, state: Dials, left: number, right: number, top: number): string {
  const x = scale([0, 1], [left, right]);
  const height = 26;
  const parts: string[] = [words(left, top - 10, "after the temperature, end to end", "name")];
  let before = 0;
  for (const row of chances.rank) {
    const chance = chances.warmed[row] ?? 0;
    const [from, to] = [x(before), x(before + chance)];
    parts.push(rect(from + 0.75, top, to - from - 1.5, height, chances.kept[row] ? "piece" : "piece cut", 2));
    if (to - from > 30) parts.push(words((from + to) / 2, top + 17.5, figure.things[row] ?? "", chances.kept[row] ? "inside" : "inside cut", "middle"));
    before += chance;
  }
  if (state.p < 1) {
    const at = x(state.p);
    parts.push(line(at, top - 5, at, top + height + 5, "mark"), words(at, top + height + 19, `p = ${state.p.toFixed(2)}`, "marked", at > right - 40 ? "end" : "middle"));
  }
  return group("strip", ...parts);
}

function drawBars(chances: Chances, figure: Figure, state: Dials, size: Size, top: number): string {
  const left = 46;
  const right = size.width - (size.narrow ? 92 : 132);
  const highest = Math.max(...chances.shared, ...chances.learnt) > 0.5 ? 1 : 0.5;
  const x = scale([0, highest], [left, right]);
  const step = (size.height - top - 30) / figure.things.length;
  const high = Math.min(step * 0.62, 24);
  const total = Math.max(state.draws, 1);
  const ticks = [0, 1, 2, 3, 4, 5].map((part) => (part * highest) / 5);
  const parts = ticks.map((tick) => line(x(tick), top, x(tick), size.height - 26, "grid") + words(x(tick), size.height - 10, String(Math.round(10 * tick) / 10), "tick", "middle"));
  figure.things.forEach((thing, row) => {
    const middle = top + step * (row + 0.5);
    const [shared, kept] = [chances.shared[row] ?? 0, chances.kept[row] ?? false];
    const warmed = chances.warmed[row] ?? 0;
    parts.push(
      words(left - 8, middle + 5, thing, `thing${kept ? "" : " cut"}${chances.last === row ? " drawn" : ""}`, "end"),
      kept ? rect(left, middle - high / 2, x(shared) - left, high, "bar", 2) : rect(left, middle - high / 2, x(warmed) - left, high, "bar cut", 2),
      Math.abs((chances.learnt[row] ?? 0) - shared) > 0.002 ? rect(left, middle - high / 2, x(chances.learnt[row] ?? 0) - left, high, "ghost", 2) : "",
      words(x(Math.max(shared, chances.learnt[row] ?? 0, (chances.counts[row] ?? 0) / total)) + 10, middle + 5, kept ? percent(shared) : "cut off", kept ? "value" : "value cut"),
    );
    if (state.draws > 0) {
      const count = chances.counts[row] ?? 0;
      if (count > 0) parts.push(circle(x(count / total), middle, 4.5, "drop"));
      parts.push(words(size.width - 4, middle + 5, String(count), "count", "end"));
    }
  });
  parts.push(words(size.width - 4, size.height - 10, "probability", "name", "end"));
  if (state.draws > 0) parts.push(words(size.width - 4, top - 6, "drawn", "marked", "end"));
  return group("bars", ...parts);
}

// --- inside ----------------------------------------------------------------------------------------------------

/** As the lesson calls them, in the lesson's ink: the two that do the work, and the two beside them. */
const HEADS = [
  { name: "1: tags", short: "tags", layer: 0, look: "main" },
  { name: "1: other", short: "other", layer: 0, look: "side" },
  { name: "2: other", short: "other", layer: 1, look: "side" },
  { name: "2: finds", short: "finds", layer: 1, look: "main" },
] as const;
/** More words have no room on a phone's bench. */
const MOST_WORDS = 14;
const TWO_THINGS = "Ada tea Ben hat Ben jam Dan box Ben";
const STRANGER = "Ada tea Ben hat Cleo jam Dan box Eve";
/** Pixels beyond a node that still mean it. */
const REACH = 14;
const WIDEST = 9;
/** Attention below this is not drawn: a third of a pixel. */
const LEAST = 0.02;

const drawing = (state: Dials): boolean => state.tab === "draw";
const looking = (state: Dials): boolean => state.tab === "look";

const wordsOf = (figure: Figure): readonly string[] => [...figure.names, ...figure.things];
const numbersOf = (figure: Figure, text: string): number[] => text.split(" ").map((word) => wordsOf(figure).indexOf(word));
const isName = (figure: Figure, word: number): boolean => word < figure.names.length;
const three = (chance: number): string => chance.toFixed(3);

const isFull = (state: Dials): boolean => state.round.length === MOST_WORDS;

/** Seats of the bench: one behind the round is empty, while there is room. */
const seatsFor = (text: readonly number[]): number => Math.min(text.length + 1, MOST_WORDS);

const isLessons = (state: Dials, figure: Figure): boolean => looking(state) && String(state.round) === String(numbersOf(figure, figure.round));

/** What the last word of the round was followed by before. */
const ordersOf = (state: Dials, figure: Figure): number[] =>
  state.round.slice(1).filter((word, before) => !isName(figure, word) && state.round[before] === state.round.at(-1));

const withRound = (state: Dials, text: readonly number[]): Dials => ({ ...state, round: text, seat: text.length });

/** Write on the chosen seat; behind the round, the next one is chosen. */
function write(state: Dials, word: number): Dials {
  const text = [...state.round];
  text[state.seat] = word;
  return { ...state, round: text, seat: state.seat === state.round.length ? state.seat + 1 : state.seat };
}

/** Take the chosen word away, or the last one. */
function remove(state: Dials): Dials {
  const at = Math.min(state.seat, state.round.length - 1);
  const text = state.round.filter((_, place) => place !== at);
  return text.length ? { ...state, round: text, seat: at } : state;
}

const writer = (word: string) => ({
  name: word,
  label: word,
  press: (state: Dials, _result: Result, figure: Figure): Dials => write(state, wordsOf(figure).indexOf(word)),
});

const models = new WeakMap<Trained, Model>();

function modelOf(trained: Trained): Model {
  const known = models.get(trained) ?? unpack(trained);
  models.set(trained, known);
  return known;
}

function lookInside(state: Dials, figure: Figure): Insight | null {
  if (!looking(state) || !figure.later) return null;
  const model = modelOf(figure.later);
  const nextOf = (pass: Pass): number[] => softmax(pass.logits.at(-1)!).slice(0, wordsOf(figure).length);
  const done = read(model, state.round, state.cut);
  const next = nextOf(done);
  return {
    looks: done.looks,
    next,
    whole: state.cut.length ? nextOf(read(model, state.round)) : next,
    guess: ranking(next)[0]!,
    asks: Math.min(state.seat, state.round.length - 1),
  };
}

/** What one head's looks weigh: a row for each place that asks. */
const tableOf = (insight: Insight, head: number): readonly (readonly number[])[] => insight.looks[HEADS[head]!.layer]![head % 2]!;

/** How much of what `place` holds after the first layer reaches the asker: all of its own, of others what it reads. */
function reaches(state: Dials, insight: Insight, place: number): number {
  if (place === insight.asks) return 1;
  const readers = [2, 3].filter((head) => !state.cut.includes(head));
  return Math.max(0, ...readers.map((head) => tableOf(insight, head)[insight.asks]![place] ?? 0));
}

/** Where the bench stands.  `rows` are the heights of its nodes: words, tops of the first layer, feet and tops of the
 * second. */
interface Bench {
  readonly right: number;
  readonly step: number;
  readonly rows: readonly number[];
  readonly foot: number;
  /** Height of each layer's scissors. */
  readonly signs: readonly number[];
  x(seat: number): number;
  /** Where a seat's word is written, in the picture as a whole, and how far it reaches to both sides. */
  wordX(seat: number): number;
  readonly half: number;
  /** Height at which a seat's word is written: beside its neighbours', or on two lines where there is little room. */
  y(seat: number): number;
  nearest(x: number): number;
}

const SIGN = { left: 58, width: 88, height: 28, gap: 8 };
const CHART_ROW = 18;

function benchFor(state: Dials, size: Size): Bench {
  const right = size.narrow ? size.width : size.width * 0.62;
  const foot = size.narrow ? size.height - 8 * CHART_ROW - 40 : size.height;
  const seats = seatsFor(state.round);
  const step = right / seats;
  const close = step < 46;
  const top = SIGN.height + REACH;
  const gap = SIGN.height + 2 * REACH;
  const shelf = (foot - top - gap - (close ? 60 : 40)) / 2;
  const half = clamp(step - 1, 16, 21);
  const rows = [top + 2 * shelf + gap, top + shelf + gap, top + shelf, top];
  return {
    right, step, rows, foot, half,
    signs: [top + shelf + gap / 2, SIGN.height / 2],
    x: (seat) => step * (seat + 0.5),
    wordX: (seat) => clamp(step * (seat + 0.5), 16, right - 16),
    y: (seat) => rows[0]! + 24 + (close && seat % 2 ? 20 : 0),
    nearest: (x) => clamp(Math.floor(x / step), 0, seats - 1),
  };
}

/** An arc from what answers up to who asks, as what is handed over runs. */
function arc(bench: Bench, layer: number, asks: number, answers: number, share: number, bright: number, look: string): string {
  const [low, high] = [bench.rows[2 * layer]!, bench.rows[2 * layer + 1]!];
  const [from, to] = [bench.x(answers), bench.x(asks)];
  const middle = round((low + high) / 2);
  return el("path", {
    d: `M${round(from)} ${round(low)}C${round(from)} ${middle} ${round(to)} ${middle} ${round(to)} ${round(high)}`,
    class: `arc ${look}`,
    "stroke-width": Math.max(0.6, Math.min(WIDEST, bench.step * 0.4) * share),
    "stroke-opacity": ((0.1 + 0.9 * bright) * share ** 0.6).toFixed(3),
  });
}

function drawArcs(state: Dials, insight: Insight, bench: Bench): string {
  const arcs: { bright: number; drawn: string }[] = [];
  HEADS.forEach(({ layer, look }, head) => {
    if (state.cut.includes(head) || (state.head !== "all" && state.head !== String(head))) return;
    tableOf(insight, head).forEach((shares, asks) => {
      const bright = layer === 0 ? reaches(state, insight, asks) : Number(asks === insight.asks);
      shares.forEach((share, answers) => {
        if (share >= LEAST) arcs.push({ bright: bright * share, drawn: arc(bench, layer, asks, answers, share, bright, look) });
      });
    });
  });
  return group("arcs", ...arcs.sort((one, other) => one.bright - other.bright).map(({ drawn }) => drawn));
}

function drawSeats(state: Dials, insight: Insight, figure: Figure, bench: Bench): string {
  const parts: string[] = [];
  const count = state.round.length;
  for (let seat = 0; seat < seatsFor(state.round); seat++) {
    const { half } = bench;
    const [x, y] = [bench.wordX(seat), bench.y(seat)];
    const empty = seat === count;
    const chosen = seat === state.seat ? " chosen" : "";
    if (chosen || empty) parts.push(rect(x - half, y - 14, 2 * half, 20, `seat${chosen}${empty ? " empty" : ""}`, 5));
    const word = empty ? insight.guess : state.round[seat]!;
    const asks = seat === insight.asks ? " asks" : "";
    parts.push(words(x, y, wordsOf(figure)[word]!, `word${asks}${empty ? " guess" : ""}`, "middle"));
    if (empty) continue;
    parts.push(line(bench.x(seat), bench.rows[0]!, bench.x(seat), y - 14, "stalk"));
    parts.push(...bench.rows.map((row) => circle(bench.x(seat), row, asks ? 4.5 : 3, `node${asks}`)));
  }
  return group("bench", ...parts);
}

/** A pair of scissors: two rings, two blades. */
const drawScissors = (x: number, y: number): string =>
  group("scissors", circle(x + 3, y - 4, 2.8, "ring"), circle(x + 3, y + 4, 2.8, "ring"), line(x + 5.3, y - 2.5, x + 15, y + 4.5, "blade"), line(x + 5.3, y + 2.5, x + 15, y - 4.5, "blade"));

const signs = (state: Dials, bench: Bench) =>
  HEADS.map((head, at) => {
    // The one that does the work stands first.
    const place = head.look === "main" ? 0 : 1;
    const x = SIGN.left + place * (SIGN.width + SIGN.gap);
    return { ...head, at, x, y: bench.signs[head.layer]!, cut: state.cut.includes(at) };
  });

function drawSigns(state: Dials, bench: Bench): string {
  const layers = bench.signs.map((y, layer) => words(0, y + 5, `layer ${layer + 1}`, "name"));
  const heads = signs(state, bench).map(({ short, look, x, y, cut }) =>
    group(
      `sign ${look}${cut ? " cut" : ""}`,
      rect(x, y - SIGN.height / 2, SIGN.width, SIGN.height, "plate", SIGN.height / 2),
      drawScissors(x + 12, y),
      words(x + 36, y + 5, short),
    ),
  );
  return layers.join("") + heads.join("");
}

/** The chances of the words from `first` on, in rows under a heading. */
function drawNext(insight: Insight, figure: Figure, first: number, count: number, left: number, right: number, top: number, row: number): string {
  const kind = first === 0 ? "a name" : "a thing";
  const sum = insight.next.slice(first, first + count).reduce((a, b) => a + b, 0);
  const x = scale([0, 1], [left + 40, right - 50]);
  const high = Math.min(row * 0.62, 18);
  const parts = [words(left, top - 6, `next, ${kind}: ${three(sum)}`, "name")];
  for (let at = 0; at < count; at++) {
    const word = first + at;
    const [chance, whole] = [insight.next[word]!, insight.whole[word]!];
    const middle = top + row * (at + 0.5);
    const guess = word === insight.guess ? " drawn" : "";
    parts.push(
      words(left + 34, middle + 5, wordsOf(figure)[word]!, `thing${guess}`, "end"),
      rect(x(0), middle - high / 2, x(chance) - x(0), high, "bar", 2),
      Math.abs(whole - chance) > 0.002 ? rect(x(0), middle - high / 2, x(whole) - x(0), high, "ghost", 2) : "",
      words(right, middle + 5, three(chance), "value", "end"),
    );
  }
  return group("bars", ...parts);
}

function drawInside(state: Dials, insight: Insight, figure: Figure, size: Size): string {
  const bench = benchFor(state, size);
  const [names, things] = [figure.names.length, figure.things.length];
  const roads = state.round.map((_, seat) => line(bench.x(seat), bench.rows[0]!, bench.x(seat), bench.rows[3]!, "road"));
  const parts = [group("roads", ...roads), drawArcs(state, insight, bench), drawSeats(state, insight, figure, bench), drawSigns(state, bench)];
  if (size.narrow) {
    const [top, middle] = [bench.foot + 36, size.width / 2];
    parts.push(drawNext(insight, figure, 0, names, 0, middle - 8, top, CHART_ROW), drawNext(insight, figure, names, things, middle + 8, size.width, top, CHART_ROW));
  } else {
    const left = bench.right + 28;
    const row = Math.min((size.height - 62) / (names + things), 30);
    parts.push(drawNext(insight, figure, 0, names, left, size.width, 20, row), drawNext(insight, figure, names, things, left, size.width, 62 + names * row, row));
  }
  return parts.join("");
}

/** Which word a head's asker looks at most, and how much. */
function mostSeen(state: Dials, insight: Insight, figure: Figure, head: number): string {
  const shares = tableOf(insight, head)[insight.asks]!;
  const place = ranking(shares)[0]!;
  const self = place === insight.asks ? "itself" : `${wordsOf(figure)[state.round[place]!]}, word ${place + 1},`;
  return `${self} with ${three(shares[place]!)}`;
}

function sayInside(state: Dials, insight: Insight, figure: Figure): string {
  const word = (number: number): string => wordsOf(figure)[number]!;
  const shown = HEADS.map(({ name }, head) => ({ name, head })).filter(({ head }) => state.head === "all" || state.head === String(head));
  const looks = shown.map(({ name, head }) => (state.cut.includes(head) ? `head ${name} is cut` : `head ${name} looks at ${mostSeen(state, insight, figure, head)}`));
  const hidden = state.cut.filter((head) => shown.every((one) => one.head !== head)).map((head) => `head ${HEADS[head]!.name} is cut`);
  return (
    `After “${state.round.map(word).join(" ")}”, the model says ${word(insight.guess)}, ${three(insight.next[insight.guess]!)}. ` +
    `From ${word(state.round[insight.asks]!)}, word ${insight.asks + 1}, ${[...looks, ...hidden].join("; ")}.`
  );
}

function readInside(state: Dials, insight: Insight, figure: Figure) {
  const many = state.cut.length > 1;
  const right = figure.right[state.cut.length ? state.cut[0]! + 1 : 0]!;
  return [
    { label: "it says", value: `${wordsOf(figure)[insight.guess]} ${three(insight.next[insight.guess]!)}`, ink: "focus" },
    { label: many ? "" : "right in 1000 new texts", value: `${(100 * right).toFixed(right > 0.99 && right < 1 ? 1 : 0)} %` },
    { label: "heads cut", value: `${state.cut.length} of ${HEADS.length}`, ink: "error" },
  ];
}

const scissors = (state: Dials, size: Size): Toggle<Dials>[] =>
  signs(state, benchFor(state, size)).map(({ at, short, layer, x, y, cut }) => ({
    name: `cut-${at}`,
    label: `Cut ${short}, a head of layer ${layer + 1}`,
    pressed: cut,
    x, y: y - SIGN.height / 2, width: SIGN.width, height: SIGN.height,
    press: () => ({ ...state, cut: cut ? state.cut.filter((head) => head !== at) : [...state.cut, at] }),
  }));

function seatHandle(state: Dials, insight: Insight, figure: Figure, size: Size): Handle<Dials> {
  const bench = benchFor(state, size);
  const count = wordsOf(figure).length;
  const empty = state.seat === state.round.length;
  const to = (seat: number): Dials => ({ ...state, seat: clamp(seat, 0, seatsFor(state.round) - 1) });
  const turn = (by: number): number => (empty ? (by > 0 ? 0 : count - 1) : (state.round[state.seat]! + by + count) % count);
  return {
    name: "seat",
    label: "Seat on the bench",
    words: empty ? `empty, after ${state.round.length} words; its guess is ${wordsOf(figure)[insight.guess]}` : `word ${state.seat + 1}: ${wordsOf(figure)[state.round[state.seat]!]}`,
    x: bench.wordX(state.seat),
    y: bench.y(state.seat) - 4,
    look: "seat",
    drag: (x) => to(bench.nearest(x)),
    nudge: (right, up, far) => (up ? { ...write(state, turn(up)), seat: state.seat } : to(state.seat + right * (far ? 4 : 1))),
    keys: { Home: () => to(0), End: () => to(state.round.length), Delete: () => remove(state), Backspace: () => remove(state) },
  };
}

export const demo: Demo<Figure, Dials, Result> = {
  slug: "transformers",
  title: "The model in your hands",
  promise:
    "This is the trained model of the video, with its real numbers. Choose its next token: orange is what you would draw from now, the outline is what was learnt; temperature bends all probabilities, k and p cut tokens off. Or look inside: write a round, see which word looks at which, and cut its heads.",
  shape: { wide: 0.66, narrow: 1.45 },

  start: (figure) => {
    const text = numbersOf(figure, figure.round);
    return { tab: "draw", source: "habit", temperature: 1, k: ALL, p: 1, draws: 0, round: text, seat: text.length, head: "all", cut: [] };
  },

  settle(state, figure) {
    const known = state.round.filter((word) => wordsOf(figure)[word] !== undefined).slice(0, MOST_WORDS);
    const text = known.length ? known : numbersOf(figure, figure.round);
    return {
      tab: state.tab === "look" ? "look" : "draw",
      source: state.source === "sure" ? "sure" : "habit",
      temperature: Math.round(clamp(state.temperature, 0.1, 4) * 1000) / 1000,
      k: Math.round(clamp(state.k, 1, ALL)),
      p: Math.round(clamp(state.p, 0.05, 1) * 100) / 100,
      draws: Math.round(clamp(state.draws, 0, MOST)),
      round: text,
      seat: Math.round(clamp(state.seat, 0, seatsFor(text) - 1)),
      head: HEADS.some((_, head) => state.head === String(head)) ? state.head : "all",
      cut: HEADS.flatMap((_, head) => (state.cut.includes(head) ? [head] : [])),
    };
  },

  later: looking,

  solve(state, figure) {
    const logits = logitsOf(state, figure);
    const warmed = warm(logits, state.temperature);
    const byK = keepTopK(warmed, state.k);
    const byP = keepTopP(shareAgain(warmed, byK), state.p);
    const kept = byK.map((keep, row) => keep && (byP[row] ?? false));
    const shared = shareAgain(warmed, kept);
    const counts = draw(shared, state.draws, SEED);
    const before = state.draws > 0 ? draw(shared, state.draws - 1, SEED) : counts;
    const last = counts.findIndex((count, row) => count !== before[row]);
    return { learnt: warm(logits, 1), warmed, kept, shared, counts, last: last < 0 ? null : last, rank: ranking(warmed), insight: lookInside(state, figure) };
  },

  draw(state, chances, figure, size) {
    if (chances.insight) return drawInside(state, chances.insight, figure, size);
    const text = textOf(state, figure);
    const shown = size.narrow && text.length > 20 ? `… ${text.split(" ").slice(-5).join(" ")}` : text;
    const said = chances.last === null ? "…" : (figure.things[chances.last] ?? "");
    return [
      el("text", { x: 2, y: 20, class: "round" }, `${shown} <tspan class="said">${said}</tspan>`),
      drawStrip(chances, figure, state, 2, size.width - 2, 62),
      drawBars(chances, figure, state, size, 134),
    ].join("");
  },

  say(state, chances, figure) {
    if (chances.insight) return sayInside(state, chances.insight, figure);
    const kept = chances.rank.filter((row) => chances.kept[row]);
    const list = kept.slice(0, 3).map((row) => `${figure.things[row]} ${percent(chances.shared[row] ?? 0)}`).join(", ");
    const drawn = state.draws > 0 ? ` Of ${state.draws} draws, ${chances.rank.slice(0, 3).map((row) => `${chances.counts[row]} are ${figure.things[row]}`).join(", ")}.` : "";
    return `After “${textOf(state, figure)}”, ${kept.length} of ${ALL} words can be drawn: ${list}${kept.length > 3 ? " and others" : ""}. The surprise is ${bits(chances.shared).toFixed(2)} bits.${drawn}`;
  },

  readouts(state, chances, figure) {
    if (chances.insight) return readInside(state, chances.insight, figure);
    return [
      { label: "surprise", value: `${bits(chances.shared).toFixed(2)} bits`, ink: "focus" },
      { label: "words left", value: `${chances.kept.filter(Boolean).length} of ${ALL}` },
      { label: "probability cut off", value: percent(chances.warmed.reduce((sum, chance, row) => (chances.kept[row] ? sum : sum + chance), 0)), ink: "error" },
    ];
  },

  handles: (state, { insight }, figure, size) => (insight ? [seatHandle(state, insight, figure, size)] : []),
  toggles: (state, { insight }, _figure, size) => (insight ? scissors(state, size) : []),
  press(state, { insight }, _figure, size, x, y) {
    if (!insight) return null;
    const bench = benchFor(state, size);
    if (x > bench.right || y < bench.rows[3]! - REACH || y > bench.foot) return null;
    return { state: { ...state, seat: bench.nearest(x) }, grab: "seat" };
  },
  hint: "Press a word, or walk with the arrow keys: the words’ buttons write there, up and down too; Delete takes away. Thick is much attention, bright what reaches the word that asks. Try: give Ben two different things, or ask for a name that is not there.",

  controls: [
    { kind: "choice", name: "tab", label: "Play with", options: [["draw", "Its next word"], ["look", "Its inside"]] },
    { kind: "choice", name: "source", label: "What was said", when: drawing, options: [["habit", "Only “Ada”"], ["sure", "A text, then “Ben”"]] },
    {
      kind: "slider", name: "temperature", label: "Temperature", when: drawing, low: -1, high: 0.6, step: 0.02, log: true,
      show: (value) => (value < 1 ? value.toFixed(2) : value.toFixed(1)), ends: ["cold", "hot"],
    },
    { kind: "slider", name: "k", label: "top-k: keep the likeliest", when: drawing, low: 1, high: ALL, step: 1, show: (value) => (value === ALL ? "all 8" : `${value}`) },
    { kind: "slider", name: "p", label: "top-p: keep this much probability", when: drawing, low: 0.05, high: 1, step: 0.05, show: (value) => (value === 1 ? "all" : value.toFixed(2)) },
    {
      kind: "row", label: "Draw words", when: drawing,
      buttons: [
        { name: "one", label: "Draw 1", press: (state) => ({ ...state, draws: state.draws + 1 }) },
        { name: "many", label: "Draw 100", press: (state) => ({ ...state, draws: state.draws + 100 }) },
        { name: "most", label: "1000", press: (state) => ({ ...state, draws: 1000 }) },
        { name: "none", label: "Clear", press: (state) => ({ ...state, draws: 0 }) },
      ],
    },
    { kind: "row", label: "Write a name", when: looking, buttons: ["Ada", "Ben", "Cleo", "Dan", "Eve", "Finn"].map(writer) },
    { kind: "row", label: "Write a thing", when: looking, buttons: ["tea", "pie", "jam", "box", "map", "cup", "hat", "pen"].map(writer) },
    {
      kind: "row", label: "Change the text", when: looking,
      buttons: [
        { name: "guess", label: "Take its guess", press: (state, { insight }) => (isFull(state) || !insight ? state : write({ ...state, seat: state.round.length }, insight.guess)) },
        { name: "remove", label: "Remove", press: remove },
        { name: "two", label: "Try: Ben, two things", press: (state, _result, figure) => withRound(state, numbersOf(figure, TWO_THINGS)) },
        { name: "absent", label: "Try: an absent name", press: (state, _result, figure) => withRound(state, numbersOf(figure, STRANGER)) },
      ],
    },
    { kind: "choice", name: "head", label: "Whose looks (layer: head)", when: looking, options: [["all", "all"], ...[0, 1, 3, 2].map((head) => [String(head), HEADS[head]!.name] as const)] },
  ],

  stops: [
    { chapter: "what_comes_next", words: "The model is sure", state: { source: "sure" } },
    { chapter: "hat_does_not_say_ben", words: "First layer: whose hat?", state: { tab: "look", seat: 3, head: "0" } },
    { chapter: "hat_does_not_say_ben", words: "Second layer: who is tagged Ben?", state: { tab: "look", head: "3" } },
    { chapter: "hat_does_not_say_ben", words: "Cut the head that finds", state: { tab: "look", cut: [3] } },
    { chapter: "hat_does_not_say_ben", words: "Cut the other one", state: { tab: "look", cut: [2] } },
    { chapter: "which_token_is_written", words: "Cold, at a quarter", state: { temperature: 0.25 } },
    { chapter: "which_token_is_written", words: "The three likeliest", state: { k: 3 } },
    { chapter: "which_token_is_written", words: "The fewest that hold 0.8", state: { p: 0.8 } },
    { chapter: "which_token_is_written", words: "A thousand draws", state: { draws: 1000 } },
  ],

  quests: [
    {
      words: "Sure of “hat”, and yet two other words can be drawn. Which rule lets them in?",
      found: (state, chances) => state.source === "sure" && state.k < ALL && chances.kept.filter(Boolean).length === 3,
    },
    {
      words: "Sure of “hat”, and a rule that keeps nothing else.",
      found: (state, chances) => state.source === "sure" && state.k > 1 && chances.kept.filter(Boolean).length === 1,
    },
    { words: "All eight words within a hair of equal: 2.95 bits or more.", found: (_state, chances) => bits(chances.shared) >= 2.95 },
    { words: "Ada’s habit, as sure as 0.95, with nothing cut off.", found: (state, chances) => state.source === "habit" && chances.kept.every(Boolean) && Math.max(...chances.shared) >= 0.95 },
    {
      words: "Inside: one head without which the model no longer says hat.",
      found: (state, { insight }, figure) => isLessons(state, figure) && insight !== null && state.cut.length === 1 && wordsOf(figure)[insight.guess] !== "hat",
    },
    {
      words: "Inside: a head that reads the right thing, and is not missed when it is cut.",
      found: (state, { insight }, figure) => isLessons(state, figure) && String(state.cut) === "2" && insight !== null && insight.next[insight.guess]! > 0.99,
    },
    {
      words: "Inside: Ben has two different things. Which does the model say?",
      found: (state, _result, figure) => state.tab === "look" && new Set(ordersOf(state, figure)).size > 1,
    },
    {
      words: "Inside: a name that was never there, and the model is sure nonetheless: 0.9 or more for one thing.",
      found: (state, { insight }, figure) =>
        insight !== null && isName(figure, state.round.at(-1)!) && state.round.length > 2 && ordersOf(state, figure).length === 0 && insight.next[insight.guess]! >= 0.9,
    },
  ],
};
