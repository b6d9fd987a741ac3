// The waiter's next word: its learnt scores, made colder or warmer, cut off, shared out again, drawn from.

import type { Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import { circle, el, group, line, rect, scale, words } from "./frame/svg";
import { bits, draw, keepTopK, keepTopP, ranking, shareAgain, warm } from "./maths/sampling";

export interface Figure {
  readonly dishes: readonly string[];
  readonly round: string;
  readonly habit: readonly number[];
  readonly sure: readonly number[];
}

interface Dials extends State {
  source: string;
  temperature: number;
  k: number;
  p: number;
  draws: number;
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
    if (to - from > 30) parts.push(words((from + to) / 2, top + 17.5, figure.dishes[row] ?? "", chances.kept[row] ? "inside" : "inside cut", "middle"));
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
  const step = (size.height - top - 30) / figure.dishes.length;
  const high = Math.min(step * 0.62, 24);
  const total = Math.max(state.draws, 1);
  const ticks = [0, 1, 2, 3, 4, 5].map((part) => (part * highest) / 5);
  const parts = ticks.map((tick) => line(x(tick), top, x(tick), size.height - 26, "grid") + words(x(tick), size.height - 10, String(Math.round(10 * tick) / 10), "tick", "middle"));
  figure.dishes.forEach((dish, row) => {
    const middle = top + step * (row + 0.5);
    const [shared, kept] = [chances.shared[row] ?? 0, chances.kept[row] ?? false];
    const warmed = chances.warmed[row] ?? 0;
    parts.push(
      words(left - 8, middle + 5, dish, `dish${kept ? "" : " cut"}${chances.last === row ? " drawn" : ""}`, "end"),
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
  parts.push(words(size.width - 4, size.height - 10, "chance", "name", "end"));
  if (state.draws > 0) parts.push(words(size.width - 4, top - 6, "drawn", "marked", "end"));
  return group("bars", ...parts);
}

export const demo: Demo<Figure, Dials, Chances> = {
  slug: "transformers",
  title: "Choose the next word yourself",
  promise:
    "These are the trained waiter’s real scores. Orange is what you would draw from now; the outline is what was learnt. Temperature bends all eight; k and p cut words off, and the rest share their chance.",
  shape: { wide: 0.66, narrow: 1.22 },

  start: () => ({ source: "habit", temperature: 1, k: ALL, p: 1, draws: 0 }),

  settle: (state) => ({
    source: state.source === "sure" ? "sure" : "habit",
    temperature: Math.round(clamp(state.temperature, 0.1, 4) * 1000) / 1000,
    k: Math.round(clamp(state.k, 1, ALL)),
    p: Math.round(clamp(state.p, 0.05, 1) * 100) / 100,
    draws: Math.round(clamp(state.draws, 0, MOST)),
  }),

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
    return { learnt: warm(logits, 1), warmed, kept, shared, counts, last: last < 0 ? null : last, rank: ranking(warmed) };
  },

  draw(state, chances, figure, size) {
    const text = textOf(state, figure);
    const shown = size.narrow && text.length > 20 ? `… ${text.split(" ").slice(-5).join(" ")}` : text;
    const said = chances.last === null ? "…" : (figure.dishes[chances.last] ?? "");
    return [
      el("text", { x: 2, y: 20, class: "round" }, `${shown} <tspan class="said">${said}</tspan>`),
      drawStrip(chances, figure, state, 2, size.width - 2, 62),
      drawBars(chances, figure, state, size, 134),
    ].join("");
  },

  say(state, chances, figure) {
    const kept = chances.rank.filter((row) => chances.kept[row]);
    const list = kept.slice(0, 3).map((row) => `${figure.dishes[row]} ${percent(chances.shared[row] ?? 0)}`).join(", ");
    const drawn = state.draws > 0 ? ` Of ${state.draws} draws, ${chances.rank.slice(0, 3).map((row) => `${chances.counts[row]} are ${figure.dishes[row]}`).join(", ")}.` : "";
    return `After “${textOf(state, figure)}”, ${kept.length} of ${ALL} words can be drawn: ${list}${kept.length > 3 ? " and others" : ""}. The surprise is ${bits(chances.shared).toFixed(2)} bits.${drawn}`;
  },

  readouts: (_state, chances) => [
    { label: "surprise", value: `${bits(chances.shared).toFixed(2)} bits`, ink: "focus" },
    { label: "words left", value: `${chances.kept.filter(Boolean).length} of ${ALL}` },
    { label: "chance cut off", value: percent(chances.warmed.reduce((sum, chance, row) => (chances.kept[row] ? sum : sum + chance), 0)), ink: "error" },
  ],

  controls: [
    { kind: "choice", name: "source", label: "What was said", options: [["habit", "Only “Ada”"], ["sure", "A round, then “Ben”"]] },
    {
      kind: "slider", name: "temperature", label: "Temperature", low: -1, high: 0.6, step: 0.02, log: true,
      show: (value) => (value < 1 ? value.toFixed(2) : value.toFixed(1)), ends: ["cold", "hot"],
    },
    { kind: "slider", name: "k", label: "top-k: keep the likeliest", low: 1, high: ALL, step: 1, show: (value) => (value === ALL ? "all 8" : `${value}`) },
    { kind: "slider", name: "p", label: "top-p: keep this much chance", low: 0.05, high: 1, step: 0.05, show: (value) => (value === 1 ? "all" : value.toFixed(2)) },
    {
      kind: "row", label: "Draw words",
      buttons: [
        { name: "one", label: "Draw 1", press: (state) => ({ ...state, draws: state.draws + 1 }) },
        { name: "many", label: "Draw 100", press: (state) => ({ ...state, draws: state.draws + 100 }) },
        { name: "most", label: "1000", press: (state) => ({ ...state, draws: 1000 }) },
        { name: "none", label: "Clear", press: (state) => ({ ...state, draws: 0 }) },
      ],
    },
  ],

  stops: [
    { chapter: "look_back", words: "The waiter is sure", state: { source: "sure" } },
    { chapter: "choose_the_next_word", words: "Cold, at a quarter", state: { temperature: 0.25 } },
    { chapter: "choose_the_next_word", words: "The three likeliest", state: { k: 3 } },
    { chapter: "choose_the_next_word", words: "The fewest that hold 0.8", state: { p: 0.8 } },
    { chapter: "choose_the_next_word", words: "A thousand draws", state: { draws: 1000 } },
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
  ],
};
