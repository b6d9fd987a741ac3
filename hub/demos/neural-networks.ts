// A network that is trained in the page: layers, units, activation, start and learning rate are the visitor's.

import type { Demo, Handle, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { axes, circle, group, line, mark, path, plot, rect, words } from "./frame/svg";
import type { Bend, Layer, Slopes, Start } from "./maths/network";
import { backward, begin, forward, logit, sigmoid, size as sizeOf, step } from "./maths/network";

export interface Figure {
  readonly corners: readonly Point[];
  readonly and: readonly number[];
  readonly xor: readonly number[];
  readonly spirals: readonly Point[];
  readonly arms: readonly number[];
  /** Standard normal numbers for the weights of each start. */
  readonly normals: readonly (readonly number[])[];
}

interface Dials extends State {
  data: string;
  layers: number;
  units: number;
  bend: string;
  start: string;
  seed: number;
  rate: number;
  steps: number;
  /** The point that runs through the network. */
  x: number;
  y: number;
}

interface Trained {
  readonly layers: readonly Layer[];
  readonly slopes: Slopes;
  /** Loss before the first step and after each. */
  readonly losses: readonly number[];
  readonly points: readonly Point[];
  readonly kinds: readonly number[];
}

const SPAN: { readonly [data: string]: Point } = { and: [-0.6, 1.6], xor: [-0.6, 1.6], spirals: [-1.25, 1.25] };
const STEPS = 2000;
const SPIRAL = { data: "spirals", layers: 2, units: 8, bend: "tanh", start: "one", seed: 0, rate: 0.5 } as const;
const XOR = { data: "xor", layers: 1, units: 2, bend: "tanh", start: "normal", seed: 4, rate: 0.5 } as const;
/** Cells of the verdict, across and up. */
const CELLS = 44;
/** Loss beyond which a run has diverged. */
const LOST = 1e6;

const BENDS: readonly string[] = ["ReLU", "tanh", "sigmoid"];
const STARTS: readonly string[] = ["one", "normal", "Xavier", "He", "large", "equal", "zero"];

const sizesOf = (state: Dials): number[] => [2, ...new Array<number>(state.layers).fill(state.units), 1];
const short = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(3))) : "no number");
const spanOf = (state: Dials): Point => SPAN[state.data] ?? [-1, 1];

function dataOf(state: Dials, figure: Figure): { points: readonly Point[]; kinds: readonly number[] } {
  if (state.data === "spirals") return { points: figure.spirals, kinds: figure.arms };
  return { points: figure.corners, kinds: state.data === "and" ? figure.and : figure.xor };
}

// --- computing ---------------------------------------------------------------------------------------------------

interface Run {
  readonly key: string;
  layers: Layer[];
  slopes: Slopes;
  readonly losses: number[];
}

let last: Run | null = null;

/** The run of a state as far as its steps; one that goes on from the last is not begun anew. */
export function train(state: Dials, figure: Figure): Run {
  const { points, kinds } = dataOf(state, figure);
  const bend = state.bend as Bend;
  const key = [state.data, state.layers, state.units, state.bend, state.start, state.seed, state.rate].join(" ");
  if (last?.key !== key || last.losses.length - 1 > state.steps) {
    const normals = figure.normals[state.seed] ?? figure.normals[0]!;
    const layers = begin(sizesOf(state), state.start as Start, normals);
    const slopes = backward(layers, points, kinds, bend);
    last = { key, layers, slopes, losses: [slopes.loss] };
  }
  const run = last;
  while (run.losses.length - 1 < state.steps && run.slopes.loss < LOST) {
    run.layers = step(run.layers, run.slopes.layers, state.rate);
    run.slopes = backward(run.layers, points, kinds, bend);
    run.losses.push(run.slopes.loss);
  }
  return run;
}

// --- drawing -----------------------------------------------------------------------------------------------------

interface Boxes {
  readonly map: Plot;
  readonly net: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  readonly chart: Plot;
}

function boxes(state: Dials, { width, height, narrow }: Size): Boxes {
  const span = spanOf(state);
  if (narrow) {
    const side = width - 46;
    const top = side + 62;
    return {
      map: plot(span, span, 36, 24, width - 8, 24 + side, true),
      net: { left: 14, top: top + 14, right: width - 14, bottom: top + (height - top) * 0.55 },
      chart: plot([0, STEPS], [0, 1], 36, top + (height - top) * 0.55 + 36, width - 8, height - 36),
    };
  }
  const middle = Math.min(width * 0.52, height - 30);
  return {
    map: plot(span, span, 40, 24, middle - 10, height - 40, true),
    net: { left: middle + 34, top: 30, right: width - 26, bottom: height * 0.6 },
    chart: plot([0, STEPS], [0, 1], middle + 46, height * 0.6 + 38, width - 12, height - 40),
  };
}

