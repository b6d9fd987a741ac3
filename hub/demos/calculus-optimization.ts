// A ball goes downhill by its gradient alone, in fog or not: rate, momentum, optimiser and start are the visitor's.

import type { Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { arrow, axes, circle, el, group, line, path, plot, rect, round, words } from "./frame/svg";

export interface Figure {
  readonly curvatures: Point;
  readonly wall: number;
  /** Where walks start in the lesson, on each map. */
  readonly valley: Point;
  readonly hollows: Point;
  readonly shallow: Point;
  readonly deep: Point;
  readonly pass: Point;
  readonly betas: Point;
  readonly epsilon: number;
}

interface Walk extends State {
  map: string;
  kind: string;
  rate: number;
  beta: number;
  fog: string;
  steps: number;
  x: number;
  y: number;
}

interface Walked {
  /** The start, and where each step has led: fewer than asked for where the ball has left for good. */
  readonly points: readonly Point[];
  /** The loss there, above the least that there is. */
  readonly losses: readonly number[];
  /** Where the next step would lead. */
  readonly next: Point;
  /** The rate at which descent stops converging in the valley; nothing is known of it elsewhere. */
  readonly limit: number | null;
}

const STEPS = 300;
const FAR = 1e6;
const LAMP = 0.62;
const SPAN: { readonly [map: string]: readonly [Point, Point] } = {
  valley: [[-5.2, 5.2], [-2.9, 2.9]],
  hollows: [[-2.6, 2.6], [-1.45, 1.45]],
};
const LEVELS: { readonly [map: string]: readonly number[] } = {
  valley: Array.from({ length: 16 }, (_, at) => 0.35 * (at + 1) ** 2),
  hollows: Array.from({ length: 15 }, (_, at) => -0.6 + 0.035 * (at + 2) ** 2),
};
const LOW_LOSS = 1e-8;
const HIGH_LOSS = 1e6;
const RATES: Point = [0.002, 0.4];

const short = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(3))) : "no number");

// --- computing ---------------------------------------------------------------------------------------------------

/** The height of a map at a point. */
export function height(map: string, [x, y]: Point, { curvatures, wall }: Figure): number {
  if (map === "valley") return 0.5 * (curvatures[0] * x * x + curvatures[1] * y * y);
  return x ** 4 / 4 - 0.6 * x * x - 0.15 * x + wall * (y - 0.5 * Math.sin(1.5 * x)) ** 2;
}

/** Its gradient there. */
export function slope(map: string, [x, y]: Point, { curvatures, wall }: Figure): Point {
  if (map === "valley") return [curvatures[0] * x, curvatures[1] * y];
  const off = y - 0.5 * Math.sin(1.5 * x);
  return [x ** 3 - 1.2 * x - 0.15 - 1.5 * wall * off * Math.cos(1.5 * x), 2 * wall * off];
}

/** The walk of a state, and the step after it. */
export function walk(state: Walk, figure: Figure): { points: Point[]; next: Point } {
  const points: Point[] = [[state.x, state.y]];
  const beta = state.kind === "momentum" ? state.beta : 0;
  const [beta1, beta2] = figure.betas;
  let [v, m, s]: [Point, Point, Point] = [[0, 0], [0, 0], [0, 0]];
  for (let count = 1; ; count++) {
    const here = points[points.length - 1]!;
    const g = slope(state.map, here, figure);
    const both = (each: (axis: 0 | 1) => number): Point => [each(0), each(1)];
    let next: Point;
    if (state.kind === "adam") {
      m = both((axis) => beta1 * m[axis] + (1 - beta1) * g[axis]);
      s = both((axis) => beta2 * s[axis] + (1 - beta2) * g[axis] ** 2);
      next = both((axis) => {
        const size = Math.sqrt(s[axis] / (1 - beta2 ** count)) + figure.epsilon;
        return here[axis] - (state.rate * m[axis]) / (1 - beta1 ** count) / size;
      });
    } else {
      v = both((axis) => beta * v[axis] + g[axis]);
      next = both((axis) => here[axis] - state.rate * v[axis]);
    }
    if (count > state.steps || !(Math.hypot(...next) < FAR)) return { points, next };
    points.push(next);
  }
}

