// A dot that is placed in one of three clouds: five scores of it, its rank by each, and what a score looks at.

import type { Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { circle, el, group, line, path, plot, rect, round, words } from "./frame/svg";
import { Random } from "./maths/random";

/** A One-Class SVM that was trained without the dot. */
interface Machine {
  /** Rows of the support vectors, and what each weighs. */
  readonly rows: readonly number[];
  readonly weights: readonly number[];
  readonly rho: number;
  readonly shore: readonly (readonly Point[])[];
}

interface Cloud {
  readonly points: readonly Point[];
  readonly x: Point;
  readonly y: Point;
  readonly start: Point;
  /** How narrow the hills of its machines are. */
  readonly gamma: number;
  readonly machines: { readonly [nu: string]: Machine };
}

export interface Figure {
  readonly clouds: { readonly [name: string]: Cloud };
}

interface Placed extends State {
  data: string;
  x: number;
  y: number;
  score: string;
  k: number;
  sample: string;
  nu: string;
  /** Cuts of one tree that are drawn. */
  cuts: number;
}

/** A cut through the cell of the dot, and the cell before it. */
interface Cut {
  readonly column: 0 | 1;
  readonly place: number;
  readonly low: Point;
  readonly high: Point;
}

interface Solved {
  /** Of the dot, by each detector; the higher, the odder. */
  readonly values: readonly number[];
  readonly ranks: readonly number[];
  readonly total: number;
  /** Mean number of cuts until the dot is alone. */
  readonly path: number;
  /** How bright each point is by the chosen score, 0 to 1; the dot comes last. */
  readonly bright: readonly number[];
  readonly cuts: readonly Cut[];
  /** Rows of the dot's neighbours, nearest first. */
  readonly near: readonly number[];
}

const DATA = [["dots", "our dots"], ["crowds", "two crowds"], ["swarm", "a swarm"]] as const;
const SCORES = [["z", "z-score"], ["fence", "IQR fence"], ["isolation", "isolation"], ["lof", "LOF"], ["svm", "One-Class SVM"]] as const;
const SAMPLES = ["32", "64", "256"] as const;
const NUS = ["0.05", "0.1", "0.2"] as const;
const TREES = 100;
const MOST_CUTS = 15;
const HEATS = 5;

// --- computing ---------------------------------------------------------------------------------------------------

type Rows = readonly Point[];

const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length;
const column = (points: Rows, which: 0 | 1): number[] => points.map((point) => point[which]);
// As numpy sums it, so that equal distances are equal in both.
const apart = (a: Point, b: Point): number => Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2);

/** A quantile as numpy has it. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
}

/** The larger of both columns' distances from the mean, in standard deviations. */
export function zScores(points: Rows): number[] {
  const parts = ([0, 1] as const).map((which) => {
    const values = column(points, which);
    const middle = mean(values);
    const deviation = Math.sqrt(values.reduce((total, value) => total + (value - middle) ** 2, 0) / (values.length - 1));
    return values.map((value) => Math.abs(value - middle) / deviation);
  });
  return points.map((_, row) => Math.max(parts[0]![row]!, parts[1]![row]!));
}

/** How far beyond a quartile, in interquartile ranges, in the column in which that is most. */
export function beyond(points: Rows): number[] {
  const parts = ([0, 1] as const).map((which) => {
    const sorted = column(points, which).sort((a, b) => a - b);
    const [first, third] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
    return column(points, which).map((value) => Math.max(first - value, value - third) / (third - first));
  });
  return points.map((_, row) => Math.max(parts[0]![row]!, parts[1]![row]!));
}

/** Local Outlier Factors, and the rows of each point's k neighbours. */
export function lof(points: Rows, k: number): { readonly factors: number[]; readonly near: number[][] } {
  const found = points.map((point, row) => {
    const others = points.map((other, at): readonly [number, number] => [at === row ? Infinity : apart(point, other), at]);
    return others.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, k);
  });
  const reach = found.map((each) => each[k - 1]![0]);
  const density = found.map((each) => 1 / mean(each.map(([distance, at]) => Math.max(distance, reach[at]!))));
  const factors = found.map((each, row) => mean(each.map(([, at]) => density[at]!)) / density[row]!);
  return { factors, near: found.map((each) => each.map(([, at]) => at)) };
}

/** The usual path length of so many points. */
export function usual(count: number): number {
  let harmonic = 0;
  for (let at = 1; at < count; at++) harmonic += 1 / at;
  return 2 * harmonic - (2 * (count - 1)) / count;
}