/** Cells of one verdict and about one strength, side by side in a row, as one bar. */
function drawVerdict(state: Dials, trained: Trained, map: Plot): string {
  const span = spanOf(state);
  const unit = (span[1] - span[0]) / CELLS;
  const [wide, high] = [(map.right - map.left) / CELLS, (map.bottom - map.top) / CELLS];
  const bars: string[] = [];
  for (let row = 0; row < CELLS; row++) {
    const y = span[1] - (row + 0.5) * unit;
    let [begun, look] = [0, ""];
    for (let column = 0; column <= CELLS; column++) {
      const z = column < CELLS ? logit(trained.layers, [span[0] + (column + 0.5) * unit, y], state.bend as Bend) : NaN;
      const strength = Math.min(Math.floor(Math.abs(sigmoid(z) - 0.5) * 8), 3);
      const now = column < CELLS ? `cell ink-${z > 0 ? 1 : 0} s${Number.isFinite(strength) ? strength : 0}` : "";
      if (now === look) continue;
      if (look) bars.push(rect(map.left + begun * wide, map.top + row * high, (column - begun) * wide + 0.3, high + 0.3, look));
      [begun, look] = [column, now];
    }
  }
  return group("verdict", ...bars);
}

function drawNet(state: Dials, trained: Trained, box: Boxes["net"], narrow: boolean): string {
  const sizes = sizesOf(state);
  const across = (box.right - box.left) / (sizes.length - 1);
  const up = (box.bottom - box.top) / 8;
  const spots = sizes.map((count, layer) =>
    Array.from({ length: count }, (_, unit): Point => [box.left + layer * across, (box.top + box.bottom) / 2 + (unit - (count - 1) / 2) * up]),
  );
  const largest = Math.max(...trained.layers.map(({ weights }) => Math.max(...weights.map(Math.abs))), 1e-9);
  const steepest = Math.max(...trained.slopes.layers.map(({ weights }) => Math.max(...weights.map(Math.abs))), 1e-300);
  const wires = trained.layers.flatMap(({ ins, outs, weights }, layer) =>
    Array.from({ length: ins * outs }, (_, at) => {
      const [[x1, y1], [x2, y2]] = [spots[layer]![Math.floor(at / outs)]!, spots[layer + 1]![at % outs]!];
      const share = Math.abs(weights[at]!) / largest;
      const pushed = Math.abs(trained.slopes.layers[layer]!.weights[at]!) / steepest;
      const sign = weights[at]! < 0 ? "less" : "more";
      const look = `wire ${weights[at] ? sign : "none"} t${Math.ceil(share * 3)}`;
      const back = pushed > 0.05 ? line(x1, y1 + 3, x2, y2 + 3, `back t${Math.ceil(pushed * 3)}`) : "";
      return back + line(x1, y1, x2, y2, look);
    }),
  );
  const { answers } = forward(trained.layers, [state.x, state.y], state.bend as Bend);
  const guess = sigmoid(answers.at(-1)![0]!);
  const units = spots.flatMap((column, layer) =>
    column.map(([x, y], unit) => {
      const value = layer === spots.length - 1 ? 2 * guess - 1 : answers[layer]![unit]!;
      const lit = Math.min(Math.ceil(Math.abs(value) * 3), 3);
      return circle(x, y, narrow ? 7 : 9, `unit ${value < 0 ? "less" : "more"} l${Number.isFinite(lit) ? lit : 0}`);
    }),
  );
  return group("net", ...wires, ...units);
}

function drawLoss(trained: Trained, chart: Plot): string {
  const every = Math.max(1, Math.floor(trained.losses.length / 300));
  const seen = trained.losses.filter((_, at) => at % every === 0 || at === trained.losses.length - 1);
  const at = (index: number): number => Math.min(index * every, trained.losses.length - 1);
  const way = seen.map((loss, index): Point => [chart.x(at(index)), chart.y(clamp(loss, 0, 1))]);
  return group(
    "losses",
    axes(chart, [0, 1000, 2000], [0, 1], "step", "loss"),
    line(chart.left, chart.y(Math.LN2), chart.right, chart.y(Math.LN2), "guess"),
    words(chart.right, chart.y(Math.LN2) - 5, "guessing", "hushed", "end"),
    path(way, "loss"),
  );
}

