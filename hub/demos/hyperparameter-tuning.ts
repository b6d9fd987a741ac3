// A dark map of scores over depth and C: four searches, or the visitor, pay for one trial after another.

import type { Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { circle, el, group, line, plot, rect, round, words } from "./frame/svg";
import { Random } from "./maths/random";

export interface Figure {
  readonly depths: readonly number[];
  /** Powers of ten of C. */
  readonly costs: readonly number[];
  /** Digits that a score is measured on, and others that no search saw. */
  readonly rows: number;
  readonly others: number;
  /** Digits that were read, by share of rows (a ninth, a third, all) and cell, row by row of depths. */
  readonly right: readonly (readonly number[])[];
  readonly unseen: readonly number[];
  /** Share of starts from which each search comes near the best. */
  readonly hits: { readonly [search: string]: number };
}

interface Search extends State {
  strategy: string;
  /** From 1: where the grid lies, or a seed. */
  start: number;
  /** What is spent, in trainings of all rows. */
  paid: number;
  /** Cells that the visitor has paid for. */
  own: readonly number[];
  map: string;
  /** The cell that is looked at. */
  at: number;
}

/** A training: its cell, and the number of its share of rows. */
type Trial = readonly [cell: number, share: number];

interface Found {
  readonly trials: readonly Trial[];
  /** The best cell among what was trained on the most rows so far, or -1. */
  readonly best: number;
  /** Its score, with these rows. */
  readonly score: number;
  /** Whether that is within 0.005 of the best of the map, with all rows. */
  readonly near: boolean;
  /** How many depths, and values of C, were tried. */
  readonly depths: number;
  readonly costs: number;
  /** Expected improvement of each cell, before the next trial; of the Gaussian process alone. */
  readonly gain: readonly number[] | null;
  /** The best score of random search from the same start. */
  readonly rival: number;
}

export const STRATEGIES = ["grid", "random", "bayes", "halving"] as const;
const NAMES: { readonly [strategy: string]: string } = {
  grid: "Grid search", random: "Random search", bayes: "Bayesian optimisation", halving: "Successive Halving", own: "Your search",
};
const SHORT: { readonly [strategy: string]: string } = { grid: "grid", random: "random", bayes: "Bayesian", halving: "halving" };
const TRIALS = 9;
const STARTS = 20;
const STEP = 4;
const LENGTHS: Point = [2.5, 1.2];
const DRAWN = 3;
const SETTINGS = 27;
const NEAR = 0.005;
const FULL = 2;
const SHARES = ["a ninth", "a third", "all"] as const;

// --- computing ---------------------------------------------------------------------------------------------------

// The Gaussian process of scenes/maths/hyperparameter_tuning/surrogate.py with a fixed kernel, and expected improvement
// (Rasmussen & Williams 2006, section 2.2; Jones et al. 1998).

const SPREAD = 0.4;
const JITTER = 1e-4;
const LEAST = 1e-12;

export interface Belief {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

const height = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** The chance that a standard normal number is at most z: a series in the middle, a continued fraction in the tails. */
export function normal(z: number): number {
  const far = Math.abs(z);
  if (far > 3) {
    let below = far;
    for (let step = 200; step > 0; step--) below = far + step / below;
    const tail = height(far) / below;
    return z < 0 ? tail : 1 - tail;
  }
  let [term, sum] = [z, z];
  for (let step = 1; step < 80; step++) {
    term *= (z * z) / (2 * step + 1);
    sum += term;
  }
  return 0.5 + height(z) * sum;
}

function covariance(left: readonly number[], right: readonly number[], lengths: readonly number[]): number {
  const square = left.reduce((sum, value, side) => sum + ((value - right[side]!) / lengths[side]!) ** 2, 0);
  return SPREAD ** 2 * Math.exp(-0.5 * square);
}

/** The lower triangle whose product with its mirror image is a positive definite `matrix` (Cholesky). */
function triangle(matrix: readonly (readonly number[])[]): number[][] {
  const found = matrix.map((row) => row.map(() => 0));
  matrix.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      let rest = row[j]!;
      for (let k = 0; k < j; k++) rest -= found[i]![k]! * found[j]![k]!;
      found[i]![j] = i === j ? Math.sqrt(rest) : rest / found[j]![j]!;
    }
  });
  return found;
}

