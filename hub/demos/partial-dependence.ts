// Three hundred curves over a forced feature: light one, centre them, and see where forced stones have no neighbours.

import type { Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { axes, circle, group, path, plot, rect, words } from "./frame/svg";

interface Curves {
  readonly grid: readonly number[];
  /** Of each stone: the model's price at each value of the grid, in the figure as whole tens of dollars, each less the one before it. */
  readonly curves: readonly (readonly number[])[];
  /** Accumulated local effects, less that at the anchor. */
  readonly ale: readonly number[];
}

export interface Figure {
  /** Weight, clarity, colour, cut, width and price of each stone. */
  readonly stones: readonly (readonly number[])[];
  readonly names: { readonly clarity: readonly string[]; readonly colour: readonly string[]; readonly cut: readonly string[] };
  readonly clarity: Curves;
  readonly weight: Curves;
  /** By the values of the grid of weight: a digit for each stone, 1 if it has no real one near it there. */
  readonly far: readonly string[];
}

interface Lit extends State {
  feature: string;
  /** `price`, or `change` since the anchor. */
  view: string;
  /** `plain`, or by `weight`. */
  colour: string;
  /** The number of the stone. */
  stone: number;
  /** The number of the forced value. */
  at: number;
}

interface Seen {
  readonly curve: readonly number[];
  readonly mean: readonly number[];
  /** What the stone gains, from the anchor to the value that is told. */
  readonly rise: number;
  readonly meanRise: number;
  readonly aleRise: number;
  /** Share of the stones without a real neighbour at the forced value. */
  readonly alone: number;
}

type Feature = "clarity" | "weight";

const ENDS: { readonly [feature in Feature]: Point } = { clarity: [1, 6], weight: [0, 7] };
const LIMITS = [0.5, 1, 1.5];
const MAP_X: Point = [0.1, 2.3];
const MAP_Y: Point = [3.4, 9.2];

// --- computing ---------------------------------------------------------------------------------------------------

const featureOf = (state: Lit): Feature => (state.feature === "weight" ? "weight" : "clarity");

const known = new WeakMap<Curves, Curves>();

/** Curves with their prices in thousand dollars. */
function inThousands(packed: Curves): Curves {
  const unpacked = known.get(packed) ?? { ...packed, curves: packed.curves.map((steps) => {
    let tens = 0;
    return steps.map((step) => (tens += step) / 100);
  }) };
  known.set(packed, unpacked);
  return unpacked;
}

const of = (state: Lit, figure: Figure): Curves => inThousands(figure[featureOf(state)]);
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean of curves at each value of the grid. */
export const meanOf = (curves: readonly (readonly number[])[]): number[] =>
  curves[0]!.map((_, at) => average(curves.map((curve) => curve[at]!)));

/** A curve less its own value at the anchor. */
export const centred = (curve: readonly number[], anchor: number): number[] => curve.map((value) => value - curve[anchor]!);

const rises = (curve: readonly number[], [from, to]: Point): number => curve[to]! - curve[from]!;
const groupOf = (weight: number): number => LIMITS.filter((limit) => weight >= limit).length;

function shown(state: Lit, curve: readonly number[]): readonly number[] {
  return state.view === "change" ? centred(curve, ENDS[featureOf(state)][0]) : curve;
}

// --- drawing -----------------------------------------------------------------------------------------------------

const short = (value: number): string => value.toFixed(2).replace("-", "−");
const signed = (value: number): string => (value < 0 ? "−" : "+") + Math.abs(value).toFixed(2);
const valueName = (state: Lit, figure: Figure, at: number): string =>
  featureOf(state) === "clarity" ? figure.names.clarity[at]! : `${of(state, figure).grid[at]!.toFixed(1)} carat`;

const span = (state: Lit): Point =>
  state.view === "price" ? [0, 20] : featureOf(state) === "clarity" ? [-6.5, 11.5] : [-2, 19];

/** Where the curves end and the map begins: on a narrow page the map needs a larger share. */
const middleOf = ({ height, narrow }: Size): number => (narrow ? 0.55 : 0.64) * height;

function boxOf(state: Lit, figure: Figure, size: Size): Plot {
  const { grid } = of(state, figure);
  const pad = 0.04 * (grid[grid.length - 1]! - grid[0]!);
  return plot([grid[0]! - pad, grid[grid.length - 1]! + pad], span(state), 44, 30, size.width - 12, middleOf(size));
}

const mapOf = (size: Size): Plot => plot(MAP_X, MAP_Y, 44, middleOf(size) + 84, size.width - 12, size.height - 44);

/** Curves as one path: whole pixels are enough. */
function threads(box: Plot, grid: readonly number[], curves: readonly (readonly number[])[], look: string): string {
  const [low, high] = [Math.min(box.top, box.bottom), Math.max(box.top, box.bottom)];
  return curves.length === 0 ? "" : `<path class="${look}" d="${curves.map((curve) =>
    curve.map((value, at) => `${at ? "L" : "M"}${Math.round(box.x(grid[at]!))} ${Math.round(clamp(box.y(value), low, high))}`).join("")).join("")}"/>`;
}

/** Many dots as one path. */
const specks = (dots: readonly Point[], look: string): string =>
  dots.length === 0 ? "" : `<path class="${look}" d="${dots.map(([x, y]) => `M${Math.round(x)} ${Math.round(y)}h.1`).join("")}"/>`;

function lineOf(box: Plot, grid: readonly number[], curve: readonly number[], look: string): string {
  const [low, high] = [Math.min(box.top, box.bottom), Math.max(box.top, box.bottom)];
  return path(curve.map((value, at): Point => [box.x(grid[at]!), clamp(box.y(value), low, high)]), look);
}

function bundle(state: Lit, { mean }: Seen, figure: Figure, size: Size): string {
  const box = boxOf(state, figure, size);
  const { grid, curves, ale } = of(state, figure);
  const anchor = ENDS[featureOf(state)][0];
  const drawn = curves.map((curve) => shown(state, curve));
  const parts = [0, 1, 2, 3].map((part) => drawn.filter((_, row) => (state.colour === "weight" ? groupOf(figure.stones[row]![0]!) : 0) === part));
  const change = state.view === "change";
  const ticks = featureOf(state) === "clarity" ? [] : [0.5, 1, 1.5, 2];
  const values = state.view === "price" ? [0, 5, 10, 15, 20] : featureOf(state) === "clarity" ? [-5, 0, 5, 10] : [0, 5, 10, 15];
  const forced = box.x(grid[state.at]!);
  return group("bundle",
    axes(box, ticks, values, featureOf(state) === "clarity" ? "" : "forced weight (carat)", change ? "change (1,000 $)" : "price (1,000 $)"),
    ...(featureOf(state) === "clarity" ? figure.names.clarity.map((name, at) => words(box.x(at), box.bottom + 18, name, "tick", "middle")) : []),
    ...parts.map((part, number) => threads(box, grid, part, `thread shade${state.colour === "weight" ? number : 0}`)),
    rect(forced - 1, box.top, 2, box.bottom - box.top, "forced"),
    lineOf(box, grid, shown(state, mean), "mean"),
    ...(change ? [lineOf(box, grid, ale.map((value) => value - ale[anchor]!), "ale")] : []),
    lineOf(box, grid, shown(state, curves[state.stone]!), "stone"),
  );
}

function map(state: Lit, figure: Figure, size: Size): string {
  const box = mapOf(size);
  const weight = featureOf(state) === "weight";
  const far = figure.far[state.at] ?? "";
  const places = figure.stones.map((stone): Point => [Math.min(stone[0]!, MAP_X[1]), stone[4]!]);
  const forced = weight ? places.map(([, y]): Point => [box.x(figure.weight.grid[state.at]!), box.y(y)]) : [];
  return group("map",
    words(box.left, box.top - 14, weight ? "width (mm); red: no real stone near" : "width (mm) of the stones", "note"),
    axes(box, [0.5, 1, 1.5, 2], [4, 6, 8], "weight (carat)", ""),
    specks(places.map(([x, y]): Point => [box.x(x), box.y(y)]), weight ? "real" : "here"),
    ...(weight ? ["0", "1"].map((mark) => specks(forced.filter((_, row) => far[row] === mark), mark === "1" ? "lost" : "moved")) : []),
    circle(box.x(weight ? figure.weight.grid[state.at]! : Math.min(figure.stones[state.stone]![0]!, MAP_X[1])), box.y(figure.stones[state.stone]![4]!), 6, "own"),
  );
}

// --- the demo ----------------------------------------------------------------------------------------------------

function card(state: Lit, { stones, names }: Figure): string {
  const [carat, clarity, colour, cut] = stones[state.stone]!;
  return `${carat!.toFixed(2)} carat, ${names.clarity[clarity!]!}, colour ${names.colour[colour!]!}, ${names.cut[cut!]!} cut`;
}

function brief(state: Lit, { stones, names }: Figure): string {
  const [carat, clarity, colour] = stones[state.stone]!;
  return `${carat!.toFixed(2)} ct, ${names.clarity[clarity!]!}, ${names.colour[colour!]!}`;
}

const way = (state: Lit): string => (featureOf(state) === "clarity" ? "SI2 to VVS1" : "0.3 to 1 carat");

/** The stone whose curve is nearest to a place. */
function nearest(state: Lit, figure: Figure, x: number, y: number): number {
  const { grid, curves } = of(state, figure);
  const at = grid.reduce((best, value, index) => (Math.abs(value - x) < Math.abs(grid[best]! - x) ? index : best), 0);
  const gaps = curves.map((curve) => Math.abs(shown(state, curve)[at]! - y));
  return gaps.indexOf(Math.min(...gaps));
}

/** The stone that is next above (1) or below (−1) at the forced value. */
function beside(state: Lit, figure: Figure, step: number): number {
  const values = of(state, figure).curves.map((curve) => shown(state, curve)[state.at]!);
  const order = values.map((_, row) => row).sort((one, other) => values[one]! - values[other]! || one - other);
  return order[clamp(order.indexOf(state.stone) + step, 0, order.length - 1)]!;
}

export const demo: Demo<Figure, Lit, Seen> = {
  slug: "partial-dependence",
  title: "Light one of three hundred",
  promise: "Press a curve to light its stone. Centre the curves, colour them by weight, force weight instead of clarity, and watch on the map where forced stones have no neighbours.",
  hint: "Press a curve, or drag the dot on the lit one. Arrow keys: left and right force another value, up and down light the next stone.",
  shape: { wide: 0.82, narrow: 1.45 },

  start: () => ({ feature: "clarity", view: "price", colour: "plain", stone: 3, at: 3 }),

  settle(state, figure) {
    const feature = state.feature === "weight" ? "weight" : "clarity";
    const last = figure[feature].grid.length - 1;
    return {
      feature,
      view: state.view === "change" ? "change" : "price",
      colour: state.colour === "weight" ? "weight" : "plain",
      stone: Number.isFinite(state.stone) ? clamp(Math.round(state.stone), 0, figure.stones.length - 1) : 3,
      at: Number.isFinite(state.at) ? clamp(Math.round(state.at), 0, last) : 0,
    };
  },

  solve(state, figure) {
    const { curves, ale } = of(state, figure);
    const ends = ENDS[featureOf(state)];
    const curve = curves[state.stone]!;
    const mean = meanOf(curves);
    const far = featureOf(state) === "weight" ? [...figure.far[state.at]!].map(Number) : [];
    return { curve, mean, rise: rises(curve, ends), meanRise: rises(mean, ends), aleRise: rises(ale, ends), alone: far.length ? average(far) : 0 };
  },

  draw: (state, seen, figure, size) => bundle(state, seen, figure, size) + map(state, figure, size),

  say: (state, seen, figure) =>
    `Stone of ${card(state, figure)}, sold for ${short(figure.stones[state.stone]![5]!)} thousand dollars. Forced to ${valueName(state, figure, state.at)}, the model says ${short(seen.curve[state.at]!)}; the mean of all stones is ${short(seen.mean[state.at]!)}. From ${way(state)} it gains ${short(seen.rise)}, the mean ${short(seen.meanRise)}.`,

  readouts: (state, seen, figure) => [
    { label: "stone", value: brief(state, figure) },
    { label: "sold for (1,000 $)", value: short(figure.stones[state.stone]![5]!) },
    { label: `the model, forced to ${valueName(state, figure, state.at)}`, value: short(seen.curve[state.at]!), ink: "focus" },
    { label: `gain, ${way(state)}`, value: signed(seen.rise), ink: "focus" },
    { label: "PDP, the same way", value: signed(seen.meanRise) },
    { label: "ALE, the same way", value: signed(seen.aleRise) },
    ...(featureOf(state) === "weight" ? [{ label: "stones without a real neighbour", value: `${Math.round(100 * seen.alone)} %` }] : []),
  ],

  controls: [
    { kind: "choice", name: "feature", label: "Forced feature", options: [["clarity", "clarity"], ["weight", "weight"]] },
    { kind: "choice", name: "view", label: "Curves", options: [["price", "ICE"], ["change", "centred ICE, with ALE"]] },
    { kind: "choice", name: "colour", label: "Colour", options: [["plain", "one"], ["weight", "by weight"]] },
    { kind: "slider", name: "at", label: "Forced value, by its number", low: 0, high: 17, step: 1, show: (value) => String(Math.round(value) + 1) },
    { kind: "slider", name: "stone", label: "Stone, by its number", low: 0, high: 299, step: 1, show: (value) => String(Math.round(value) + 1) },
  ],

  handles(state, _seen, figure, size) {
    const box = boxOf(state, figure, size);
    const { grid, curves } = of(state, figure);
    const nearestAt = (x: number): number => grid.reduce((best, value, index) => (Math.abs(value - x) < Math.abs(grid[best]! - x) ? index : best), 0);
    return [{
      name: "stone", label: "The lit stone", words: `${card(state, figure)}, forced to ${valueName(state, figure, state.at)}`,
      x: box.x(grid[state.at]!), y: clamp(box.y(shown(state, curves[state.stone]!)[state.at]!), box.top, box.bottom), look: "grip",
      drag: (x, y) => {
        const at = nearestAt(box.fromX(x));
        return { ...state, at, stone: nearest({ ...state, at }, figure, grid[at]!, box.fromY(y)) };
      },
      nudge: (right, up, far) => ({ ...state, at: clamp(state.at + right, 0, grid.length - 1), stone: up ? beside(state, figure, up * (far ? 10 : 1)) : state.stone }),
    }];
  },

  press(state, _seen, figure, size, x, y) {
    const box = boxOf(state, figure, size);
    if (y > box.bottom) return null;
    const { grid } = of(state, figure);
    const at = grid.reduce((best, value, index) => (Math.abs(value - box.fromX(x)) < Math.abs(grid[best]! - box.fromX(x)) ? index : best), 0);
    return { state: { ...state, at, stone: nearest(state, figure, box.fromX(x), box.fromY(y)) }, grab: "stone" };
  },

  stops: [
    { chapter: "turn_one_knob", words: "The stone of the lesson", state: {} },
    { chapter: "mean_of_the_curves", words: "Its value at VVS1, and the mean", state: { at: 6 } },
    { chapter: "tie_the_curves", words: "Tied at SI2", state: { view: "change", at: 6 } },
    { chapter: "fan_is_an_interaction", words: "The fan by weight", state: { view: "change", colour: "weight", at: 6 } },
    { chapter: "stones_that_do_not_exist", words: "All forced to two carats", state: { feature: "weight", at: 17 } },
    { chapter: "small_steps", words: "Local effects of weight", state: { feature: "weight", view: "change", at: 7 } },
  ],

  quests: [
    { words: "Find the stone that gains least from SI2 to VVS1.", found: (state, { rise }, figure) => featureOf(state) === "clarity" && rise <= Math.min(...inThousands(figure.clarity).curves.map((curve) => rises(curve, ENDS.clarity))) + 1e-9 },
    { words: "Force the weight so that at most a third of the stones have no real neighbour.", found: (state, { alone }) => featureOf(state) === "weight" && alone <= 1 / 3 },
    { words: "Find a stone that the model prices above 19 thousand dollars, by forcing its clarity.", found: (state, { curve }) => featureOf(state) === "clarity" && curve[state.at]! > 19 },
  ],
};