// --- the demo ----------------------------------------------------------------------------------------------------

function probe(state: Dials, trained: Trained, map: Plot): Handle<Dials> {
  const [low, high] = spanOf(state);
  const at = (x: number, y: number): Dials => ({ ...state, x: Math.round(clamp(x, low, high) * 100) / 100, y: Math.round(clamp(y, low, high) * 100) / 100 });
  const guess = sigmoid(logit(trained.layers, [state.x, state.y], state.bend as Bend));
  return {
    name: "probe", label: "Point that runs through", look: `probe ink-${guess > 0.5 ? 1 : 0}`,
    words: `x1 ${state.x}, x2 ${state.y}; the network says orange with probability ${guess.toFixed(2)}`,
    x: map.x(state.x), y: map.y(state.y),
    drag: (px, py) => at(map.fromX(px), map.fromY(py)),
    nudge: (right, up, far) => at(state.x + right * (far ? 0.2 : 0.05), state.y + up * (far ? 0.2 : 0.05)),
  };
}

const first = (trained: Trained): number => sizeOf(trained.slopes.layers[0]!);
const final = (trained: Trained): number => sizeOf(trained.slopes.layers.at(-1)!);
const among = (value: string, known: readonly string[], otherwise: string): string => (known.includes(value) ? value : otherwise);
const again = (state: Dials, change: Partial<Dials>): Dials => ({ ...state, ...change }) as Dials;