function reachOf(points: Rows, which: 0 | 1): Point {
  const values = column(points, which);
  return [Math.min(...values), Math.max(...values)];
}

/** Mean path lengths of all points, in trees that are grown on random samples of so many, until each is alone. */
export function lengths(points: Rows, sample: number): number[] {
  const random = new Random(7);
  const total = new Array<number>(points.length).fill(0);
  const everybody = points.map((_, row) => row);
  const grow = (own: readonly number[], asked: readonly number[], depth: number): void => {
    if (own.length < 2 || !asked.length) {
      for (const row of asked) total[row]! += depth;
      return;
    }
    let which: 0 | 1 = random.random() < 0.5 ? 0 : 1;
    let [low, high] = reachOf(own.map((row) => points[row]!), which);
    if (low === high) {
      which = which === 0 ? 1 : 0;
      [low, high] = reachOf(own.map((row) => points[row]!), which);
    }
    if (low === high) {
      for (const row of asked) total[row]! += depth;
      return;
    }
    const place = low + random.random() * (high - low);
    const below = (row: number): boolean => points[row]![which] < place;
    grow(own.filter(below), asked.filter(below), depth + 1);
    grow(own.filter((row) => !below(row)), asked.filter((row) => !below(row)), depth + 1);
  };
  for (let tree = 0; tree < TREES; tree++) {
    const order = [...everybody];
    for (let at = 0; at < Math.min(sample, order.length); at++) {
      const other = at + Math.floor(random.random() * (order.length - at));
      [order[at], order[other]] = [order[other]!, order[at]!];
    }
    grow(order.slice(0, sample), everybody, 0);
  }
  return total.map((each) => each / TREES);
}

/** The cuts of one tree around the last of the points. */
function cutsOf(points: Rows, { x, y }: Cloud): Cut[] {
  const random = new Random(26);
  const dot = points[points.length - 1]!;
  let own = points;
  let [low, high]: [Point, Point] = [[x[0], y[0]], [x[1], y[1]]];
  const found: Cut[] = [];
  while (own.length > 1 && found.length < MOST_CUTS) {
    const which = random.random() < 0.5 ? 0 : 1;
    const values = column(own, which);
    const least = Math.min(...values);
    const place = least + random.random() * (Math.max(...values) - least);
    const left = dot[which] < place;
    found.push({ column: which, place, low, high });
    own = own.filter((point) => point[which] < place === left);
    const moved = (limit: Point): Point => (which === 0 ? [place, limit[1]] : [limit[0], place]);
    if (left) high = moved(high);
    else low = moved(low);
  }
  return found;
}

/** Water less land, over each of the points. */
export function drowned(points: Rows, machine: Machine, feet: Rows, gamma: number): number[] {
  const land = (point: Point): number =>
    machine.rows.reduce((total, row, at) => total + machine.weights[at]! * Math.exp(-gamma * apart(point, feet[row]!) ** 2), 0);
  return points.map((point) => machine.rho - land(point));
}

function shares(values: readonly number[]): number[] {
  const low = quantile([...values].sort((a, b) => a - b), 0.5);
  const high = Math.max(...values);
  return values.map((value) => (high > low ? clamp((value - low) / (high - low), 0, 1) : 0));
}

// --- drawing -----------------------------------------------------------------------------------------------------

const box = ({ x, y }: Cloud, { width, height }: Size): Plot => plot([...x], [...y], 8, 8, width - 8, height - 8);

function looked(state: Placed, solved: Solved, cloud: Cloud, at: (point: Point) => Point): string[] {
  const points = cloud.points;
  if (state.score === "isolation") {
    return solved.cuts.slice(0, state.cuts).map(({ column: which, place, low, high }) => {
      const [from, to]: [Point, Point] = which === 0 ? [[place, low[1]], [place, high[1]]] : [[low[0], place], [high[0], place]];
      return line(...at(from), ...at(to), "cut");
    });
  }
  if (state.score === "lof") return solved.near.map((row) => line(...at([state.x, state.y]), ...at(points[row]!), "thread"));
  if (state.score === "svm") return cloud.machines[state.nu]!.shore.map((shore) => path(shore.map(at), "shore"));
  const all: Rows = [...points, [state.x, state.y]];
  const limits = ([0, 1] as const).map((which) => {
    const values = column(all, which);
    if (state.score === "z") {
      const middle = mean(values);
      const far = 3 * Math.sqrt(values.reduce((total, value) => total + (value - middle) ** 2, 0) / (values.length - 1));
      return [middle - far, middle + far] as const;
    }
    values.sort((a, b) => a - b);
    const [first, third] = [quantile(values, 0.25), quantile(values, 0.75)];
    return [first - 1.5 * (third - first), third + 1.5 * (third - first)] as const;
  });
  const [[left, right], [low, high]] = limits as unknown as [Point, Point];
  return [path([[left, low], [right, low], [right, high], [left, high]].map((corner) => at(corner as unknown as Point)), "fence", true)];
}