/** Pieces of the lines along which a map has one height, each two points; found once a map. */
const found = new Map<string, readonly (readonly [Point, Point])[][]>();
function lines(map: string, figure: Figure): readonly (readonly [Point, Point])[][] {
  const known = found.get(map);
  if (known) return known;
  const [[x0, x1], [y0, y1]] = SPAN[map]!;
  const [columns, rows] = [64, 36];
  const at = (i: number, j: number): Point => [x0 + ((x1 - x0) * i) / columns, y0 + ((y1 - y0) * j) / rows];
  const heights = Array.from({ length: columns + 1 }, (_, i) => Array.from({ length: rows + 1 }, (__, j) => height(map, at(i, j), figure)));
  const made = LEVELS[map]!.map((level) => {
    const pieces: [Point, Point][] = [];
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < rows; j++) {
        const corners: [number, number][] = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
        const cuts: Point[] = [];
        corners.forEach(([a, b], side) => {
          const [c, d] = corners[(side + 1) % 4]!;
          const [one, other] = [heights[a]![b]! - level, heights[c]![d]! - level];
          if (one < 0 === other < 0) return;
          const [[px, py], [qx, qy]] = [at(a, b), at(c, d)];
          const share = one / (one - other);
          cuts.push([px + share * (qx - px), py + share * (qy - py)]);
        });
        for (let cut = 0; cut + 1 < cuts.length; cut += 2) pieces.push([cuts[cut]!, cuts[cut + 1]!]);
      }
    }
    return chained(pieces);
  });
  found.set(map, made);
  return made;
}

/** The same pieces, each after the one that ends where it begins, so that they are written as few long lines. */
function chained(pieces: readonly (readonly [Point, Point])[]): (readonly [Point, Point])[] {
  const name = ([x, y]: Point): string => `${x.toFixed(6)} ${y.toFixed(6)}`;
  const at = new Map<string, number[]>();
  pieces.forEach((ends, number) => ends.forEach((end) => at.set(name(end), [...(at.get(name(end)) ?? []), number])));
  const left = new Set(pieces.keys());
  const follow = (from: Point): (readonly [Point, Point])[] => {
    const way: (readonly [Point, Point])[] = [];
    for (let here = from; ; ) {
      const next = at.get(name(here))!.find((number) => left.has(number));
      if (next === undefined) return way;
      left.delete(next);
      const [one, other] = pieces[next]!;
      const step: readonly [Point, Point] = name(one) === name(here) ? [one, other] : [other, one];
      way.push(step);
      here = step[1];
    }
  };
  const open = [...at.values()].filter((numbers) => numbers.length === 1).map(([number]) => number!);
  const made: (readonly [Point, Point])[] = [];
  for (const number of [...open, ...pieces.keys()]) {
    if (!left.has(number)) continue;
    const [one, other] = pieces[number]!;
    made.push(...follow(at.get(name(one))!.length === 1 ? one : at.get(name(other))!.length === 1 ? other : one));
  }
  return made;
}

// --- drawing -----------------------------------------------------------------------------------------------------

interface Boxes {
  readonly map: Plot;
  readonly chart: Plot;
  readonly strip: Plot;
}

function boxes(state: Walk, { width, height: high, narrow }: Size): Boxes {
  const [xs, ys] = SPAN[state.map]!;
  const wide = narrow ? width : width * 0.62;
  const map = plot(xs, ys, 4, 4, wide - (narrow ? 4 : 20), narrow ? (width - 8) * 0.56 + 4 : high - 74, true);
  const logs: Point = [Math.log10(LOW_LOSS), Math.log10(HIGH_LOSS)];
  const travel: Point = [Math.log10(RATES[0]), Math.log10(RATES[1])];
  if (narrow) {
    return {
      map,
      strip: plot(travel, [0, 1], 20, map.bottom + 40, width - 20, map.bottom + 42),
      chart: plot([0, STEPS], logs, 44, map.bottom + 104, width - 12, high - 40),
    };
  }
  return {
    map,
    strip: plot(travel, [0, 1], map.left + 10, high - 34, map.right - 10, high - 32),
    chart: plot([0, STEPS], logs, wide + 40, 28, width - 12, high - 44),
  };
}

const inside = ({ left, right, top, bottom }: Plot, [x, y]: Point): boolean => x >= left && x <= right && y >= top && y <= bottom;