export const demo: Demo<Figure, Dials, Trained> = {
  slug: "neural-networks",
  title: "Train it yourself",
  promise: "The network is trained in this page, forward, backward and step, on the lesson's own points and from the lesson's own random numbers.",
  hint: "Drag the point through the map, or move it by the arrow keys, farther with Shift: its units light up in the network.",
  shape: { wide: 0.62, narrow: 2.05 },

  start: () => ({ ...XOR, steps: 60, x: 0.5, y: 0.5 }),

  settle: (state) => {
    const data = among(state.data, Object.keys(SPAN), "xor");
    const [low, high] = SPAN[data]!;
    return {
      data,
      layers: Math.round(clamp(state.layers, 0, 3)),
      units: Math.round(clamp(state.units, 1, 8)),
      bend: among(state.bend, BENDS, "tanh"),
      start: among(state.start, STARTS, "one"),
      seed: Math.round(clamp(state.seed, 0, 4)),
      rate: Number(clamp(state.rate, 0.01, 100).toPrecision(2)),
      steps: Math.round(clamp(state.steps, 0, STEPS)),
      x: clamp(state.x, low, high),
      y: clamp(state.y, low, high),
    };
  },

  solve(state, figure) {
    const { layers, slopes, losses } = train(state, figure);
    return { layers: [...layers], slopes, losses: [...losses], ...dataOf(state, figure) };
  },

  draw(state, trained, _figure, size) {
    const { map, net, chart } = boxes(state, size);
    const ticks = state.data === "spirals" ? [-1, 0, 1] : [0, 1];
    const r = state.data === "spirals" ? (size.narrow ? 2.4 : 3.4) : 8;
    return [
      drawVerdict(state, trained, map),
      axes(map, ticks, ticks, "x₁", "x₂"),
      ...trained.points.map(([x, y], row) => mark(trained.kinds[row]!, map.x(x), map.y(y), r, `point ink-${trained.kinds[row]!}`)),
      circle(map.x(state.x), map.y(state.y), 10, "new"),
      drawNet(state, trained, net, size.narrow),
      drawLoss(trained, chart),
    ].join("");
  },

  say(state, trained) {
    const count = trained.points.length;
    const made = state.layers ? `${state.layers} hidden ${state.layers === 1 ? "layer" : "layers"} of ${state.units}` : "No hidden layer";
    return `${made}, after ${trained.losses.length - 1} steps: ${trained.slopes.right} of ${count} points right, loss ${short(trained.slopes.loss)}.`;
  },

  readouts: (_state, trained) => [
    { label: "steps", value: `${trained.losses.length - 1}` },
    { label: "points right", value: `${trained.slopes.right} of ${trained.points.length}`, ink: "focus" },
    { label: "loss", value: short(trained.slopes.loss) },
    { label: "gradient, first layer ÷ last", value: short(first(trained) / final(trained)) },
  ],

  controls: [
    {
      kind: "play", label: "Train",
      run: (state, trained, _figure, elapsed) =>
        trained.slopes.loss < LOST ? again(state, { steps: Math.min(trained.losses.length - 1 + Math.max(1, Math.round(elapsed / 8)), STEPS) }) : again(state, { steps: STEPS }),
      ended: (state) => state.steps >= STEPS,
      rewind: (state) => again(state, { steps: 0 }),
    },
    { kind: "slider", name: "steps", label: "Steps of gradient descent", low: 0, high: STEPS, step: 1, show: (value) => `${value}`, ends: ["at the start", "2,000"] },
    { kind: "choice", name: "data", label: "Points", options: [["and", "AND"], ["xor", "XOR"], ["spirals", "two spirals"]] },
    { kind: "slider", name: "layers", label: "Hidden layers", low: 0, high: 3, step: 1, show: (value) => (value ? `${value}` : "none"), ends: ["none", "three"] },
    { kind: "slider", name: "units", label: "Units in each", low: 1, high: 8, step: 1, show: (value) => `${value}`, when: (state) => state.layers > 0 },
    { kind: "choice", name: "bend", label: "Activation", options: [["ReLU", "ReLU"], ["tanh", "tanh"], ["sigmoid", "sigmoid"]], when: (state) => state.layers > 0 },
    {
      kind: "choice", name: "start", label: "Weights at the start",
      options: [["zero", "zero"], ["equal", "all ½"], ["normal", "spread 1"], ["one", "1/n"], ["Xavier", "Xavier"], ["He", "He"], ["large", "spread 3"]],
    },
    { kind: "slider", name: "rate", label: "η, the learning rate", low: -2, high: 2, step: 0.05, log: true, show: (value) => String(Number(value.toPrecision(2))), ends: ["crawls", "leaps"] },
    {
      kind: "row", label: "Start",
      buttons: [
        { name: "seed", label: "Other random numbers", press: (state) => again(state, { seed: (state.seed + 1) % 5, steps: 0 }) },
        { name: "back", label: "Back to step 0", press: (state) => again(state, { steps: 0 }) },
      ],
    },
    {
      kind: "row", label: "Try",
      buttons: [
        { name: "none", label: "XOR without a hidden layer", press: (state) => again(state, { ...XOR, layers: 0, steps: 400 }) },
        { name: "zero", label: "Start at zero", press: (state) => again(state, { start: "zero", steps: 400 }) },
        { name: "leap", label: "Spirals with a huge η", press: (state) => again(state, { ...SPIRAL, rate: 20, steps: 200 }) },
      ],
    },
  ],

  handles: (state, trained, _figure, size) => [probe(state, trained, boxes(state, size).map)],

  press(state, _trained, _figure, size, px, py) {
    const { map } = boxes(state, size);
    if (px < map.left || px > map.right || py < map.top || py > map.bottom) return null;
    const moved = again(state, { x: Math.round(map.fromX(px) * 100) / 100, y: Math.round(map.fromY(py) * 100) / 100 });
    return { state: moved, grab: "probe" };
  },

  stops: [
    { chapter: "a_perceptron_is_a_line", words: "AND: no hidden layer, one line", state: { ...XOR, data: "and", layers: 0, steps: 400 } },
    { chapter: "one_midpoint_decides_it", words: "XOR: no line parts it", state: { ...XOR, layers: 0, steps: 400 } },
    { chapter: "a_hidden_layer_moves_the_points", words: "XOR: two hidden units, step 134", state: { ...XOR, steps: 134 } },
    { chapter: "many_small_steps", words: "Spirals: 196 of 200 at step 300", state: { ...SPIRAL, steps: 300 } },
    { chapter: "deep_sigmoid_networks_stop_learning", words: "Three sigmoid layers: the gradient shrinks", state: { ...SPIRAL, layers: 3, bend: "sigmoid", start: "Xavier", steps: 300 } },
    { chapter: "start_neither_too_small_nor_too_large", words: "All weights one half: copies", state: { ...XOR, units: 3, start: "equal", steps: 2000 } },
  ],

  quests: [
    { words: "Have all four points of XOR right with ReLU.", found: (state, trained) => state.data === "xor" && state.bend === "ReLU" && trained.slopes.right === 4 },
    { words: "Find a learning rate at which the spirals end worse than guessing.", found: (state, trained) => state.data === "spirals" && trained.losses.length > 100 && !(trained.slopes.loss < Math.LN2) },
    { words: "Have all 200 points of the spirals right within 1,000 steps.", found: (state, trained) => state.data === "spirals" && state.steps <= 1000 && trained.slopes.right === 200 },
  ],
};
