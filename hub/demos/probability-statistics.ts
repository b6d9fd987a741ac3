// Averages of n draws from a source of the visitor's choice: they gather into a bell, fast, slowly or not at all.

import type { Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { axes, group, line, path, plot, rect, words } from "./frame/svg";

export interface Figure {
  /** Person-years with 0, 1, 2, ... visits. */
  readonly tally: readonly number[];
  /** Mean, standard deviation and skewness of each source, where it has them. */
  readonly known: { readonly [source: string]: readonly [number, number, number] };
}

interface Dials extends State {
  source: string;
  n: number;
  drops: number;
  scale: string;
  seed: number;
}

export interface Moments {
  readonly mean: number;
  readonly deviation: number;
  readonly skewness: number;
}

interface Solved {
  /** As many as have dropped. */
  readonly means: readonly number[];
  /** Of those averages; nothing of fewer than two. */
  readonly measured: Moments | null;
  /** What theory says of averages of n draws; nothing where the source has no variance. */
  readonly predicted: Moments | null;
}

const NAMES: { readonly [source: string]: string } = {
  visits: "visits to a doctor", coin: "a fair coin", uniform: "uniform from 0 to 1", exponential: "exponential", cauchy: "Cauchy",
};
/** What is seen of each source. */
const SPAN: { readonly [source: string]: Point } = {
  visits: [-0.5, 14.5], coin: [-0.5, 1.5], uniform: [-0.25, 1.25], exponential: [-0.25, 5], cauchy: [-10, 10],
};
const TICKS: { readonly [source: string]: readonly number[] } = {
  visits: [0, 5, 10], coin: [0, 1], uniform: [0, 0.5, 1], exponential: [0, 1, 2, 3, 4], cauchy: [-10, -5, 0, 5, 10],
};
const MOST_DROPS = 10000;
const MOST = 200;
/** Standard errors to either side that a stretched axis shows. */
const REACH = 4;
const BINS = 56;
/** Of a Cauchy source, which has no standard deviation: what stands in for it on a stretched axis. */
const STAND_IN = 2.5;

// --- computing ---------------------------------------------------------------------------------------------------

/** Numbers from 0 up to 1: mulberry32, by T. Ettinger (2017, public domain). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A source as the inverse of its distribution function, at a number from 0 up to 1. */
export function inverse(source: string, tally: readonly number[]): (u: number) => number {
  if (source === "coin") return (u) => (u < 0.5 ? 0 : 1);
  if (source === "uniform") return (u) => u;
  if (source === "exponential") return (u) => -Math.log(1 - u);
  if (source === "cauchy") return (u) => Math.tan(Math.PI * (u - 0.5));
  const total = tally.reduce((sum, count) => sum + count, 0);
  let below = 0;
  const upTo = tally.map((count) => (below += count) / total);
  return (u) => {
    let [low, high] = [0, upTo.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! > u) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Mean, standard deviation and skewness of a population. */
export function moments(values: readonly number[]): Moments {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [second, third] = [0, 0];
  for (const value of values) {
    second += (value - mean) ** 2;
    third += (value - mean) ** 3;
  }
  const variance = second / values.length;
  return { mean, deviation: Math.sqrt(variance), skewness: variance > 0 ? third / values.length / variance ** 1.5 : 0 };
}

interface Rain {
  readonly key: string;
  readonly next: () => number;
  readonly means: number[];
}

let last: Rain | null = null;

/** The first averages of a state's rain; more of the same go on from there. */
export function rain(state: Dials, tally: readonly number[]): readonly number[] {
  const key = [state.source, state.n, state.seed].join(" ");
  if (last?.key !== key) last = { key, next: random(1 + state.seed), means: [] };
  const { means, next } = last;
  const draw = inverse(state.source, tally);
  while (means.length < state.drops) {
    let sum = 0;
    for (let index = 0; index < state.n; index++) sum += draw(next());
    means.push(sum / state.n);
  }
  return means.slice(0, state.drops);
}

function predict(state: Dials, { known }: Figure): Moments | null {
  const facts = known[state.source];
  if (!facts) return null;
  const root = Math.sqrt(state.n);
  return { mean: facts[0], deviation: facts[1] / root, skewness: facts[2] / root };
}

// --- drawing -----------------------------------------------------------------------------------------------------

const isLattice = (source: string): boolean => source === "visits" || source === "coin";

/** Edges of bins over a span, which hold equally many values where averages can only be multiples of 1/n. */
export function edges(span: Point, source: string, n: number): number[] {
  const step = 1 / n;
  const fine = (span[1] - span[0]) / BINS;
  const width = isLattice(source) ? Math.max(1, Math.round(fine / step)) * step : fine;
  const start = isLattice(source) ? Math.floor(span[0] / step) * step - step / 2 : span[0];
  return Array.from({ length: Math.ceil((span[1] - start) / width - 1e-9) + 1 }, (_, index) => start + index * width);
}

/** Density of the source at the middle of each bin, or of its values where they are whole. */
function sourceBars({ source }: Dials, { tally }: Figure): readonly Point[] {
  if (source === "visits") {
    const total = tally.reduce((sum, count) => sum + count, 0);
    return tally.map((count, value): Point => [value, count / total]);
  }
  if (source === "coin") return [[0, 0.5], [1, 0.5]];
  const [low, high] = SPAN[source]!;
  const density = (x: number): number => {
    if (source === "uniform") return x >= 0 && x <= 1 ? 1 : 0;
    if (source === "exponential") return x >= 0 ? Math.exp(-x) : 0;
    return 1 / (Math.PI * (1 + x * x));
  };
  return Array.from({ length: 241 }, (_, index): Point => {
    const x = low + (index / 240) * (high - low);
    return [x, density(x)];
  });
}

function spanOf(state: Dials, figure: Figure): Point {
  const span = SPAN[state.source]!;
  if (state.scale !== "root") return span;
  const facts = figure.known[state.source];
  const [middle, spread] = facts ? [facts[0], facts[1]] : [0, STAND_IN];
  const half = (REACH * spread) / Math.sqrt(state.n);
  return [middle - half, middle + half];
}

function boxes({ width, height, narrow }: Size, span: Point, own: Point): { source: Plot; means: Plot } {
  const edge = narrow ? 14 : 22;
  const split = height * 0.36;
  return {
    source: plot(own, [0, 1], edge, 30, width - edge, split - 24),
    means: plot(span, [0, 1], edge, split + 40, width - edge, height - 40),
  };
}

function drawSource(state: Dials, figure: Figure, box: Plot): string {
  const bars = sourceBars(state, figure);
  const top = Math.max(...bars.map(([, y]) => y)) * 1.05;
  const up = (y: number): number => box.y(y / top);
  const drawn = isLattice(state.source)
    ? bars
        .filter(([x]) => x < SPAN[state.source]![1])
        .map(([x, y]) => rect(box.x(x - 0.42), up(y), box.x(0.84) - box.x(0), box.bottom - up(y), "source"))
    : [path([[box.left, box.bottom], ...bars.map(([x, y]): Point => [box.x(x), up(y)]), [box.right, box.bottom]], "source", true)];
  return group("from", ...drawn, axes(box, TICKS[state.source]!, [], "", `one draw: ${NAMES[state.source]}`));
}

function drawMeans(state: Dials, { means, predicted }: Solved, box: Plot, span: Point): string {
  const bins = edges(span, state.source, state.n);
  const width = bins[1]! - bins[0]!;
  const counts = new Array<number>(bins.length - 1).fill(0);
  for (const mean of means) {
    const bin = Math.floor((mean - bins[0]!) / width + 1e-9);
    if (bin >= 0 && bin < counts.length) counts[bin]! += 1;
  }
  const density = counts.map((count) => count / Math.max(means.length, 1) / width);
  const bell = predicted && predicted.deviation > 0
    ? (x: number): number => Math.exp(-(((x - predicted.mean) / predicted.deviation) ** 2) / 2) / (predicted.deviation * Math.sqrt(2 * Math.PI))
    : null;
  const top = Math.max(...density, bell ? bell(predicted!.mean) : 0, 1e-9) * 1.08;
  const up = (y: number): number => box.y(y / top);
  const bars = density.flatMap((y, bin) => {
    const [left, right] = [Math.max(box.x(bins[bin]!), box.left), Math.min(box.x(bins[bin + 1]!), box.right)];
    return y > 0 && right > left ? [rect(left, up(y), Math.max(right - left - 0.6, 0.4), box.bottom - up(y), "mean")] : [];
  });
  const curve = bell
    ? path(Array.from({ length: 161 }, (_, index): Point => {
        const x = span[0] + (index / 160) * (span[1] - span[0]);
        return [box.x(x), up(bell(x))];
      }), "bell")
    : "";
  const ticks = state.scale === "root" ? [] : TICKS[state.source]!;
  const name = state.n === 1 ? "averages of 1 draw" : `averages of ${state.n} draws`;
  const centre = predicted ? line(box.x(predicted.mean), box.bottom, box.x(predicted.mean), box.bottom + 6, "rule") : "";
  const none = bell ? "" : words(box.right, box.top - 9, "no bell predicted", "hushed", "end");
  return group("to", ...bars, curve, axes(box, ticks, [], state.scale === "root" ? "stretched by √n" : "", name), centre, none);
}

// --- the demo ----------------------------------------------------------------------------------------------------

const digits = (value: number | undefined): string => (value === undefined || !Number.isFinite(value) ? "none" : value.toFixed(Math.abs(value) < 0.1 ? 3 : 2));
const pair = (seen: number | undefined, said: number | undefined): string => `${digits(seen)} · ${digits(said)}`;
const more = (state: Dials, count: number): Dials => ({ ...state, drops: Math.min(state.drops + count, MOST_DROPS) });

export const demo: Demo<Figure, Dials, Solved> = {
  slug: "probability-statistics",
  title: "Let averages rain",
  promise: "Each drop is the average of n fresh draws. The curve is what the Central Limit Theorem predicts from the source alone.",
  shape: { wide: 0.72, narrow: 1.15 },

  start: () => ({ source: "visits", n: 30, drops: 5000, scale: "same", seed: 0 }),

  settle: (state) => ({
    source: state.source in NAMES ? state.source : "visits",
    n: Math.round(clamp(state.n, 1, MOST)),
    drops: Math.round(clamp(state.drops, 0, MOST_DROPS)),
    scale: state.scale === "root" ? "root" : "same",
    seed: Math.round(clamp(state.seed, 0, 999)),
  }),

  solve(state, figure) {
    const means = rain(state, figure.tally);
    return { means, measured: means.length > 1 ? moments(means) : null, predicted: predict(state, figure) };
  },

  draw(state, solved, figure, size) {
    const span = spanOf(state, figure);
    const { source, means } = boxes(size, span, SPAN[state.source]!);
    return drawSource(state, figure, source) + drawMeans(state, solved, means, span);
  },

  say(state, { means, measured, predicted }) {
    const what = `${means.length} averages of ${state.n} ${state.n === 1 ? "draw" : "draws"} from ${NAMES[state.source]}`;
    const seen = measured ? `mean ${digits(measured.mean)}, standard deviation ${digits(measured.deviation)}, skewness ${digits(measured.skewness)}` : "too few to sum up";
    const theory = predicted ? `Predicted: ${digits(predicted.mean)}, ${digits(predicted.deviation)}, ${digits(predicted.skewness)}.` : "This source has no mean and no variance, so nothing is predicted.";
    return `${what}: ${seen}. ${theory}`;
  },

  readouts: (_state, { means, measured, predicted }) => [
    { label: "averages", value: String(means.length) },
    { label: "mean, measured · predicted", value: pair(measured?.mean, predicted?.mean), ink: "focus" },
    { label: "standard deviation · σ/√n", value: pair(measured?.deviation, predicted?.deviation) },
    { label: "skewness · source's/√n", value: pair(measured?.skewness, predicted?.skewness) },
  ],

  controls: [
    {
      kind: "choice", name: "source", label: "Source",
      options: [["visits", "visits"], ["coin", "coin"], ["uniform", "uniform"], ["exponential", "exponential"], ["cauchy", "Cauchy"]],
    },
    { kind: "slider", name: "n", label: "n, draws in each average", low: 1, high: MOST, step: 1, show: (value) => `${value}`, ends: ["one", "200"] },
    {
      kind: "row", label: "Drop",
      buttons: [
        { name: "one", label: "1", press: (state) => more(state, 1) },
        { name: "some", label: "100", press: (state) => more(state, 100) },
        { name: "many", label: "5,000", press: (state) => more(state, 5000) },
        { name: "none", label: "Empty it", press: (state) => ({ ...state, drops: 0, seed: (state.seed + 1) % 1000 }) },
      ],
    },
    { kind: "choice", name: "scale", label: "Axis of the averages", options: [["same", "as the source"], ["root", "stretched by √n"]] },
  ],

  stops: [
    { chapter: "wild_numbers", words: "The visits themselves", state: { source: "visits", n: 1, drops: 5000, scale: "same" } },
    { chapter: "count_successes", words: "Twelve rows of pegs, as shares", state: { source: "coin", n: 12, drops: 2000, scale: "same" } },
    { chapter: "many_small_pushes", words: "Two hundred pushes: a normal curve", state: { source: "coin", n: 200, drops: 10000, scale: "root" } },
    { chapter: "averages_gather", words: "Averages of 5: strongly skewed", state: { source: "visits", n: 5, drops: 10000, scale: "same" } },
    { chapter: "averages_gather", words: "Averages of 30: a lean is left", state: { source: "visits", n: 30, drops: 10000, scale: "root" } },
    { chapter: "averages_gather", words: "Averages of 100: nearly a bell", state: { source: "visits", n: 100, drops: 10000, scale: "root" } },
    { chapter: "averages_gather", words: "Cauchy: averages do not gather", state: { source: "cauchy", n: 100, drops: 5000, scale: "same" } },
  ],

  quests: [
    {
      words: "Rain 1,000 averages of visits whose skewness is below 0.5 by theory.",
      found: (state, { means, predicted }) => state.source === "visits" && means.length >= 1000 && predicted !== null && predicted.skewness < 0.5,
    },
    {
      words: "Halve the spread that averages of 25 visits have.",
      found: (state, { means, predicted }) => state.source === "visits" && means.length >= 1000 && state.n === 100 && predicted !== null,
    },
    {
      words: "Find a source whose averages of 100 draws spread as far as single draws.",
      found: (state, { means }) => state.source === "cauchy" && state.n >= 100 && means.length >= 1000,
    },
  ],
};
