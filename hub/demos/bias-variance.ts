// Fits to noisy readings of a known truth: one sample or fifty, and bias, variance and noise of every degree below.

import type { Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { axes, circle, el, group, path, plot, rect, round, words } from "./frame/svg";
import { Random } from "./maths/random";

export interface Figure {
  /** Noise of fifty samples of twenty readings, in standard deviations; the lesson's own sample comes first. */
  readonly noise: readonly (readonly number[])[];
  /** Standard deviation of a reading in the lesson. */
  readonly sigma: number;
  readonly highest: number;
}

interface Dials extends State {
  degree: number;
  /** Readings of a sample. */
  count: string;
  sigma: number;
  /** λ, what a squared coefficient costs. */
  price: string;
  /** Samples that are drawn. */
  shown: string;
  /** Which draw of the samples; 0 is the lesson's. */
  draw: number;
}

/** Parts of the expected squared error on fresh readings. */
export interface Parts {
  readonly bias: number;
  readonly variance: number;
  readonly noise: number;
}

interface Solved {
  /** Of each degree. */
  readonly parts: readonly Parts[];
  readonly totals: readonly number[];
  readonly best: number;
  /** Readings of the first sample. */
  readonly readings: readonly number[];
  /** Coefficients of each sample that is drawn. */
  readonly fits: readonly (readonly number[])[];
  /** Mean squared miss of the first fit on its own readings. */
  readonly training: number;
}

type Rows = readonly (readonly number[])[];

const COUNTS = ["20", "40", "80", "320"] as const;
const PRICES = ["0", "0.1", "1", "10", "100"] as const;
const FIFTY = 50;
const GRID = Array.from({ length: 201 }, (_, at) => at / 200);
/** Middles of narrow parts of [0, 1], over which errors are averaged. */
const FINE = Array.from({ length: 1000 }, (_, at) => (at + 0.5) / 1000);
const TALL: Point = [-1.25, 2];
const HIGH = 0.42;
const DRAWS = 9999;

// --- computing ---------------------------------------------------------------------------------------------------

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((total, value, at) => total + value * b[at]!, 0);

export const truth = (x: number): number => 2 * Math.exp(-3 * x) * Math.sin(9 * x);
export const places = (count: number): number[] => Array.from({ length: count }, (_, at) => (at + 0.5) / count);

/** Chebyshev polynomials on [0, 1], up to a degree, at x. */
export function basis(x: number, degree: number): number[] {
  const t = 2 * x - 1;
  const found = [1, t];
  while (found.length <= degree) found.push(2 * t * found[found.length - 1]! - found[found.length - 2]!);
  return found.slice(0, degree + 1);
}

/** The inverse of a symmetric positive matrix. */
function inverse(matrix: Rows): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, at) => [...row, ...Array.from({ length: size }, (_, other) => (other === at ? 1 : 0))]);
  for (let at = 0; at < size; at++) {
    const pivot = rows[at]![at]!;
    rows[at] = rows[at]!.map((value) => value / pivot);
    for (let other = 0; other < size; other++) {
      const share = rows[other]![at]!;
      if (other !== at) rows[other] = rows[other]!.map((value, column) => value - share * rows[at]![column]!);
    }
  }
  return rows.map((row) => row.slice(size));
}

/** What makes coefficients of readings: the inverse of VᵀV + λ, and V at the readings' places. */
function solver(degree: number, count: number, price: number): { readonly inverted: Rows; readonly design: Rows; readonly gram: Rows } {
  const design = places(count).map((x) => basis(x, degree));
  const gram = Array.from({ length: degree + 1 }, (_, row) =>
    Array.from({ length: degree + 1 }, (_unused, column) => sum(design.map((each) => each[row]! * each[column]!))));
  const priced = gram.map((row, at) => row.map((value, column) => value + (at === column && at > 0 ? price : 0)));
  return { inverted: inverse(priced), design, gram };
}

/** Coefficients of the fit to each row of readings; with a price by ridge, the constant is free. */
export function fit(readings: Rows, degree: number, price: number): number[][] {
  const { inverted, design } = solver(degree, readings[0]!.length, price);
  return readings.map((row) => {
    const right = inverted.map((_, column) => sum(row.map((value, at) => value * design[at]![column]!)));
    return inverted.map((each) => dot(each, right));
  });
}

/** Exact parts of the error: nothing is drawn. */
export function parts(degree: number, count: number, sigma: number, price: number): Parts {
  const { inverted, gram } = solver(degree, count, price);
  const [mean] = fit([places(count).map(truth)], degree, price) as [number[]];
  const spread = inverted.map((row) => gram.map((column) => dot(row, column)));
  const covariance = spread.map((row) => inverted.map((column) => dot(row, column)));
  const asked = FINE.map((x) => basis(x, degree));
  return {
    bias: sum(asked.map((row, at) => (dot(row, mean) - truth(FINE[at]!)) ** 2)) / FINE.length,
    variance: (sigma ** 2 * sum(asked.map((row) => dot(row, covariance.map((each) => dot(each, row)))))) / FINE.length,
    noise: sigma ** 2,
  };
}