/** The solution of lower · x = right. */
function forward(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
  const found: number[] = [];
  lower.forEach((row, i) => {
    let rest = right[i]!;
    for (let k = 0; k < i; k++) rest -= row[k]! * found[k]!;
    found.push(rest / row[i]!);
  });
  return found;
}

/** Mean and standard deviation at `places` after `trials` with `scores`; the mean before them is that of the scores. */
export function posterior(
  trials: readonly (readonly number[])[], scores: readonly number[], places: readonly (readonly number[])[], lengths: readonly number[],
): Belief {
  const level = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const lower = triangle(trials.map((one, i) => trials.map((other, j) => covariance(one, other, lengths) + (i === j ? JITTER : 0))));
  const news = forward(lower, scores.map((score) => score - level));
  const [mean, deviation]: [number[], number[]] = [[], []];
  for (const place of places) {
    const across = forward(lower, trials.map((trial) => covariance(place, trial, lengths)));
    mean.push(level + across.reduce((sum, value, at) => sum + value * news[at]!, 0));
    deviation.push(Math.sqrt(Math.max(SPREAD ** 2 - across.reduce((sum, value) => sum + value * value, 0), LEAST)));
  }
  return { mean, deviation };
}

/** By how much a trial at each place beats the best so far, on average, a miss counting zero. */
export function expectedImprovement({ mean, deviation }: Belief, best: number): number[] {
  return mean.map((value, at) => {
    const gain = value - best;
    const z = gain / deviation[at]!;
    return gain * normal(z) + deviation[at]! * height(z);
  });
}

const placesOf = ({ depths, costs }: Figure): Point[] => depths.flatMap((depth) => costs.map((cost): Point => [depth, cost]));
const scoreOf = ({ right, rows }: Figure, cell: number, share = FULL): number => right[share]![cell]! / rows;
const highest = (figure: Figure): number => Math.max(...figure.right[FULL]!) / figure.rows;
const isNear = (figure: Figure, cell: number): boolean => scoreOf(figure, cell) >= highest(figure) - NEAR - 1e-9;

/** So many cells without replacement: the first of a shuffle. */
export function shuffled(seed: number, count: number, cells: number): number[] {
  const random = new Random(seed);
  const left = Array.from({ length: cells }, (_, cell) => cell);
  for (let at = 0; at < count; at++) {
    const other = at + random.integer(left.length - at);
    [left[at], left[other]] = [left[other]!, left[at]!];
  }
  return left.slice(0, count);
}

/** All that a search pays for from a start, which counts from 0. */
export function search(strategy: string, start: number, figure: Figure): Trial[] {
  const cells = figure.right[FULL]!.length;
  const wide = figure.costs.length;
  const full = (each: readonly number[]): Trial[] => each.map((cell) => [cell, FULL]);
  if (strategy === "grid") {
    const [first, second] = [Math.floor((start % STARTS) / (wide - 2 * STEP)), (start % STARTS) % (wide - 2 * STEP)];
    return full(Array.from({ length: TRIALS }, (_, at) => (first + STEP * Math.floor(at / 3)) * wide + second + STEP * (at % 3)));
  }
  if (strategy === "random") return full(shuffled(start, TRIALS, cells));
  if (strategy === "bayes") {
    const tried = shuffled(start, DRAWN, cells);
    while (tried.length < TRIALS) {
      const gain = gainOf(tried, figure);
      tried.push(gain.indexOf(Math.max(...gain)));
    }
    return full(tried);
  }
  let alive = shuffled(start, SETTINGS, cells);
  const found: Trial[] = [];
  for (let share = 0; share <= FULL; share++) {
    found.push(...alive.map((cell): Trial => [cell, share]));
    alive = [...alive].sort((a, b) => figure.right[share]![b]! - figure.right[share]![a]!).slice(0, Math.floor(alive.length / 3));
  }
  return found;
}