/** A segment within a box, or nothing. */
function cropped(box: Plot, [x1, y1]: Point, [x2, y2]: Point): readonly [Point, Point] | null {
  let [from, to] = [0, 1];
  for (const [start, by, low, high] of [[x1, x2 - x1, box.left, box.right], [y1, y2 - y1, box.top, box.bottom]] as const) {
    if (by === 0) {
      if (start < low || start > high) return null;
      continue;
    }
    const [a, b] = [(low - start) / by, (high - start) / by];
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  }
  const at = (share: number): Point => [x1 + share * (x2 - x1), y1 + share * (y2 - y1)];
  return from < to ? [at(from), at(to)] : null;
}

/** A path of segments; one that begins where the last one has ended goes on from there. */
function pieces(all: readonly (readonly [Point, Point])[], look: string): string {
  let last = "";
  const told = all.map(([[a, b], [c, d]]) => {
    const [from, to] = [`${round(a)} ${round(b)}`, `${round(c)} ${round(d)}`];
    const text = from === last ? ` ${to}` : `M${from}L${to}`;
    last = to;
    return text;
  });
  return told.length ? el("path", { d: told.join(""), class: look }) : "";
}

function drawMap(state: Walk, walked: Walked, figure: Figure, map: Plot): string {
  const at = ([x, y]: Point): Point => [map.x(x), map.y(y)];
  const here = walked.points[walked.points.length - 1]!;
  const lamp = state.map === "valley" ? 2 * LAMP : LAMP;
  const lit = (point: Point): boolean => state.fog === "off" || Math.hypot(point[0] - here[0], point[1] - here[1]) < lamp;
  const levels = lines(state.map, figure);
  const contours = levels.map((level, number) => {
    const seen = level.filter(([from]) => lit(from)).map(([from, to]): readonly [Point, Point] => [at(from), at(to)]);
    return pieces(seen, `level h${Math.min(Math.floor((4 * number) / levels.length), 3)}`);
  });
  const trail = walked.points.slice(1).flatMap((point, step) => cropped(map, at(walked.points[step]!), at(point)) ?? []);
  const pairs = Array.from({ length: trail.length / 2 }, (_, pair): readonly [Point, Point] => [trail[2 * pair]!, trail[2 * pair + 1]!]);
  const marks = walked.points.filter((point) => inside(map, at(point))).map((point) => circle(...at(point), 2, `stop k-${state.kind}`));
  const goals = state.fog === "on" ? [] : state.map === "valley" ? [[0, 0] as Point] : [figure.shallow, figure.deep];
  const step = cropped(map, at(here), at(walked.next));
  return group(
    "map",
    rect(map.left, map.top, map.right - map.left, map.bottom - map.top, "ground"),
    ...contours,
    ...(state.map === "hollows" && state.fog === "off" ? [circle(...at(figure.pass), 4, "pass")] : []),
    ...goals.map((goal) => el("path", { d: diamond(at(goal), 7), class: "goal" })),
    pieces(pairs, `trail k-${state.kind}`),
    ...marks,
    step ? arrow(step[0], step[1], "step") : "",
    inside(map, at(here)) ? circle(...at(here), 6, `ball k-${state.kind}`) : "",
  );
}

const diamond = ([x, y]: Point, r: number): string => `M${round(x - r)} ${round(y)}L${round(x)} ${round(y - r)}L${round(x + r)} ${round(y)}L${round(x)} ${round(y + r)}Z`;

function drawChart({ losses }: Walked, kind: string, chart: Plot): string {
  const way = losses.map((loss, step): Point => [chart.x(step), chart.y(Math.log10(clamp(loss, LOW_LOSS, HIGH_LOSS)))]);
  const ticks = [-8, -4, 0, 4];
  return group(
    "losses",
    axes(chart, [0, 100, 200, 300], [], "step", "loss above the least, by powers of ten"),
    ...ticks.map((tick) => words(chart.left - 7, chart.y(tick) + 4, tick ? `1e${tick}` : "1", "tick", "end")),
    ...ticks.map((tick) => line(chart.left, chart.y(tick), chart.right, chart.y(tick), "grid")),
    path(way, `loss k-${kind}`),
  );
}

