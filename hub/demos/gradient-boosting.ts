// A year of sea temperature, boosted by small trees: how many, how deep, at which learning rate, and both errors.

import type { Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { axes, circle, group, line, path, plot, rect, words } from "./frame/svg";

export interface Figure {
  /** Years × 12 months, °C. */
  readonly warmth: readonly (readonly number[])[];
  /** 1 for a year that can be kept out of the fit. */
  readonly held: readonly number[];
  readonly most: number;
}

interface Dials extends State {
  trees: number;
  rate: number;
  /** Cuts from root to leaf: "1", "2" or "3". */
  depth: string;
  /** "all" years are fitted, or "some", and the others are unseen. */
  years: string;
}

/** What n trees say of each month, and their errors, for n = 0, 1 …. */
export interface Course {
  readonly models: readonly (readonly number[])[];
  readonly fitted: readonly number[];
  /** Empty where no year is kept out. */
  readonly unseen: readonly number[];
}

interface Solved extends Course {
  /** The number of trees with the least unseen error. */
  readonly best: number;
}

const MONTHS = 12;
const NAMES = "JFMAMJJASOND";
const DEPTHS = ["1", "2", "3"] as const;
const WARM: Point = [18.4, 30];
const HIGH = 6;

// --- computing ---------------------------------------------------------------------------------------------------

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const months = Array.from({ length: MONTHS }, (_, month) => month);
const monthly = (rows: readonly (readonly number[])[]): number[] =>
  months.map((month) => sum(rows.map((row) => row[month]!)) / rows.length);

/** Mean squared error of a model (12) on years. */
export const errorOf = (model: readonly number[], rows: readonly (readonly number[])[]): number =>
  sum(rows.map((row) => sum(row.map((value, month) => (value - model[month]!) ** 2)))) / (MONTHS * rows.length);

/** What a tree of that depth says of each month, fitted to mean residuals of months that have as many rows each. */
export function grow(residuals: readonly number[], depth: number): number[] {
  const mean = sum(residuals) / residuals.length;
  let [best, cut] = [0, 0];
  if (depth > 0) {
    for (let at = 1; at < residuals.length; at++) {
      const [left, right] = [sum(residuals.slice(0, at)), sum(residuals.slice(at))];
      const saved = left ** 2 / at + right ** 2 / (residuals.length - at) - residuals.length * mean ** 2;
      if (saved > best + 1e-10) [best, cut] = [saved, at];
    }
  }
  if (!cut) return residuals.map(() => mean);
  return [...grow(residuals.slice(0, cut), depth - 1), ...grow(residuals.slice(cut), depth - 1)];
}

/** Trees in sequence, each fitted to the residuals of the sum before it, times the rate. */
export function boost(
  warmth: readonly (readonly number[])[], unseen: readonly (readonly number[])[], most: number, rate: number, depth: number,
): Course {
  const means = monthly(warmth);
  const start = sum(means) / MONTHS;
  const models = [means.map(() => start)];
  while (models.length <= most) {
    const now = models[models.length - 1]!;
    const tree = grow(means.map((mean, month) => mean - now[month]!), depth);
    models.push(now.map((value, month) => value + rate * tree[month]!));
  }
  const errors = (rows: readonly (readonly number[])[]): number[] => models.map((model) => errorOf(model, rows));
  return { models, fitted: errors(warmth), unseen: unseen.length ? errors(unseen) : [] };
}

// --- drawing -----------------------------------------------------------------------------------------------------

const yearBox = ({ width, height }: Size): Plot => plot([-0.5, MONTHS - 0.5], WARM, 36, 26, width - 10, 0.6 * height);
const courseBox = (most: number, { width, height }: Size): Plot =>
  plot([0, most], [0, HIGH], 36, 0.6 * height + 58, width - 10, height - 40);

const stairs = (box: Plot, model: readonly number[], look: string): string =>
  path(model.flatMap((value, month): Point[] => [[box.x(month - 0.5), box.y(value)], [box.x(month + 0.5), box.y(value)]]), look);

function year(state: Dials, { models }: Solved, { warmth, held, most }: Figure, size: Size): string {
  const box = yearBox(size);
  const model = models[state.trees]!;
  const spot = (index: number, month: number): number => box.x(month + 0.62 * (index / (warmth.length - 1) - 0.5));
  const apart = state.years === "some";
  const [drops, dots]: [string[], string[]] = [[], []];
  warmth.forEach((row, index) => row.forEach((value, month) => {
    const out = apart && held[index] === 1;
    if (!out) drops.push(line(spot(index, month), box.y(model[month]!), spot(index, month), box.y(value), "drop"));
    dots.push(circle(spot(index, month), box.y(value), out ? 3 : 2.4, out ? "unseen" : "fitted"));
  }));
  const next = models[Math.min(state.trees + 1, most)]!;
  return group("year",
    rect(box.left, box.top, box.right - box.left, box.bottom - box.top, "edge", 6),
    axes(box, [], [20, 22, 24, 26, 28], "", "sea off Peru, °C"),
    ...months.map((month) => words(box.x(month), box.bottom + 16, NAMES[month]!, "tick", "middle")),
    group("drops", ...drops), group("dots", ...dots),
    stairs(box, next, "next"), stairs(box, model, "stairs"),
    words(box.right - 8, box.top + 20, "sum of the trees", "is-fit", "end"),
    words(box.right - 8, box.top + 40, "with the next tree", "is-next", "end"),
  );
}

function course(state: Dials, { fitted, unseen }: Solved, { most }: Figure, size: Size): string {
  const box = courseBox(most, size);
  const trace = (errors: readonly number[], look: string): string =>
    path(errors.map((error, trees): Point => [box.x(trees), box.y(Math.min(error, HIGH))]), look);
  return group("course",
    axes(box, [0, 10, 20, 30, 40, 50, 60], [0, 2, 4, 6], "trees", "mean squared error, °C²"),
    line(box.x(state.trees), box.top, box.x(state.trees), box.bottom, "here"),
    trace(fitted, "fit"),
    ...(unseen.length ? [trace(unseen, "new"), words(box.right - 8, box.top + 34, "unseen years", "is-new", "end")] : []),
    words(box.right - 8, box.top + 14, "fitted years", "is-fit", "end"),
  );
}

// --- the demo ----------------------------------------------------------------------------------------------------

const short = (value: number): string => value.toFixed(2);

export const demo: Demo<Figure, Dials, Solved> = {
  slug: "gradient-boosting",
  title: "Stairs over the year",
  promise: "Add small trees one by one, and choose their depth and the learning rate. Above is the sum of the trees over the months, below the error after each tree.",
  hint: "Drag the grip along the trees, or press the lower picture. The arrow keys move it too, ten trees with Shift.",
  shape: { wide: 0.92, narrow: 1.3 },

  start: () => ({ trees: 1, rate: 1, depth: "1", years: "all" }),

  settle: (state, { most }) => ({
    trees: Math.round(clamp(state.trees, 0, most)),
    rate: Number.isFinite(state.rate) ? clamp(state.rate, 0.03, 1) : 1,
    depth: (DEPTHS as readonly string[]).includes(String(state.depth)) ? String(state.depth) : "1",
    years: String(state.years) === "some" ? "some" : "all",
  }),

  solve(state, { warmth, held, most }) {
    const apart = state.years === "some";
    const found = boost(
      warmth.filter((_, index) => !apart || held[index] === 0), apart ? warmth.filter((_, index) => held[index] === 1) : [],
      most, state.rate, Number(state.depth),
    );
    return { ...found, best: found.unseen.indexOf(Math.min(...found.unseen)) };
  },

  draw: (state, solved, figure, size) => year(state, solved, figure, size) + course(state, solved, figure, size),

  say: (state, { fitted, unseen }) => {
    const trees = state.trees === 1 ? "One tree" : `${state.trees} trees`;
    const new_ = unseen.length ? ` and ${short(unseen[state.trees]!)} on unseen years` : "";
    return `${trees} of depth ${state.depth} at learning rate ${short(state.rate)}: the mean squared error is ${short(fitted[state.trees]!)} on fitted years${new_}, in square degrees.`;
  },

  readouts: (state, { fitted, unseen }) => [
    { label: "trees", value: String(state.trees) },
    { label: "error, fitted years (°C²)", value: short(fitted[state.trees]!), ink: "first" },
    { label: "error, unseen years (°C²)", value: unseen.length ? short(unseen[state.trees]!) : "no year is kept out", ink: "third" },
  ],

  controls: [
    { kind: "slider", name: "trees", label: "Trees", low: 0, high: 60, step: 1, show: String },
    { kind: "slider", name: "rate", label: "Learning rate, η", low: Math.log10(0.03), high: 0, step: 0.001, log: true, show: short, ends: ["small steps", "full steps"] },
    { kind: "choice", name: "depth", label: "Depth of a tree", options: [["1", "1: stump"], ["2", "2"], ["3", "3"]] },
    { kind: "choice", name: "years", label: "Years", options: [["all", "fit all 20"], ["some", "keep 5 out"]] },
    {
      kind: "row", label: "Try",
      buttons: [
        { name: "add", label: "Add a tree", press: (state, _solved, { most }) => ({ ...state, trees: Math.min(state.trees + 1, most) }) },
        { name: "none", label: "Start at the mean", press: (state) => ({ ...state, trees: 0 }) },
      ],
    },
  ],

  handles(state, { fitted }, { most }, size) {
    const box = courseBox(most, size);
    const to = (trees: number): Dials => ({ ...state, trees: Math.round(clamp(trees, 0, most)) });
    return [{
      name: "trees", label: "The number of trees", words: `${state.trees} trees, error ${short(fitted[state.trees]!)}`,
      x: box.x(state.trees), y: box.y(Math.min(fitted[state.trees]!, HIGH)), look: "grip",
      drag: (x) => to(box.fromX(x)),
      nudge: (right, up, far) => to(state.trees + (right + up) * (far ? 10 : 1)),
    }];
  },

  press(state, _solved, { most }, size, x, y) {
    const box = courseBox(most, size);
    return y < box.top ? null : { state: { ...state, trees: Math.round(clamp(box.fromX(x), 0, most)) }, grab: "trees" };
  },

  stops: [
    { chapter: "one_step", words: "The mean of all months", state: { trees: 0 } },
    { chapter: "one_step", words: "One stump", state: { trees: 1 } },
    { chapter: "twelve_stumps", words: "Twelve stumps", state: { trees: 12 } },
    { chapter: "small_steps", words: "Small steps", state: { trees: 12, rate: 0.1 } },
    { chapter: "small_steps", words: "Five years kept out", state: { trees: 30, rate: 0.3, depth: "3", years: "some" } },
  ],

  quests: [
    { words: "At learning rate 0.10, find out how many stumps it takes to an error below 1.60 on all twenty years.", found: (state, { fitted }) => state.years === "all" && state.depth === "1" && Math.abs(state.rate - 0.1) < 0.006 && fitted[state.trees]! < 1.6 && fitted[state.trees - 1]! >= 1.6 },
    { words: "With trees of depth 3 at learning rate 1, find the fewest trees with an error below 1.21 on all twenty years.", found: (state, { fitted }) => state.years === "all" && state.depth === "3" && state.rate > 0.99 && fitted[state.trees]! < 1.21 && fitted[state.trees - 1]! >= 1.21 },
    { words: "Keep five years out, with stumps at learning rate 1. Stop where their error is least.", found: (state, { best }) => state.years === "some" && state.depth === "1" && state.rate > 0.99 && state.trees === best },
  ],
};