/** Expected improvement of each cell after trials; -1 where one was. */
function gainOf(tried: readonly number[], figure: Figure): number[] {
  const places = placesOf(figure);
  const scores = tried.map((cell) => scoreOf(figure, cell));
  const gain = expectedImprovement(posterior(tried.map((cell) => places[cell]!), scores, places, LENGTHS), Math.max(...scores));
  for (const cell of tried) gain[cell] = -1;
  return gain;
}

/** How many of the trials so much pays for: nine settings of a ninth cost one training of all rows. */
const affordable = (trials: readonly Trial[], paid: number): number => {
  let [spent, count] = [0, 0];
  for (const [, share] of trials) {
    spent += 3 ** share / 9;
    if (spent > paid + 1e-9) break;
    count += 1;
  }
  return count;
};

const bestOf = (trials: readonly Trial[], figure: Figure): number => {
  const most = Math.max(...trials.map(([, share]) => share));
  const among = trials.filter(([, share]) => share === most).map(([cell]) => cell);
  return among.reduce((best, cell) => (scoreOf(figure, cell, most) > scoreOf(figure, best, most) ? cell : best), among[0] ?? -1);
};

// --- drawing -----------------------------------------------------------------------------------------------------

const three = (value: number): string => value.toFixed(3);
const price = (power: number): string => String(Number((10 ** power).toPrecision(2)));
const named = ({ depths, costs }: Figure, cell: number): string =>
  `depth ${depths[Math.floor(cell / costs.length)]!}, C = ${price(costs[cell % costs.length]!)}`;

const mapBox = ({ width, height, narrow }: Size, { depths, costs }: Figure): Plot =>
  plot([-0.5, costs.length - 0.5], [-0.5, depths.length - 0.5], 38, 12, narrow ? width - 8 : width - 190, narrow ? 0.62 * height : height - 44);

/** How bright a score is: the last hundredths count most. */
const light = (score: number): number => clamp(((score - 0.1) / 0.81) ** 7, 0.05, 1);

const middle = (box: Plot, cell: number, { costs }: Figure): Point => [box.x(cell % costs.length), box.y(Math.floor(cell / costs.length))];

function square(box: Plot, cell: number, figure: Figure, look: string, bright?: number): string {
  const [x, y] = middle(box, cell, figure);
  const [wide, tall] = [(box.right - box.left) / figure.costs.length, (box.bottom - box.top) / figure.depths.length];
  return el("rect", {
    x: round(x - wide / 2 + 0.75), y: round(y - tall / 2 + 0.75), width: round(wide - 1.5), height: round(tall - 1.5), class: look,
    "fill-opacity": bright === undefined ? undefined : bright.toFixed(2),
  });
}

function grid(box: Plot, { depths, costs }: Figure): string {
  const across = costs.map((_, at) => line(box.x(at - 0.5), box.top, box.x(at - 0.5), box.bottom, "hair"));
  const up = depths.map((_, at) => line(box.left, box.y(at - 0.5), box.right, box.y(at - 0.5), "hair"));
  return [rect(box.left, box.top, box.right - box.left, box.bottom - box.top, "dark"), ...across, ...up].join("");
}

function axesOf(box: Plot, { depths, costs }: Figure): string {
  const shown = [0, 2, 4, 6, 8, 10, 12];
  return group("axis",
    ...depths.flatMap((depth, at) => (at % 3 === 1 ? [words(box.left - 8, box.y(at) + 5, String(depth), "tick", "end")] : [])),
    ...shown.filter((at) => at % 4 === 2).map((at) => words(box.x(at), box.bottom + 17, price(costs[at]!), "tick", "middle")),
    words((box.left + box.right) / 2, box.bottom + 36, "C", "name", "middle"),
    el("text", { x: 12, y: round((box.top + box.bottom) / 2), class: "name", "text-anchor": "middle", transform: `rotate(-90 12 ${round((box.top + box.bottom) / 2)})` }, "max_depth"),
  );
}