function drawStrip(state: Walk, limit: number | null, strip: Plot): string {
  const x = (rate: number): number => strip.x(Math.log10(clamp(rate, ...RATES)));
  const parts = [line(strip.left, strip.top, strip.right, strip.top, "rule"), words(strip.left, strip.top + 22, "learning rate η", "tick")];
  if (limit !== null) {
    parts.push(line(x(limit), strip.top, strip.right, strip.top, "past"));
    parts.push(line(x(limit), strip.top - 9, x(limit), strip.top + 9, "limit"));
    parts.push(words(clamp(x(limit), strip.left + 40, strip.right - 30), strip.top + 22, `limit ${short(limit)}`, "tick", "middle"));
  }
  return group("strip", ...parts, circle(x(state.rate), strip.top, 6, `ball k-${state.kind}`));
}

// --- the demo ----------------------------------------------------------------------------------------------------

const among = (value: string, known: readonly string[], otherwise: string): string => (known.includes(value) ? value : otherwise);
const again = (state: Walk, change: Partial<Walk>): Walk => ({ ...state, ...change }) as Walk;
const NAMES: { readonly [kind: string]: string } = { gd: "Gradient descent", momentum: "Momentum", adam: "Adam" };
const VALLEY = { map: "valley", kind: "gd", rate: 0.06, beta: 0.9, fog: "off", x: -4, y: 1 } as const;
const HOLLOWS = { map: "hollows", kind: "gd", rate: 0.05, beta: 0.9, fog: "off", x: -2, y: 0.8 } as const;

/** Where a walk over the hollows has come to rest. */
const ended = (state: Walk, { points, losses }: Walked, figure: Figure): "deep" | "shallow" | "under way" => {
  const [x, y] = points[points.length - 1]!;
  if (state.map !== "hollows" || losses.length < 2) return "under way";
  const near = ([a, b]: Point): boolean => Math.hypot(x - a, y - b) < 0.05;
  return near(figure.deep) ? "deep" : near(figure.shallow) ? "shallow" : "under way";
};