// --- the demo ----------------------------------------------------------------------------------------------------

const short = (value: number): string => value.toFixed(2).replace("-", "−");
const oneOf = (options: readonly string[], value: unknown, usually: string): string => (options.includes(String(value)) ? String(value) : usually);

export const demo: Demo<Figure, Placed, Solved> = {
  slug: "anomaly-detection",
  title: "Place a dot, five detectors judge",
  promise: "Drag the dot through three clouds. Each detector scores it and ranks it among all points, and you see what its score looks at.",
  hint: "Drag the dot, or press a place. The arrow keys move it, farther with Shift.",
  shape: { wide: 0.66, narrow: 0.95 },

  start: ({ clouds }) => ({ data: "dots", x: clouds["dots"]!.start[0], y: clouds["dots"]!.start[1], score: "isolation", k: 20, sample: "256", nu: "0.05", cuts: 3 }),

  settle(state, { clouds }) {
    const data = oneOf(DATA.map(([name]) => name), state.data, "dots");
    const { x, y, start } = clouds[data]!;
    const inside = (value: number, [low, high]: Point, usually: number): number => (Number.isFinite(value) ? clamp(value, low, high) : usually);
    return {
      data,
      x: inside(state.x, x, start[0]),
      y: inside(state.y, y, start[1]),
      score: oneOf(SCORES.map(([name]) => name), state.score, "isolation"),
      k: Number.isFinite(state.k) ? Math.round(clamp(state.k, 2, 60)) : 20,
      sample: oneOf(SAMPLES, state.sample, "256"),
      nu: oneOf(NUS, state.nu, "0.05"),
      cuts: Number.isFinite(state.cuts) ? Math.round(clamp(state.cuts, 0, MOST_CUTS)) : 3,
    };
  },

  solve(state, { clouds }) {
    const cloud = clouds[state.data]!;
    const points: Rows = [...cloud.points, [state.x, state.y]];
    const sample = Math.min(Number(state.sample), points.length);
    const cut = lengths(points, sample);
    const factor = lof(points, state.k);
    const scores = [
      zScores(points),
      beyond(points),
      cut.map((length) => 2 ** (-length / usual(sample))),
      factor.factors,
      drowned(points, cloud.machines[state.nu]!, cloud.points, cloud.gamma),
    ];
    const last = points.length - 1;
    return {
      values: scores.map((each) => each[last]!),
      ranks: scores.map((each) => each.filter((value) => value > each[last]!).length + 1),
      total: points.length,
      path: cut[last]!,
      bright: shares(scores[SCORES.findIndex(([name]) => name === state.score)]!),
      cuts: cutsOf(points, cloud),
      near: factor.near[last]!,
    };
  },

  draw(state, solved, { clouds }, size) {
    const cloud = clouds[state.data]!;
    const frame = box(cloud, size);
    const [width, height] = [frame.right - frame.left, frame.bottom - frame.top];
    const plane = plot([...cloud.x], [...cloud.y], 0, 0, width, height);
    const at = ([x, y]: Point): Point => [plane.x(x), plane.y(y)];
    const heat = (share: number): string => `heat${Math.round(share * HEATS)}`;
    const field = [
      ...looked(state, solved, cloud, at),
      ...cloud.points.map((point, row) => circle(...at(point), 3.6 + 1.8 * solved.bright[row]!, heat(solved.bright[row]!))),
      circle(...at([state.x, state.y]), 7.5, `dot ${heat(solved.bright[solved.total - 1]!)}`),
    ];
    return group("cloud",
      rect(frame.left, frame.top, width, height, "edge", 6),
      el("svg", { x: frame.left, y: frame.top, width, height, viewBox: `0 0 ${round(width)} ${round(height)}` }, field.join("")),
      words(frame.left + 12, frame.bottom - 12, `by ${SCORES.find(([name]) => name === state.score)![1]}: the redder, the odder`, "told"),
    );
  },

  say: (state, { values, ranks, total, path: length }) =>
    `The dot is at ${short(state.x)}, ${short(state.y)}. Of ${total} points, its z-score ${short(values[0]!)} has rank ${ranks[0]}, its distance beyond a quartile rank ${ranks[1]}, its isolation score ${short(values[2]!)} rank ${ranks[2]} with ${length.toFixed(1)} cuts on average, its LOF ${short(values[3]!)} rank ${ranks[3]}. The One-Class SVM calls it ${values[4]! > 0 ? "outside" : "inside"}, rank ${ranks[4]}.`,

  readouts: (_state, { values, ranks, path: length }) => [
    { label: "z-score, rank", value: `${short(values[0]!)}, ${ranks[0]}`, ink: "first" },
    { label: "IQRs beyond a quartile, rank", value: `${short(values[1]!)}, ${ranks[1]}`, ink: "first" },
    { label: "isolation score, rank", value: `${short(values[2]!)}, ${ranks[2]}` },
    { label: "cuts until alone, mean", value: length.toFixed(1) },
    { label: "LOF, rank", value: `${short(values[3]!)}, ${ranks[3]}`, ink: "second" },
    { label: "One-Class SVM, rank", value: `${values[4]! > 0 ? "outside" : "inside"}, ${ranks[4]}` },
  ],

  controls: [
    { kind: "choice", name: "data", label: "Cloud", options: DATA },
    { kind: "choice", name: "score", label: "Show the score of", options: SCORES },
    { kind: "slider", name: "k", label: "Neighbours, k", low: 2, high: 60, step: 1, show: String },
    { kind: "choice", name: "sample", label: "Points of a tree", options: SAMPLES.map((each) => [each, each]) },
    { kind: "choice", name: "nu", label: "Nu, ν", options: NUS.map((each) => [each, each]) },
    { kind: "slider", name: "cuts", label: "Cuts shown, of one tree", low: 0, high: MOST_CUTS, step: 1, show: String, when: (state) => state.score === "isolation" },
    {
      kind: "row", label: "Try",
      buttons: [
        { name: "back", label: "Back to the start", press: (state, _solved, { clouds }) => ({ ...state, x: clouds[state.data]!.start[0], y: clouds[state.data]!.start[1] }) },
        { name: "middle", label: "Into the crowd", press: (state) => ({ ...state, x: 0, y: 0 }) },
      ],
    },
  ],

  handles(state, { ranks }, { clouds }, size) {
    const plane = box(clouds[state.data]!, size);
    return [{
      name: "dot", label: "The dot", words: `at ${short(state.x)}, ${short(state.y)}, rank ${ranks[SCORES.findIndex(([name]) => name === state.score)]}`,
      x: plane.x(state.x), y: plane.y(state.y), look: "grip",
      drag: (x, y) => ({ ...state, x: plane.fromX(x), y: plane.fromY(y) }),
      nudge: (right, up, far) => ({ ...state, x: state.x + right * (far ? 0.5 : 0.1), y: state.y + up * (far ? 0.5 : 0.1) }),
    }];
  },

  press(state, _solved, { clouds }, size, x, y) {
    const plane = box(clouds[state.data]!, size);
    return { state: { ...state, x: plane.fromX(x), y: plane.fromY(y) }, grab: "dot" };
  },

  stops: [
    { chapter: "holds_still", words: "Outside a window of fences", state: { score: "fence" } },
    { chapter: "random_cuts", words: "Three cuts, and alone", state: { score: "isolation", cuts: 3 } },
    { chapter: "small_gap", words: "Beside the tight crowd", state: { data: "crowds", x: 0.9, y: 0.9, score: "lof" } },
    { chapter: "shoreline", words: "One frontier around both", state: { data: "crowds", x: 0.9, y: 0.9, score: "svm", nu: "0.1" } },
    { chapter: "own_crowd", words: "One of a swarm", state: { data: "swarm", score: "lof" } },
  ],

  quests: [
    { words: "In the two crowds, find a place that LOF ranks first, and the z-score not among the first fifty.", found: (state, { ranks }) => state.data === "crowds" && ranks[3] === 1 && ranks[0]! > 50 },
    { words: "In the swarm, leave the dot at its start and bring its LOF above 2.", found: (state, { values }, { clouds }) => state.data === "swarm" && Math.hypot(state.x - clouds["swarm"]!.start[0], state.y - clouds["swarm"]!.start[1]) < 0.15 && values[3]! > 2 },
    { words: "Among our dots, hide: no score may rank the dot among the first hundred.", found: (state, { ranks }) => state.data === "dots" && ranks.every((rank) => rank > 100) },
  ],
};