function mark(box: Plot, [cell, share]: Trial, order: number, look: string, figure: Figure): string {
  const [x, y] = middle(box, cell, figure);
  const size = Math.min((box.right - box.left) / figure.costs.length, (box.bottom - box.top) / figure.depths.length);
  if (look === "halving") return circle(x, y, size * (0.14 + 0.12 * share), `trial ${look}`);
  return circle(x, y, size * 0.36, `trial ${look}`) + words(x, y + 4.5, String(order), "order", "middle");
}

function wishes(box: Plot, gain: readonly number[], figure: Figure): string {
  const most = Math.max(...gain);
  const size = Math.min((box.right - box.left) / figure.costs.length, (box.bottom - box.top) / figure.depths.length);
  return group("wishes", ...gain.flatMap((each, cell) =>
    each > 0.4 * most ? [circle(...middle(box, cell, figure), size * 0.34 * (each / most) ** 1.5, each === most ? "next" : "wish")] : []));
}

/** How often each search comes near the best. */
function board(state: Search, figure: Figure, { width, height, narrow }: Size): string {
  const [left, top, right] = narrow ? [8, 0.62 * height + 62, width - 8] : [width - 168, 40, width - 8];
  const step = (height - top - (narrow ? 6 : 36)) / 4;
  const thick = narrow ? 9 : 20;
  const rows = STRATEGIES.map((strategy, at) => {
    const [y, share] = [top + at * step, figure.hits[strategy]!];
    const long = (right - left - 44) * share;
    return group(strategy === state.strategy ? "row now" : "row",
      words(left, y + 11, SHORT[strategy]!, "who"),
      rect(left, y + 17, right - left - 44, thick, "track", 3),
      state.map === "shown" ? rect(left, y + 17, long, thick, `bar ${strategy}`, 3) : "",
      words(right, y + (narrow ? 27 : 32), state.map === "shown" ? `${Math.round(100 * share)} %` : "?", "share", "end"),
    );
  });
  return group("board", words(left, top - 14, narrow ? "comes within 0.005 of the best, of many starts" : "within 0.005 of the best", "note"), ...rows);
}

// --- the demo ----------------------------------------------------------------------------------------------------

/** The state after the visitor has paid for a cell. */
const pay = (state: Search, cell: number): Search =>
  state.own.includes(cell) || state.own.length >= TRIALS ? { ...state, at: cell } : { ...state, at: cell, own: [...state.own, cell] };

const spentOf = (state: Search): number => (state.strategy === "own" ? state.own.length : state.paid);

function seen(state: Search, found: Found, figure: Figure, cell: number): string {
  const shares = found.trials.filter(([own]) => own === cell).map(([, share]) => share);
  if (shares.length && !shares.includes(FULL)) {
    const most = Math.max(...shares);
    return `${three(scoreOf(figure, cell, most))} with ${SHARES[most]!} of the rows`;
  }
  return shares.length || state.map === "shown" ? three(scoreOf(figure, cell)) : "not paid for";
}