export const demo: Demo<Figure, Walk, Walked> = {
  slug: "calculus-optimization",
  title: "Downhill, by slope alone",
  promise: "Each step is computed in this page from the gradient where the ball stands, on the lesson's own landscapes.",
  hint: "Drag the start, or move it by the arrow keys, farther with Shift.",
  shape: { wide: 0.56, narrow: 1.45 },

  start: ({ valley }) => ({ ...VALLEY, x: valley[0], y: valley[1], steps: 20 }),

  settle: (state) => {
    const map = among(state.map, Object.keys(SPAN), "valley");
    const [xs, ys] = SPAN[map]!;
    return {
      map,
      kind: among(state.kind, Object.keys(NAMES), "gd"),
      rate: Number(clamp(state.rate, ...RATES).toPrecision(3)),
      beta: Math.round(clamp(state.beta, 0, 0.98) * 100) / 100,
      fog: among(state.fog, ["on", "off"], "off"),
      steps: Math.round(clamp(state.steps, 0, STEPS)),
      x: clamp(state.x, ...xs),
      y: clamp(state.y, ...ys),
    };
  },

  solve(state, figure) {
    const { points, next } = walk(state, figure);
    const least = state.map === "valley" ? 0 : height("hollows", figure.deep, figure);
    const losses = points.map((point) => height(state.map, point, figure) - least);
    const curved = Math.max(...figure.curvatures);
    const limit = state.map !== "valley" || state.kind === "adam" ? null : (2 * (1 + (state.kind === "momentum" ? state.beta : 0))) / curved;
    return { points, losses, next, limit };
  },

  draw(state, walked, figure, size) {
    const { map, chart, strip } = boxes(state, size);
    return [drawMap(state, walked, figure, map), drawStrip(state, walked.limit, strip), drawChart(walked, state.kind, chart)].join("");
  },

  say(state, { losses, limit }) {
    const far = losses.length <= state.steps ? " Then the ball was lost: the walk diverges." : "";
    const bound = limit === null ? "" : ` Above ${short(limit)} it would diverge.`;
    return `${NAMES[state.kind]!} with learning rate ${short(state.rate)}, after ${losses.length - 1} steps: loss ${short(losses[losses.length - 1]!)} above the least.${far || bound}`;
  },

  readouts: (_state, { points, losses, limit }) => [
    { label: "steps", value: `${losses.length - 1}` },
    { label: "loss above the least", value: short(losses[losses.length - 1]!), ink: "focus" },
    { label: "place", value: points[points.length - 1]!.map((each) => short(Math.round(each * 100) / 100)).join(", ") },
    { label: "largest stable η", value: limit === null ? "not known" : short(limit) },
  ],

  controls: [
    {
      kind: "play", label: "Walk",
      run: (state, { losses }, _figure, elapsed) =>
        again(state, { steps: losses.length <= state.steps ? STEPS : Math.min(state.steps + Math.max(1, Math.round(elapsed / 40)), STEPS) }),
      ended: (state) => state.steps >= STEPS,
      rewind: (state) => again(state, { steps: 0 }),
    },
    { kind: "slider", name: "steps", label: "Steps", low: 0, high: STEPS, step: 1, show: (value) => `${value}`, ends: ["at the start", "300"] },
    { kind: "choice", name: "map", label: "Landscape", options: [["valley", "valley"], ["hollows", "two hollows"]] },
    { kind: "choice", name: "fog", label: "Fog", options: [["off", "lifted"], ["on", "thick"]] },
    { kind: "choice", name: "kind", label: "Optimiser", options: [["gd", "gradient descent"], ["momentum", "momentum"], ["adam", "Adam"]] },
    { kind: "slider", name: "rate", label: "η, the learning rate", low: -2.7, high: -0.4, step: 0.01, log: true, show: short, ends: ["creeps", "leaps"] },
    { kind: "slider", name: "beta", label: "β, what is kept of the last step", low: 0, high: 0.98, step: 0.01, show: short, when: (state) => state.kind === "momentum" },
    {
      kind: "row", label: "Try",
      buttons: [
        { name: "edge", label: "Near the largest stable η", press: (state) => again(state, { ...VALLEY, rate: 0.078, steps: 100 }) },
        { name: "pass", label: "Momentum in front of the pass", press: (state) => again(state, { ...HOLLOWS, kind: "momentum", steps: 10 }) },
        { name: "blind", label: "Two hollows in thick fog", press: (state) => again(state, { ...HOLLOWS, fog: "on", steps: 0 }) },
      ],
    },
  ],

  handles(state, _walked, _figure, size) {
    const { map } = boxes(state, size);
    const put = (x: number, y: number): Walk => again(state, { x: Math.round(x * 100) / 100, y: Math.round(y * 100) / 100 });
    return [
      {
        name: "start", label: "The start", words: `x ${short(state.x)}, y ${short(state.y)}`,
        x: map.x(state.x), y: map.y(state.y), look: "grip",
        drag: (px, py) => put(map.fromX(px), map.fromY(py)),
        nudge: (right, up, far) => put(state.x + right * (far ? 0.25 : 0.05), state.y + up * (far ? 0.25 : 0.05)),
      },
    ];
  },

  press(state, _walked, _figure, size, px, py) {
    const { map } = boxes(state, size);
    if (!inside(map, [px, py])) return null;
    return { state: again(state, { x: Math.round(map.fromX(px) * 100) / 100, y: Math.round(map.fromY(py) * 100) / 100 }), grab: "start" };
  },

  stops: [
    { chapter: "step_feel_step_again", words: "In the fog, against the gradient", state: { ...HOLLOWS, fog: "on", steps: 5 } },
    { chapter: "the_steepest_wall_limits_the_step", words: "A hair past the limit", state: { ...VALLEY, rate: 0.082, steps: 22 } },
    { chapter: "momentum_adds_up_what_agrees", words: "Momentum in the valley: 24 steps", state: { ...VALLEY, kind: "momentum", beta: 0.5, steps: 24 } },
    { chapter: "adam_gives_each_parameter_its_step", words: "Adam in the valley", state: { ...VALLEY, kind: "adam", rate: 0.1, steps: 100 } },
    { chapter: "three_balls_one_start", words: "Momentum over the saddle", state: { ...HOLLOWS, kind: "momentum", steps: 90 } },
  ],

  quests: [
    { words: "Find a learning rate at which gradient descent leaves the valley for good.", found: (state, { losses }) => state.map === "valley" && state.kind === "gd" && losses.length > 20 && losses[losses.length - 1]! > losses[0]! },
    { words: "Let gradient descent reach the deeper hollow.", found: (state, walked, figure) => state.kind === "gd" && ended(state, walked, figure) === "deep" },
    { words: "Make momentum miss: from the lesson's start, let it stay in the shallow hollow.", found: (state, walked, figure) => state.kind === "momentum" && state.beta > 0 && state.x === -2 && state.y === 0.8 && ended(state, walked, figure) === "shallow" },
  ],
};