/** Noise of so many samples, in standard deviations, by Box and Muller. */
function drawn(samples: number, count: number, seed: number): number[][] {
  const random = new Random(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.random())) * Math.cos(2 * Math.PI * random.random());
  return Array.from({ length: samples }, () => Array.from({ length: count }, normal));
}

// --- drawing -----------------------------------------------------------------------------------------------------

const cloudBox = ({ width, height }: Size): Plot => plot([0, 1], TALL, 8, 8, width - 8, 0.56 * height);
const bricksBox = (highest: number, { width, height }: Size): Plot =>
  plot([-0.6, highest + 0.6], [0, HIGH], 40, 0.56 * height + 52, width - 8, height - 40);

const curve = (plane: Plot, coefficients: readonly number[], look: string): string =>
  path(GRID.filter((_, at) => at % 2 === 0).map((x): Point => [plane.x(x), plane.y(clamp(dot(basis(x, coefficients.length - 1), coefficients), -20, 20))]), look);

function cloud(state: Dials, { fits, readings }: Solved, size: Size): string {
  const box = cloudBox(size);
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const plane = plot([0, 1], TALL, 0, 0, width, height);
  const many = state.shown === "50";
  const mean = fits[0]!.map((_, at) => sum(fits.map((each) => each[at]!)) / fits.length);
  const xs = places(Number(state.count));
  const field = [
    ...(many ? fits.map((each) => curve(plane, each, "thread")) : [curve(plane, fits[0]!, "fit")]),
    ...(many ? [curve(plane, mean, "middle")] : []),
    path(GRID.map((x): Point => [plane.x(x), plane.y(truth(x))]), "law"),
    ...(many ? [] : readings.map((y, at) => circle(plane.x(xs[at]!), plane.y(y), xs.length > 80 ? 2 : 4, "reading"))),
  ];
  return group("cloud",
    rect(box.left, box.top, width, height, "edge", 6),
    el("svg", { x: box.left, y: box.top, width, height, viewBox: `0 0 ${round(width)} ${round(height)}` }, field.join("")),
    words(box.left + 0.62 * width, box.top + 22, many ? "fifty fits" : "one fit", "is-fit"),
    ...(many ? [words(box.left + 0.62 * width, box.top + 42, "their mean", "is-mean")] : []),
    words(box.left + 0.62 * width, box.top + (many ? 62 : 42), "truth", "is-law"),
  );
}

function bricks(state: Dials, { parts: found, totals }: Solved, box: Plot): string {
  const half = 0.42 * (box.x(1) - box.x(0));
  const stack = (each: Parts, degree: number): string => {
    let level = 0;
    const laid = ([["bias", each.bias], ["variance", each.variance], ["noise", each.noise]] as const).map(([name, tall]) => {
      const [low, high] = [Math.min(level, HIGH), Math.min(level + tall, HIGH)];
      level += tall;
      return rect(box.x(degree) - half, box.y(high), 2 * half, box.y(low) - box.y(high), name);
    });
    return group(degree === state.degree ? "stack chosen" : "stack", ...laid);
  };
  const top = totals[state.degree]!;
  return group("bricks",
    axes(box, found.map((_, degree) => degree), [0, 0.1, 0.2, 0.3, 0.4], "degree of the polynomial", "expected squared error"),
    ...found.map(stack),
    words(box.x(state.degree), box.y(Math.min(top, HIGH)) - 16, short(top), "total", "middle"),
  );
}

// --- the demo ----------------------------------------------------------------------------------------------------

const short = (value: number): string => value.toFixed(3);
const least = (totals: readonly number[]): number => totals.indexOf(Math.min(...totals));