export const demo: Demo<Figure, Search, Found> = {
  slug: "hyperparameter-tuning",
  title: "Nine looks at a dark map",
  promise: "Each cell is a setting: random trees of some depth, read by a linear model with price C. Choose who searches, pay for one trial after another, then light the map. Or choose You, and beat random search.",
  hint: "Press a cell to look at it; when you search yourself, this pays for it. The arrow keys walk over the map, and Enter pays.",
  shape: { wide: 0.66, narrow: 1.56 },

  start: () => ({ strategy: "grid", start: 1, paid: 4, own: [], map: "hidden", at: 97 }),

  settle(state, figure) {
    const cells = figure.right[FULL]!.length;
    const fits = (cell: number): boolean => Number.isInteger(cell) && cell >= 0 && cell < cells;
    const whole = (value: number, low: number, high: number): number => Math.round(clamp(value, low, high));
    return {
      strategy: String(state.strategy) in NAMES ? String(state.strategy) : "grid",
      start: whole(state.start, 1, STARTS),
      paid: whole(state.paid, 0, TRIALS),
      own: [...new Set(state.own)].filter(fits).slice(0, TRIALS),
      map: String(state.map) === "shown" ? "shown" : "hidden",
      at: fits(state.at) ? state.at : 97,
    };
  },

  solve(state, figure) {
    const own = state.own.map((cell): Trial => [cell, FULL]);
    const all = state.strategy === "own" ? own : search(state.strategy, state.start - 1, figure);
    const trials = state.strategy === "own" ? own : all.slice(0, affordable(all, state.paid));
    const wide = figure.costs.length;
    const best = trials.length ? bestOf(trials, figure) : -1;
    const most = Math.max(0, ...trials.map(([, share]) => share));
    const cells = trials.map(([cell]) => cell);
    const rival = Math.max(...search("random", state.start - 1, figure).map(([cell]) => scoreOf(figure, cell)));
    const asks = state.strategy === "bayes" && trials.length >= DRAWN && trials.length < TRIALS;
    return {
      trials, best, rival,
      score: best < 0 ? 0 : scoreOf(figure, best, most),
      near: best >= 0 && most === FULL && isNear(figure, best),
      depths: new Set(cells.map((cell) => Math.floor(cell / wide))).size,
      costs: new Set(cells.map((cell) => cell % wide)).size,
      gain: asks ? gainOf(cells, figure) : null,
    };
  },

  draw(state, found, figure, size) {
    const box = mapBox(size, figure);
    const cells = Array.from({ length: figure.right[FULL]!.length }, (_, cell) => cell);
    const lit = new Map<number, number>();
    for (const [cell, share] of found.trials) lit.set(cell, Math.max(share, lit.get(cell) ?? 0));
    const ground = state.map === "shown"
      ? cells.map((cell) => square(box, cell, figure, isNear(figure, cell) ? "heat ridge" : "heat", light(scoreOf(figure, cell))))
      : [...lit].map(([cell, share]) => square(box, cell, figure, "heat", light(scoreOf(figure, cell, share))));
    const rings = found.best < 0 ? "" : square(box, found.best, figure, "best");
    return group("map", grid(box, figure), ...ground, axesOf(box, figure), found.gain ? wishes(box, found.gain, figure) : "",
      ...(state.strategy === "halving" ? [...lit].map(([cell, share], at) => mark(box, [cell, share], at + 1, state.strategy, figure))
        : found.trials.map((trial, at) => mark(box, trial, at + 1, state.strategy, figure))), rings) + board(state, figure, size);
  },

  say(state, found, figure) {
    const spent = `${NAMES[state.strategy]!}${state.strategy === "own" ? "" : `, start ${state.start}`}: ${spentOf(state)} of ${TRIALS} trainings are spent`;
    if (found.best < 0) return `${spent}. Nothing is known yet.`;
    const told = `They saw ${found.depths} depths and ${found.costs} values of C. The best so far is ${three(found.score)}, at ${named(figure, found.best)}`;
    const map = state.map === "shown"
      ? ` The best of the map is ${three(highest(figure))}: this search ${found.near ? "comes within 0.005 of it" : "misses it"}.`
      : "";
    return `${spent}. ${told}.${map}`;
  },

  readouts: (state, found, figure) => [
    { label: "best score so far", value: found.best < 0 ? "none" : three(found.score), ink: "focus" },
    { label: "at", value: found.best < 0 ? "nothing tried" : named(figure, found.best) },
    { label: "depths that were tried", value: String(found.depths) },
    { label: "values of C that were tried", value: String(found.costs) },
    { label: state.strategy === "own" ? "random search, nine trials, same start" : "", value: state.strategy === "own" ? three(found.rival) : "" },
    { label: "best of the map", value: state.map === "shown" ? three(highest(figure)) : "dark" },
    { label: "best so far, on unseen digits", value: state.map === "shown" && found.best >= 0 ? three(figure.unseen[found.best]! / figure.others) : "dark" },
    { label: named(figure, state.at), value: seen(state, found, figure, state.at) },
  ],

  controls: [
    {
      kind: "choice", name: "strategy", label: "Who searches",
      options: [["grid", "Grid"], ["random", "Random"], ["bayes", "Bayesian"], ["halving", "Halving"], ["own", "You"]],
    },
    { kind: "slider", name: "paid", label: "Spent, in full trainings", low: 0, high: TRIALS, step: 1, show: (value) => `${value} of ${TRIALS}`, when: ({ strategy }) => strategy !== "own" },
    { kind: "slider", name: "start", label: "Start", low: 1, high: STARTS, step: 1, show: (value) => `${value} of ${STARTS}` },
    {
      kind: "row", label: "Pay", when: ({ strategy }) => strategy !== "own",
      buttons: [
        { name: "more", label: "One more", press: (state) => ({ ...state, paid: Math.min(state.paid + 1, TRIALS) }) },
        { name: "all", label: "All nine", press: (state) => ({ ...state, paid: TRIALS }) },
      ],
    },
    {
      kind: "row", label: "Your trials", when: ({ strategy }) => strategy === "own",
      buttons: [
        { name: "here", label: "Pay for this cell", press: (state) => pay(state, state.at) },
        { name: "none", label: "Begin again", press: (state) => ({ ...state, own: [], map: "hidden" }) },
      ],
    },
    { kind: "choice", name: "map", label: "The map", options: [["hidden", "dark"], ["shown", "lit"]] },
  ],

  handles(state, found, figure, size) {
    const box = mapBox(size, figure);
    const [wide, tall] = [figure.costs.length, figure.depths.length];
    const [column, row] = [state.at % wide, Math.floor(state.at / wide)];
    const to = (x: number, y: number): Search => ({ ...state, at: clamp(Math.round(y), 0, tall - 1) * wide + clamp(Math.round(x), 0, wide - 1) });
    const here = (): Search => (state.strategy === "own" ? pay(state, state.at) : state);
    return [{
      name: "cell", label: "The cell that is looked at", words: `${named(figure, state.at)}: ${seen(state, found, figure, state.at)}`,
      x: box.x(column), y: box.y(row), look: "grip",
      drag: (x, y) => to(box.fromX(x), box.fromY(y)),
      nudge: (right, up, far) => to(column + right * (far ? 3 : 1), row + up * (far ? 3 : 1)),
      keys: { Enter: here, " ": here },
    }];
  },

  press(state, _found, figure, size, x, y) {
    const box = mapBox(size, figure);
    if (x < box.left || x > box.right || y < box.top || y > box.bottom) return null;
    const wide = figure.costs.length;
    const cell = clamp(Math.round(box.fromY(y)), 0, figure.depths.length - 1) * wide + clamp(Math.round(box.fromX(x)), 0, wide - 1);
    return { state: state.strategy === "own" ? pay(state, cell) : { ...state, at: cell } };
  },

  stops: [
    { chapter: "same_training", words: "One look", state: { paid: 1 } },
    { chapter: "three_values", words: "A grid that misses", state: { paid: 9, map: "shown" } },
    { chapter: "three_values", words: "Nine random trials", state: { strategy: "random", paid: 9, map: "shown" } },
    { chapter: "next_trial", words: "Where the model looks next", state: { strategy: "bayes", paid: 5 } },
    { chapter: "losers_stop", words: "27 settings, three rungs", state: { strategy: "halving", paid: 9, map: "shown" } },
    { chapter: "judge_outside", words: "The score that chose", state: { strategy: "bayes", paid: 9, map: "shown" } },
  ],

  quests: [
    { words: "Find a start from which nine trials of the grid come within 0.005 of the best.", found: (state, { near }) => state.strategy === "grid" && state.paid === TRIALS && near },
    { words: "Let the Bayesian search come within 0.005 with three trainings to spare.", found: (state, { near }) => state.strategy === "bayes" && state.paid <= TRIALS - 3 && near },
    { words: "Beat random search with nine trials of your own, in the dark.", found: (state, { score, rival }) => state.strategy === "own" && state.map === "hidden" && score > rival },
  ],
};
