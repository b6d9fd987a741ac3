// Trees on real wines, grown in the page: depth, price of a leaf, criterion, and another sample of the bottles.

import type { Demo, Handle, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { axes, circle, group, line, mark, plot, rect, words } from "./frame/svg";
import { Random } from "./maths/random";
import type { Criterion, Points, Tree } from "./maths/tree";
import { accuracy, grow, prune, verdict, way } from "./maths/tree";

export interface Figure {
  readonly points: Points;
  readonly kinds: readonly number[];
  /** In which of ten folds each bottle is held out, in each of five repeats. */
  readonly folds: readonly (readonly number[])[];
}

interface Dials extends State {
  depth: number;
  /** Of a leaf. */
  price: number;
  criterion: string;
  /** 0 for all bottles, otherwise the seed of a bootstrap sample of them. */
  sample: number;
  /** A new bottle. */
  x: number;
  y: number;
}

interface Grown {
  readonly tree: Tree;
  /** Numbers of the nodes that ask, and of the leaves from left to right. */
  readonly asking: ReadonlySet<number>;
  readonly leaves: readonly number[];
  /** How often each bottle is in the sample. */
  readonly times: readonly number[];
  readonly seen: number;
  readonly unseen: number;
  /** Bottles that were not seen by this tree. */
  readonly out: number;
  readonly way: readonly number[];
}

const CLASSES = 3;
const NAMES = ["flavanoids", "proline"] as const;
const X: Point = [0, 5.4];
const Y: Point = [200, 1800];
/** As deep as no tree on these bottles gets. */
const DEEPEST = 12;
const LEAST = 0.001;
/** Half the width of a letter of a question, in pixels. */
const LETTER = 3.6;

const criterionOf = (state: Dials): Criterion => (state.criterion === "entropy" ? "entropy" : "gini");
const depthOf = (state: Dials): number => (state.depth >= DEEPEST ? Infinity : state.depth);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const short = (value: number): string => String(Number(value.toPrecision(4)));

// --- computing ---------------------------------------------------------------------------------------------------

/** The rows of a sample: all, or as many drawn with replacement as the lesson draws them. */
export function draw(count: number, seed: number): number[] {
  if (seed === 0) return Array.from({ length: count }, (_, row) => row);
  const random = new Random(seed);
  return Array.from({ length: count }, () => random.integer(count));
}

/** Share of the commonest kind. */
const commonest = (kinds: readonly number[]): number =>
  Math.max(...Array.from({ length: CLASSES }, (_, kind) => kinds.filter((each) => each === kind).length)) / kinds.length;

let scored: { key: string; score: number } | null = null;

/** Accuracy on held-out bottles in the lesson's folds, which only settings of growth change. */
function crossValidate(state: Dials, { points, kinds, folds }: Figure): number {
  const key = `${state.depth} ${state.price} ${state.criterion}`;
  if (scored?.key === key) return scored.score;
  let score = 0;
  for (const repeat of folds) {
    let right = 0;
    for (const fold of new Set(repeat)) {
      const seen = repeat.flatMap((held, row) => (held === fold ? [] : [row]));
      const out = repeat.flatMap((held, row) => (held === fold ? [row] : []));
      const tree = grow(points, kinds, seen, CLASSES, criterionOf(state), depthOf(state));
      right += accuracy(tree, prune(tree, state.price), points, kinds, out) * out.length;
    }
    score += right / points.length / folds.length;
  }
  scored = { key, score };
  return score;
}

function inOrder(tree: Tree, asking: ReadonlySet<number>, number = 0): number[] {
  if (!asking.has(number)) return [number];
  return [...inOrder(tree, asking, tree[number]!.below), ...inOrder(tree, asking, tree[number]!.above)];
}

// --- drawing -----------------------------------------------------------------------------------------------------

interface Boxes {
  readonly map: Plot;
  readonly tree: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

function boxes({ width, height, narrow }: Size): Boxes {
  if (narrow) {
    const half = height * 0.56;
    return {
      map: plot(X, Y, 40, 26, width - 6, half - 38),
      tree: { left: 8, top: half + 32, right: width - 8, bottom: height - 10 },
    };
  }
  const middle = width * 0.54;
  return {
    map: plot(X, Y, 42, 26, middle - 12, height - 40),
    tree: { left: middle + 18, top: 34, right: width - 8, bottom: height - 16 },
  };
}

/** Lower and upper corner of a node's part of the map. */
function roomOf(tree: Tree, number: number): { low: [number, number]; high: [number, number] } {
  const [low, high]: [[number, number], [number, number]] = [[X[0], Y[0]], [X[1], Y[1]]];
  for (let at = number; at > 0; at = tree[at]!.parent) {
    const parent = tree[tree[at]!.parent]!;
    const axis = parent.column as 0 | 1;
    if (parent.below === at) high[axis] = Math.min(high[axis], parent.threshold);
    else low[axis] = Math.max(low[axis], parent.threshold);
  }
  return { low, high };
}

function drawRooms(grown: Grown, map: Plot): string {
  const last = grown.way.at(-1);
  const parts = grown.leaves.map((number) => {
    const { low, high } = roomOf(grown.tree, number);
    const kind = verdict(grown.tree[number]!.counts);
    return rect(map.x(low[0]), map.y(high[1]), map.x(high[0]) - map.x(low[0]), map.y(low[1]) - map.y(high[1]),
      `room ink-${kind}${number === last ? " here" : ""}`);
  });
  const strokes = [...grown.asking].map((number) => {
    const { low, high } = roomOf(grown.tree, number);
    const { column, threshold } = grown.tree[number]!;
    const look = number === 0 ? "stroke root" : "stroke";
    return column === 0
      ? line(map.x(threshold), map.y(low[1]), map.x(threshold), map.y(high[1]), look)
      : line(map.x(low[0]), map.y(threshold), map.x(high[0]), map.y(threshold), look);
  });
  return group("rooms", ...parts, ...strokes);
}

function drawBottles(state: Dials, grown: Grown, { points, kinds }: Figure, map: Plot, size: Size): string {
  const r = size.narrow ? 2.8 : 3.6;
  return points
    .map(([x = 0, y = 0], row) => {
      const times = grown.times[row] ?? 0;
      const kind = kinds[row] ?? 0;
      return mark(kind, map.x(x), map.y(y), r * Math.sqrt(Math.max(times, 0.8)), `point ink-${kind}${times || !state.sample ? "" : " out"}`);
    })
    .join("");
}

function drawTree(grown: Grown, box: Boxes["tree"]): string {
  const deepest = Math.max(...grown.leaves.map((number) => grown.tree[number]!.depth), 1);
  const step = (box.bottom - box.top - 14) / deepest;
  const slot = (box.right - box.left) / grown.leaves.length;
  const spots = new Map<number, Point>();
  grown.leaves.forEach((number, at) => spots.set(number, [box.left + (at + 0.5) * slot, box.top + grown.tree[number]!.depth * step]));
  for (const number of [...grown.asking].sort((a, b) => b - a)) {
    const node = grown.tree[number]!;
    const [low, high] = [spots.get(node.below)!, spots.get(node.above)!];
    spots.set(number, [(low[0] + high[0]) / 2, box.top + node.depth * step]);
  }
  const whole = grown.tree[0]!.counts.reduce((a, b) => a + b, 0);
  const widest = Math.min((box.right - box.left) * 0.55, 190);
  const onWay = new Set(grown.way);
  const asked: { number: number; x: number; text: string }[] = [];
  for (const number of [...grown.asking].sort((a, b) => a - b)) {
    const { column, threshold, depth } = grown.tree[number]!;
    if (depth >= (grown.leaves.length > 6 ? 1 : 2)) continue;
    const text = `${NAMES[column as 0 | 1]} ≤ ${short(threshold)}`;
    const half = text.length * LETTER;
    const x = clamp(spots.get(number)![0], box.left + half, box.right - half);
    const room = asked.every((other) => grown.tree[other.number]!.depth !== depth || Math.abs(other.x - x) > half + other.text.length * LETTER);
    if (room) asked.push({ number, x, text });
  }
  const head = (number: number): number => (asked.some((each) => each.number === number) ? 28 : 6);
  const links = [...grown.asking].flatMap((number) => {
    const node = grown.tree[number]!;
    const [x, y] = spots.get(number)!;
    return [node.below, node.above].map((child) => {
      const [cx, cy] = spots.get(child)!;
      return line(x, y + 7, cx, cy - head(child), onWay.has(child) ? "link here" : "link");
    });
  });
  const bars = [...spots].map(([number, [x, y]]) => {
    const { counts } = grown.tree[number]!;
    const total = counts.reduce((a, b) => a + b, 0);
    const full = Math.max((widest * total) / whole, 4);
    let left = x - full / 2;
    const parts = counts.map((count, kind) => {
      const wide = (full * count) / total;
      left += wide;
      return wide ? rect(left - wide, y - 6, wide, 12, `bar ink-${kind}${grown.asking.has(number) ? " past" : ""}`) : "";
    });
    return parts.join("") + (onWay.has(number) ? rect(x - full / 2 - 2, y - 8, full + 4, 16, "frame here") : "");
  });
  const questions = asked.map(({ number, x, text }) =>
    words(x, spots.get(number)![1] - 14, text, number === 0 ? "asks root" : "asks", "middle"));
  return group("tree", ...links, ...bars, ...questions);
}

// --- the demo ----------------------------------------------------------------------------------------------------

const near = (value: number, [low, high]: Point): number => clamp(value, low, high);

function bottle(state: Dials, grown: Grown, map: Plot): Handle<Dials> {
  const at = (x: number, y: number): Dials => ({ ...state, x: Math.round(near(x, X) * 100) / 100, y: Math.round(near(y, Y)) });
  const kind = verdict(grown.tree[grown.way.at(-1) ?? 0]!.counts);
  return {
    name: "bottle", label: "New bottle", look: `bottle ink-${kind}`,
    words: `flavanoids ${state.x}, proline ${state.y}; the tree says grape ${kind + 1}`,
    x: map.x(state.x), y: map.y(state.y),
    drag: (px, py) => at(map.fromX(px), map.fromY(py)),
    nudge: (right, up, far) => at(state.x + right * (far ? 0.5 : 0.1), state.y + up * (far ? 150 : 30)),
  };
}

export const demo: Demo<Figure, Dials, Grown> = {
  slug: "decision-trees",
  title: "Grow the tree yourself",
  promise: "The tree is grown again in this page at every touch, on the 178 real bottles of the lesson. Watch what it has seen, and what it has not.",
  hint: "Drag the new bottle through the rooms of the map, or move it by the arrow keys, farther with Shift: its way through the tree lights up.",
  shape: { wide: 0.56, narrow: 1.5 },

  start: () => ({ depth: 2, price: LEAST, criterion: "gini", sample: 0, x: 2, y: 620 }),

  settle: (state) => ({
    depth: Math.round(clamp(state.depth, 1, DEEPEST)),
    price: Number(clamp(state.price, LEAST, 0.3).toPrecision(2)),
    criterion: state.criterion === "entropy" ? "entropy" : "gini",
    sample: Math.round(clamp(state.sample, 0, 9999)),
    x: near(state.x, X), y: near(state.y, Y),
  }),

  solve(state, figure) {
    const { points, kinds } = figure;
    const rows = draw(points.length, state.sample);
    const times = new Array<number>(points.length).fill(0);
    for (const row of rows) times[row]! += 1;
    const tree = grow(points, kinds, rows, CLASSES, criterionOf(state), depthOf(state));
    const asking = prune(tree, state.price);
    const out = times.flatMap((count, row) => (count ? [] : [row]));
    return {
      tree, asking, times, leaves: inOrder(tree, asking), out: out.length,
      seen: accuracy(tree, asking, points, kinds, rows),
      unseen: state.sample ? accuracy(tree, asking, points, kinds, out) : crossValidate(state, figure),
      way: way(tree, asking, [state.x, state.y]),
    };
  },

  draw(state, grown, figure, size) {
    const { map, tree } = boxes(size);
    return [
      drawRooms(grown, map),
      axes(map, [1, 2, 3, 4, 5], [500, 1000, 1500], NAMES[0], NAMES[1]),
      drawBottles(state, grown, figure, map, size),
      circle(map.x(state.x), map.y(state.y), size.narrow ? 9 : 11, "new"),
      drawTree(grown, tree),
    ].join("");
  },

  say(state, grown) {
    const count = grown.leaves.length;
    const root = grown.tree[0]!;
    const first = grown.asking.has(0) ? ` It asks first whether ${NAMES[root.column as 0 | 1]} is at most ${short(root.threshold)}.` : "";
    const unseen = state.sample ? `the ${grown.out} bottles that stayed out of the sample` : "held-out bottles in cross-validation";
    return `A tree of ${count} ${count === 1 ? "leaf" : "leaves"}.${first} It has ${percent(grown.seen)} of the bottles right that it has seen, and ${percent(grown.unseen)} of ${unseen}.`;
  },

  readouts: (state, grown, { kinds }) => [
    { label: "leaves", value: `${grown.leaves.length}` },
    { label: "seen bottles right", value: percent(grown.seen) },
    { label: state.sample ? "right of those that stayed out" : "unseen bottles right, ten folds", value: percent(grown.unseen), ink: "focus" },
    { label: "guessing the commonest grape", value: percent(commonest(kinds)) },
  ],

  controls: [
    {
      kind: "slider", name: "depth", label: "Depth at which it stops", low: 1, high: DEEPEST, step: 1,
      show: (value) => (value >= DEEPEST ? "no limit" : `${value}`), ends: ["one split", "no limit"],
    },
    {
      kind: "slider", name: "price", label: "α, the price of a leaf", low: -3, high: -0.5, step: 0.05, log: true,
      show: (value) => String(Number(value.toPrecision(2))), ends: ["free", "dear"],
    },
    { kind: "choice", name: "criterion", label: "Impurity", options: [["gini", "Gini"], ["entropy", "Entropy"]] },
    {
      kind: "row", label: "Bottles",
      buttons: [
        { name: "resample", label: "Draw a bootstrap sample", press: (state) => ({ ...state, sample: state.sample + 1 }) },
        { name: "all", label: "All bottles", press: (state) => ({ ...state, sample: 0 }) },
      ],
    },
    {
      kind: "row", label: "Try",
      buttons: [
        { name: "criterion", label: "One split: change the impurity", press: (state) => ({ ...state, depth: 1, price: LEAST, criterion: "gini", sample: 0 }) },
        { name: "shake", label: "A full tree: draw ten samples", press: (state) => ({ ...state, depth: DEEPEST, price: LEAST, criterion: "entropy", sample: 0 }) },
        { name: "turn", label: "Raise α: where does unseen turn?", press: (state) => ({ ...state, depth: DEEPEST, price: LEAST, criterion: "gini", sample: 0 }) },
      ],
    },
  ],

  handles: (state, grown, _figure, size) => [bottle(state, grown, boxes(size).map)],

  press(state, _grown, _figure, size, px, py) {
    const { map } = boxes(size);
    if (px < map.left || px > map.right || py < map.top || py > map.bottom) return null;
    const moved = { ...state, x: Math.round(map.fromX(px) * 100) / 100, y: Math.round(map.fromY(py)) };
    return { state: moved, grab: "bottle" };
  },

  stops: [
    { chapter: "how_often_two_draws_differ", words: "One split by Gini: proline", state: { depth: 1 } },
    { chapter: "how_many_questions_are_left", words: "One split by entropy: flavanoids", state: { depth: 1, criterion: "entropy" } },
    { chapter: "one_split_one_branch", words: "Two levels, four rooms", state: {} },
    { chapter: "the_tree_without_a_mistake", words: "No limit: no mistake", state: { depth: DEEPEST } },
    { chapter: "every_branch_must_earn", words: "Pruned to five leaves: α = 0.018", state: { depth: DEEPEST, price: 0.018 } },
    { chapter: "shake_the_data", words: "A bootstrap sample", state: { depth: DEEPEST, sample: 2 } },
  ],

  quests: [
    {
      words: "With one split only, have flavanoids asked instead of proline, on all bottles.",
      found: (state, grown) => state.sample === 0 && state.depth === 1 && grown.asking.has(0) && grown.tree[0]!.column === 0,
    },
    {
      words: "Draw bootstrap samples until Gini asks about flavanoids first.",
      found: (state, grown) => state.sample > 0 && state.criterion === "gini" && grown.asking.has(0) && grown.tree[0]!.column === 0,
    },
    {
      words: "All bottles, no limit of depth: prune until fewer than seven leaves beat the full tree on unseen bottles by four points.",
      found: (state, grown) => state.sample === 0 && state.depth >= DEEPEST && grown.leaves.length < 7 && grown.unseen > 0.864,
    },
  ],
};
