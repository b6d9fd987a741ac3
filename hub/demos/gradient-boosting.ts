// The middle of a cloud of flowers: a guess that is dragged, what it costs, and the step downhill from there.

import type { Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { arrow, axes, circle, plot } from "./frame/svg";

export interface Figure {
  /** Petal length and width in cm. */
  readonly points: readonly Point[];
  readonly start: Point;
  /** Share of the slope that a step goes. */
  readonly rate: number;
}

interface Guess extends State {
  x: number;
  y: number;
}

interface Priced {
  /** Mean squared distance to the points, in cm². */
  readonly cost: number;
  /** The same at the mean, where it is least. */
  readonly least: number;
  /** Where a step downhill leads. */
  readonly next: Point;
}

const X: Point = [0.5, 7.5];
const Y: Point = [0, 2.8];

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanOf = (points: readonly Point[]): Point => [average(points.map(([x]) => x)), average(points.map(([, y]) => y))];
const costAt = (points: readonly Point[], [x, y]: Point): number =>
  average(points.map(([px, py]) => (px - x) ** 2 + (py - y) ** 2));
const short = (value: number): string => value.toFixed(2);

const box = ({ width, height }: Size): Plot => plot(X, Y, 40, 24, width - 12, height - 44);

export const demo: Demo<Figure, Guess, Priced> = {
  slug: "gradient-boosting",
  title: "Look for the middle",
  promise: "Drag the guess among the flowers and watch what it costs. Begin where the lesson begins.",
  hint: "Drag the guess. The arrow keys move it too, farther with Shift.",
  shape: { wide: 0.56, narrow: 0.9 },

  start: ({ start }) => ({ x: start[0], y: start[1] }),

  settle: (state) => ({ x: clamp(state.x, ...X), y: clamp(state.y, ...Y) }),

  solve({ x, y }, { points, rate }) {
    const mean = meanOf(points);
    const next: Point = [x - 2 * rate * (x - mean[0]), y - 2 * rate * (y - mean[1])];
    return { cost: costAt(points, [x, y]), least: costAt(points, mean), next };
  },

  draw(state, { next }, { points }, size) {
    const plane = box(size);
    const at = ([x, y]: Point): Point => [plane.x(x), plane.y(y)];
    const guess = at([state.x, state.y]);
    return [
      axes(plane, [1, 2, 3, 4, 5, 6, 7], [0, 1, 2], "petal length (cm)", "petal width (cm)"),
      ...points.map((point) => circle(...at(point), 4, "flower")),
      arrow(guess, at(next), "step"),
      circle(...guess, 7, "guess"),
    ].join("");
  },

  say: (state, { cost, least }) =>
    `The guess is at ${short(state.x)} and ${short(state.y)} cm. It costs ${short(cost)} cm², and the least is ${short(least)}.`,

  readouts: (_state, { cost, least }) => [
    { label: "cost of the guess (cm²)", value: short(cost), ink: "focus" },
    { label: "least cost (cm²)", value: short(least) },
  ],

  controls: [
    { kind: "slider", name: "x", label: "Petal length", low: X[0], high: X[1], step: 0.01, show: (value) => `${short(value)} cm` },
    { kind: "slider", name: "y", label: "Petal width", low: Y[0], high: Y[1], step: 0.01, show: (value) => `${short(value)} cm` },
    {
      kind: "row", label: "Try",
      buttons: [{ name: "step", label: "A step downhill", press: (state, { next }) => ({ ...state, x: next[0], y: next[1] }) }],
    },
  ],

  handles(state, _priced, _figure, size) {
    const plane = box(size);
    return [
      {
        name: "guess", label: "The guess", words: `${short(state.x)} cm long, ${short(state.y)} cm wide`,
        x: plane.x(state.x), y: plane.y(state.y), look: "grip",
        drag: (x, y) => ({ x: plane.fromX(x), y: plane.fromY(y) }),
        nudge: (right, up, far) => ({ x: state.x + right * (far ? 0.5 : 0.05), y: state.y + up * (far ? 0.2 : 0.02) }),
      },
    ];
  },

  stops: [
    { chapter: "walk_to_the_middle", words: "The first guess", state: {} },
    { chapter: "walk_to_the_middle", words: "At rest on the mean", state: { x: 3.758, y: 1.199 } },
  ],

  quests: [
    { words: "Find the place where the cost is least.", found: (_state, { cost, least }) => cost < least + 0.005 },
    { words: "Find a guess that costs twice the least.", found: (_state, { cost, least }) => Math.abs(cost - 2 * least) < 0.1 },
  ],
};
