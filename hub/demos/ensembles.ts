// AdaBoost on two moons, round by round: the cut, the swollen points, and the weight of one point that is followed.

import type { Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { axes, circle, el, group, line, path, plot, rect, round } from "./frame/svg";

/** The feature that is cut, where, and the classes that are said below and above, which may be the same. */
export type Stump = readonly [number, number, number, number];

export interface Figure {
  readonly points: readonly Point[];
  /** 0 or 1. */
  readonly labels: readonly number[];
  /** Points whose labels are wrong where labels are noisy. */
  readonly flipped: readonly number[];
  readonly clean: readonly Stump[];
  readonly noisy: readonly Stump[];
}

interface Dials extends State {
  round: number;
  labels: string;
  /** The point that is followed. */
  point: number;
}

interface Solved {
  /** Labels that the rounds have seen. */
  readonly given: readonly number[];
  readonly errors: readonly number[];
  readonly alphas: readonly number[];
  /** Weights after each round, the first before any. */
  readonly weights: readonly (readonly number[])[];
  /** Share of wrong answers on the given labels by the vote up to the round. */
  readonly wrong: number;
  /** Times the mean weight, of the heaviest and of the followed point. */
  readonly heaviest: number;
  readonly followed: number;
}

const X: Point = [-1.75, 2.75];
const Y: Point = [-1.3, 1.75];
const CELLS: Point = [54, 36];

// --- computing ---------------------------------------------------------------------------------------------------

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const answer = ([feature, level, below, above]: Stump, point: Point): number => (point[feature]! <= level ? below : above);

/** Weighted errors, weights of the learners, and weights of the points after each round. */
export function boost(points: readonly Point[], labels: readonly number[], stumps: readonly Stump[]): { errors: number[]; alphas: number[]; weights: number[][] } {
  const weights = [labels.map(() => 1 / labels.length)];
  const errors: number[] = [];
  const alphas: number[] = [];
  for (const stump of stumps) {
    const now = weights[weights.length - 1]!;
    const wrong = points.map((point, at) => (answer(stump, point) === labels[at] ? 0 : 1));
    const error = sum(now.map((weight, at) => weight * wrong[at]!));
    const alpha = Math.log((1 - error) / error);
    const grown = now.map((weight, at) => weight * Math.exp(alpha * wrong[at]!));
    const total = sum(grown);
    errors.push(error);
    alphas.push(alpha);
    weights.push(grown.map((weight) => weight / total));
  }
  return { errors, alphas, weights };
}

/** Σ α h of the first rounds, h = ±1. */
export const lean = (stumps: readonly Stump[], alphas: readonly number[], rounds: number, point: Point): number =>
  sum(stumps.slice(0, rounds).map((stump, at) => alphas[at]! * (2 * answer(stump, point) - 1)));

// --- drawing -----------------------------------------------------------------------------------------------------

const moonBox = ({ width, height }: Size): Plot => plot(X, Y, 8, 8, width - 8, 0.68 * height);
const wayBox = (high: number, rounds: number, { width, height }: Size): Plot =>
  plot([0, rounds], [0, high], 40, 0.68 * height + 36, width - 12, height - 40);

function moons(state: Dials, { given, alphas, weights }: Solved, figure: Figure, size: Size): string {
  const box = moonBox(size);
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const plane = plot(X, Y, 0, 0, width, height);
  const stumps = state.labels === "noisy" ? figure.noisy : figure.clean;
  const [across, up] = CELLS;
  const cells = state.round === 0 ? [] : Array.from({ length: across * up }, (_, at) => {
    const [column, row] = [at % across, Math.floor(at / across)];
    const middle: Point = [X[0] + ((column + 0.5) / across) * (X[1] - X[0]), Y[0] + ((row + 0.5) / up) * (Y[1] - Y[0])];
    const says = lean(stumps, alphas, state.round, middle) > 0 ? 1 : 0;
    return rect((column * width) / across, height - ((row + 1) * height) / up, width / across + 0.2, height / up + 0.2, `says${says}`);
  });
  const now = weights[state.round]!;
  const mean = width / 110;
  const dots = figure.points.map(([x, y], at) => {
    const r = mean * Math.sqrt(now[at]! * now.length);
    const [cx, cy] = [plane.x(x), plane.y(y)];
    return given[at] === 0 ? circle(cx, cy, r, "kind0") : rect(cx - 0.88 * r, cy - 0.88 * r, 1.76 * r, 1.76 * r, "kind1");
  });
  const rings = state.labels === "noisy" ? figure.flipped.map((at) => circle(plane.x(figure.points[at]![0]), plane.y(figure.points[at]![1]), 9, "flip")) : [];
  const [fx, fy] = figure.points[state.point]!;
  const [feature, level] = stumps[Math.max(state.round - 1, 0)]!;
  const cut = state.round === 0 ? [] : [feature === 0 ? line(plane.x(level), 0, plane.x(level), height, "cut") : line(0, plane.y(level), width, plane.y(level), "cut")];
  return group("moons",
    rect(box.left, box.top, width, height, "edge", 6),
    el("svg", { x: box.left, y: box.top, width, height, viewBox: `0 0 ${round(width)} ${round(height)}` },
      [...cells, ...dots, ...rings, ...cut, circle(plane.x(fx), plane.y(fy), 14, "followed")].join("")),
  );
}

function way(state: Dials, { weights }: Solved, size: Size): string {
  const times = weights.map((each) => each[state.point]! * each.length);
  const high = Math.max(4, Math.ceil(Math.max(...times) / 4) * 4);
  const box = wayBox(high, weights.length - 1, size);
  return group("ways",
    axes(box, [0, 20, 40, 60], [0, high / 2, high], "round", "weight of the ringed point, times the mean"),
    path(times.map((value, at): Point => [box.x(at), box.y(value)]), "way"),
    line(box.x(state.round), box.y(0), box.x(state.round), box.y(high), "now"),
  );
}

// --- the demo ----------------------------------------------------------------------------------------------------

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

export const demo: Demo<Figure, Dials, Solved> = {
  slug: "ensembles",
  title: "Sixty rounds of AdaBoost",
  promise: "Step through the rounds: the yellow cut is the newest stump, areas are sample weights, the ground is the vote so far. Below is the weight of one point.",
  hint: "Press a point to follow it. Drag the grip along the rounds, or use the arrow keys.",
  shape: { wide: 0.95, narrow: 1.3 },

  start: () => ({ round: 2, labels: "clean", point: 0 }),

  settle: (state, { points, clean }) => ({
    round: Math.round(clamp(state.round, 0, clean.length)),
    labels: String(state.labels) === "noisy" ? "noisy" : "clean",
    point: Math.round(clamp(state.point, 0, points.length - 1)),
  }),

  solve(state, figure) {
    const noisy = state.labels === "noisy";
    const given = figure.labels.map((label, at) => (noisy && figure.flipped.includes(at) ? 1 - label : label));
    const stumps = noisy ? figure.noisy : figure.clean;
    const { errors, alphas, weights } = boost(figure.points, given, stumps);
    const missed = figure.points.filter((point, at) => (lean(stumps, alphas, state.round, point) > 0 ? 1 : 0) !== given[at]).length;
    const now = weights[state.round]!;
    return {
      given, errors, alphas, weights,
      wrong: state.round === 0 ? 0.5 : missed / given.length,
      heaviest: Math.max(...now) * now.length,
      followed: now[state.point]! * now.length,
    };
  },

  draw: (state, solved, figure, size) => moons(state, solved, figure, size) + way(state, solved, size),

  say: (state, { errors, alphas, wrong, followed }) => state.round === 0
    ? "Before the first round all points weigh the same."
    : `Round ${state.round} with ${state.labels} labels: the stump's weighted error is ${errors[state.round - 1]!.toFixed(2)}, its weight ${alphas[state.round - 1]!.toFixed(2)}. The vote so far is wrong on ${percent(wrong)} of the training labels. The ringed point weighs ${followed.toFixed(1)} times the mean.`,

  readouts: (state, { errors, alphas, wrong, heaviest, followed }) => [
    { label: "weighted error ε", value: state.round === 0 ? "none" : errors[state.round - 1]!.toFixed(2), ink: "error" },
    { label: "learner weight α", value: state.round === 0 ? "none" : alphas[state.round - 1]!.toFixed(2), ink: "focus" },
    { label: "vote wrong on training labels", value: state.round === 0 ? "none" : percent(wrong) },
    { label: "heaviest point, times the mean", value: heaviest.toFixed(1) },
    { label: "ringed point, times the mean", value: followed.toFixed(1) },
  ],

  controls: [
    { kind: "slider", name: "round", label: "Round", low: 0, high: 60, step: 1, show: String, ends: ["equal weights", "sixty stumps"] },
    { kind: "choice", name: "labels", label: "Labels", options: [["clean", "clean"], ["noisy", "20 flipped"]] },
    {
      kind: "row", label: "Follow",
      buttons: [
        { name: "heavy", label: "The heaviest", press: (state, { weights }) => ({ ...state, point: weights[state.round]!.indexOf(Math.max(...weights[state.round]!)) }) },
        { name: "light", label: "The lightest", press: (state, { weights }) => ({ ...state, point: weights[state.round]!.indexOf(Math.min(...weights[state.round]!)) }) },
      ],
    },
  ],

  handles(state, { weights }, _figure, size) {
    const times = weights.map((each) => each[state.point]! * each.length);
    const high = Math.max(4, Math.ceil(Math.max(...times) / 4) * 4);
    const box = wayBox(high, weights.length - 1, size);
    const to = (number: number): Dials => ({ ...state, round: Math.round(clamp(number, 0, weights.length - 1)) });
    return [{
      name: "round", label: "The round", words: `round ${state.round}, ringed point ${times[state.round]!.toFixed(1)} times the mean`,
      x: box.x(state.round), y: box.y(times[state.round]!), look: "grip",
      drag: (x) => to(box.fromX(x)),
      nudge: (right, up, far) => to(state.round + (right + up) * (far ? 10 : 1)),
    }];
  },

  press(state, _solved, { points }, size, x, y) {
    const box = moonBox(size);
    if (y > box.bottom) return null;
    const far = points.map(([px, py]) => (box.x(px) - x) ** 2 + (box.y(py) - y) ** 2);
    return { state: { ...state, point: far.indexOf(Math.min(...far)) } };
  },

  stops: [
    { chapter: "swell", words: "After the first stump", state: { round: 1 } },
    { chapter: "sixty_stumps", words: "After four stumps", state: { round: 4, point: 0 } },
    { chapter: "sixty_stumps", words: "After sixty stumps", state: { round: 60 } },
    { chapter: "wrong_labels", words: "Flipped labels, five rounds", state: { round: 5, labels: "noisy" } },
    { chapter: "wrong_labels", words: "Flipped labels, sixty rounds", state: { round: 60, labels: "noisy" } },
  ],

  quests: [
    { words: "Find the first round after which a point weighs more than twenty times the mean.", found: (state, { weights }) => state.round === weights.findIndex((each) => Math.max(...each) * each.length > 20) },
    { words: "Bring the vote below five percent wrong on clean training labels.", found: (state, { wrong }) => state.labels === "clean" && state.round > 0 && wrong < 0.05 },
    { words: "Follow a flipped point that weighs more than five times the mean.", found: (state, { followed }, { flipped }) => state.labels === "noisy" && flipped.includes(state.point) && followed > 5 },
  ],
};