export const demo: Demo<Figure, Dials, Solved> = {
  slug: "bias-variance",
  title: "Refit it fifty times",
  promise: "Choose the degree, the readings, the noise and the price of coefficients. Above are the fits, below the three parts of the expected error of every degree.",
  hint: "Drag the grip along the degrees, or press a stack. The arrow keys move it too.",
  shape: { wide: 0.95, narrow: 1.25 },

  start: ({ sigma }) => ({ degree: 10, count: "20", sigma, price: "0", shown: "1", draw: 0 }),

  settle: (state, { sigma, highest }) => ({
    degree: Math.round(clamp(state.degree, 0, highest)),
    count: (COUNTS as readonly string[]).includes(String(state.count)) ? String(state.count) : "20",
    sigma: Number.isFinite(state.sigma) ? clamp(state.sigma, 0, 0.6) : sigma,
    price: (PRICES as readonly string[]).includes(String(state.price)) ? String(state.price) : "0",
    shown: String(state.shown) === "50" ? "50" : "1",
    draw: Math.round(clamp(state.draw, 0, DRAWS)),
  }),

  solve(state, { noise, highest }) {
    const [count, price, shown] = [Number(state.count), Number(state.price), Number(state.shown)];
    const found = Array.from({ length: highest + 1 }, (_, degree) => parts(degree, count, state.sigma, price));
    const totals = found.map((each) => each.bias + each.variance + each.noise);
    const own = state.draw === 0 && count === noise[0]!.length;
    const errors = (own ? noise : drawn(FIFTY, count, state.draw)).slice(0, shown);
    const xs = places(count);
    const samples = errors.map((row) => row.map((error, at) => truth(xs[at]!) + state.sigma * error));
    const fits = fit(samples, state.degree, price);
    const misses = samples[0]!.map((y, at) => (y - dot(basis(xs[at]!, state.degree), fits[0]!)) ** 2);
    return { parts: found, totals, best: least(totals), readings: samples[0]!, fits, training: sum(misses) / count };
  },

  draw: (state, solved, { highest }, size) => cloud(state, solved, size) + bricks(state, solved, bricksBox(highest, size)),

  say: (state, { parts: found, totals, best }) => {
    const { bias, variance, noise } = found[state.degree]!;
    return `Degree ${state.degree} with ${state.count} readings and lambda ${state.price}: squared bias ${short(bias)}, variance ${short(variance)} and noise ${short(noise)} make an expected error of ${short(totals[state.degree]!)}. Degree ${best} has the least, ${short(totals[best]!)}.`;
  },

  readouts: (state, { parts: found, totals, training }) => [
    { label: "bias²", value: short(found[state.degree]!.bias), ink: "error" },
    { label: "variance", value: short(found[state.degree]!.variance), ink: "first" },
    { label: "noise σ²", value: short(found[state.degree]!.noise) },
    { label: "expected test error", value: short(totals[state.degree]!) },
    { label: "training error, first sample", value: short(training) },
  ],

  controls: [
    { kind: "slider", name: "degree", label: "Degree", low: 0, high: 12, step: 1, show: String, ends: ["stiff", "flexible"] },
    { kind: "choice", name: "count", label: "Readings of a sample, n", options: COUNTS.map((count) => [count, count]) },
    { kind: "slider", name: "sigma", label: "Noise of a reading, σ", low: 0, high: 0.6, step: 0.05, show: (value) => value.toFixed(2) },
    { kind: "choice", name: "price", label: "Ridge price, λ", options: PRICES.map((price) => [price, price]) },
    { kind: "choice", name: "shown", label: "Show", options: [["1", "one sample"], ["50", "50 samples"]] },
    {
      kind: "row", label: "Samples",
      buttons: [
        { name: "new", label: "New samples", press: (state) => ({ ...state, draw: (state.draw + 1) % (DRAWS + 1) }) },
        { name: "lesson", label: "The lesson's", press: (state) => ({ ...state, draw: 0 }) },
      ],
    },
    {
      kind: "row", label: "Try",
      buttons: [
        { name: "clean", label: "No noise", press: (state) => ({ ...state, degree: 3, sigma: 0, price: "0", shown: "50" }) },
        { name: "more", label: "320 readings", press: (state, _solved, { sigma }) => ({ ...state, degree: 10, count: "320", sigma, price: "0", shown: "50" }) },
      ],
    },
  ],

  handles(state, { totals }, { highest }, size) {
    const box = bricksBox(highest, size);
    const to = (degree: number): Dials => ({ ...state, degree: Math.round(clamp(degree, 0, highest)) });
    return [{
      name: "degree", label: "The degree", words: `degree ${state.degree}, expected error ${short(totals[state.degree]!)}`,
      x: box.x(state.degree), y: box.y(Math.min(totals[state.degree]!, HIGH)), look: "grip",
      drag: (x) => to(box.fromX(x)),
      nudge: (right, up, far) => to(state.degree + (right + up) * (far ? 3 : 1)),
    }];
  },

  press(state, _solved, { highest }, size, x, y) {
    const box = bricksBox(highest, size);
    return y < box.top ? null : { state: { ...state, degree: Math.round(clamp(box.fromX(x), 0, highest)) }, grab: "degree" };
  },

  stops: [
    { chapter: "twenty_readings", words: "One sample, degree 10", state: {} },
    { chapter: "fifty_samples", words: "Fifty stiff fits", state: { degree: 1, shown: "50" } },
    { chapter: "fifty_samples", words: "Fifty flexible fits", state: { degree: 10, shown: "50" } },
    { chapter: "two_levers", words: "Sixteen times the data", state: { degree: 10, count: "320", shown: "50" } },
    { chapter: "two_levers", words: "A price on coefficients", state: { degree: 10, price: "1", shown: "50" } },
  ],

  quests: [
    { words: "With 20 readings, σ = 0.30 and no price, find the degree with the least expected error.", found: (state, { best }) => state.count === "20" && state.price === "0" && Math.abs(state.sigma - 0.3) < 0.01 && state.degree === best },
    { words: "Find it again with 320 readings.", found: (state, { best }) => state.count === "320" && state.price === "0" && Math.abs(state.sigma - 0.3) < 0.01 && state.degree === best },
    { words: "Leave degree 10, 20 readings and σ = 0.30, and bring the expected error below 0.14.", found: (state, { totals }) => state.degree === 10 && state.count === "20" && Math.abs(state.sigma - 0.3) < 0.01 && totals[10]! < 0.14 },
  ],
};
