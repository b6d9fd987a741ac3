// A line that is turned through a cloud: what its shadows keep and its drops lose; and a digit built from components.

import type { Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { circle, group, line, plot, rect, words } from "./frame/svg";

export interface Figure {
  /** Petal and sepal length in cm, less their means. */
  readonly points: readonly Point[];
  readonly mean: readonly number[];
  /** The first components of the digits, a row each. */
  readonly axes: readonly (readonly number[])[];
  readonly ratios: readonly number[];
  /** The digit that is built, 0 to 16, and its scores. */
  readonly pixels: readonly number[];
  readonly scores: readonly number[];
}

interface View extends State {
  show: string;
  /** Degrees of the line from the axis of petal length. */
  angle: number;
  /** Components that are added. */
  k: number;
}

interface Found {
  /** Sums of squared scores and of squared drops, in cm². */
  readonly kept: number;
  readonly lost: number;
  /** Degrees at which most is kept. */
  readonly best: number;
  /** Pixels of the digit from k components. */
  readonly rebuilt: readonly number[];
  /** Share of the variance of all digits that k components explain. */
  readonly explained: number;
  /** Squared error of this digit over its squared distance from the mean. */
  readonly error: number;
}

const SIDE = 8;
const WHITE = 16;
const X: Point = [-3.4, 3.8];
const Y: Point = [-2, 2.4];
const VIEWS: readonly (readonly [string, string])[] = [["line", "A line through irises"], ["digit", "A digit from components"]];

const degrees = (angle: number): number => (((Math.round(angle * 10) / 10) % 180) + 180) % 180;
const unit = (angle: number): Point => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function best(points: readonly Point[]): number {
  const [xx, yy, xy] = [sum(points.map(([x]) => x * x)), sum(points.map(([, y]) => y * y)), sum(points.map(([x, y]) => x * y))];
  return degrees((Math.atan2(2 * xy, xx - yy) * 90) / Math.PI);
}

const box = ({ width, height }: Size): Plot => plot(X, Y, 4, 58, width - 4, height - 4, true);

function drawLine(state: View, found: Found, { points }: Figure, size: Size): string {
  const plane = box(size);
  const [ux, uy] = unit(state.angle);
  const share = found.kept / (found.kept + found.lost);
  const at = ([x, y]: Point): Point => [plane.x(x), plane.y(y)];
  const feet = points.map(([x, y]): Point => [(x * ux + y * uy) * ux, (x * ux + y * uy) * uy]);
  const reach = Math.min(Math.abs(ux) > 0.01 ? 3.3 / Math.abs(ux) : 9, Math.abs(uy) > 0.01 ? 1.95 / Math.abs(uy) : 9);
  const [from, to] = [at([-reach * ux, -reach * uy]), at([reach * ux, reach * uy])];
  const wide = plane.right - plane.left;
  return [
    rect(plane.left, 8, wide * share, 22, "kept"),
    rect(plane.left + wide * share, 8, wide * (1 - share), 22, "lost"),
    words(plane.left, 48, "kept by the shadows", "kept-name"),
    words(plane.right, 48, "lost by the drops", "lost-name", "end"),
    line(...from, ...to, "axis-line"),
    group("drops", ...points.map((point, row) => line(...at(point), ...at(feet[row] ?? [0, 0]), "drop"))),
    ...points.map((point) => circle(...at(point), 3.5, "flower")),
    ...feet.map((foot) => circle(...at(foot), 2.5, "foot")),
  ].join("");
}

function drawTile(pixels: readonly number[], left: number, top: number, side: number): string {
  const cell = side / SIDE;
  return pixels
    .map((value, index) => {
      const level = Math.round((8 * clamp(value, 0, WHITE)) / WHITE);
      return rect(left + (index % SIDE) * cell, top + Math.floor(index / SIDE) * cell, cell + 0.3, cell + 0.3, `pixel p${level}`);
    })
    .join("");
}

function drawDigit(state: View, found: Found, figure: Figure, size: Size): string {
  const gap = 16;
  const side = Math.min((size.width - 3 * gap) / 2, size.height - 130);
  const [left, right] = [size.width / 2 - gap / 2 - side, size.width / 2 + gap / 2];
  const low = size.height - 14;
  const step = (size.width - 2 * gap) / figure.ratios.length;
  const tall = 62 / (figure.ratios[0] ?? 1);
  return [
    words(left, 18, "64 pixels", "tile-name"),
    words(right, 18, `mean + ${state.k} component${state.k === 1 ? "" : "s"}`, "tile-name"),
    drawTile(figure.pixels, left, 26, side),
    drawTile(found.rebuilt, right, 26, side),
    ...figure.ratios.map((ratio, index) =>
      rect(gap + index * step, low - ratio * tall, step * 0.75, ratio * tall, index < state.k ? "kept" : "dropped"),
    ),
    words(size.width - gap, low - 52, "scree plot", "tile-name", "end"),
  ].join("");
}

export const demo: Demo<Figure, View, Found> = {
  slug: "pca",
  title: "Turn the line, add the components",
  promise: "Turn a line through the irises and watch what its shadows keep. Then build a digit from as few numbers as you can.",
  hint: "Drag the grip of the line. The arrow keys turn it too, farther with Shift.",
  shape: { wide: 0.62, narrow: 1 },

  start: () => ({ show: "line", angle: 90, k: 3 }),

  settle: (state, { ratios }) => ({
    show: VIEWS.some(([name]) => name === state.show) ? state.show : "line",
    angle: degrees(Number.isFinite(state.angle) ? state.angle : 90),
    k: Math.round(clamp(state.k, 0, ratios.length)),
  }),

  solve({ angle, k }, { points, mean, axes, ratios, pixels, scores }) {
    const [ux, uy] = unit(angle);
    const kept = sum(points.map(([x, y]) => (x * ux + y * uy) ** 2));
    const total = sum(points.map(([x, y]) => x * x + y * y));
    const rebuilt = mean.map((level, pixel) => level + sum(scores.slice(0, k).map((score, row) => score * (axes[row]?.[pixel] ?? 0))));
    const from = (values: readonly number[]): number => sum(pixels.map((value, pixel) => (value - (values[pixel] ?? 0)) ** 2));
    return { kept, lost: total - kept, best: best(points), rebuilt, explained: sum(ratios.slice(0, k)), error: from(rebuilt) / from(mean) };
  },

  draw: (state, found, figure, size) =>
    state.show === "line" ? drawLine(state, found, figure, size) : drawDigit(state, found, figure, size),

  say(state, found) {
    if (state.show === "line")
      return `The line stands at ${state.angle.toFixed(1)} degrees. Its shadows keep ${percent(found.kept / (found.kept + found.lost))} of the squared distances.`;
    return `The digit is built from ${state.k} components, which explain ${percent(found.explained)} of the variance of all digits. Of this one, ${percent(found.error)} is missing.`;
  },

  readouts: (state, found) =>
    state.show === "line"
      ? [
          { label: "squared scores, kept (cm²)", value: found.kept.toFixed(0), ink: "first" },
          { label: "squared drops, lost (cm²)", value: found.lost.toFixed(0), ink: "error" },
          { label: "their sum", value: (found.kept + found.lost).toFixed(0) },
        ]
      : [
          { label: "variance explained, all digits", value: percent(found.explained), ink: "first" },
          { label: "error that is left, this digit", value: percent(found.error), ink: "error" },
        ],

  controls: [
    { kind: "choice", name: "show", label: "Look at", options: VIEWS },
    {
      kind: "slider", name: "angle", label: "Angle of the line", low: 0, high: 179.9, step: 0.1,
      show: (value) => `${value.toFixed(1)}°`, when: (state) => state.show === "line",
    },
    {
      kind: "slider", name: "k", label: "Components k", low: 0, high: 40, step: 1,
      show: (value) => String(value), when: (state) => state.show === "digit",
    },
    {
      kind: "row", label: "Try", when: (state) => state.show === "line",
      buttons: [
        { name: "petal", label: "Along petal length", press: (state) => ({ ...state, angle: 0 }) },
        { name: "across", label: "A quarter turn on", press: (state) => ({ ...state, angle: state.angle + 90 }) },
      ],
    },
    {
      kind: "row", label: "Try", when: (state) => state.show === "digit",
      buttons: [
        { name: "mean", label: "The mean digit", press: (state) => ({ ...state, k: 0 }) },
        { name: "more", label: "One more", press: (state) => ({ ...state, k: state.k + 1 }) },
      ],
    },
  ],

  handles(state, _found, _figure, size) {
    if (state.show !== "line") return [];
    const plane = box(size);
    const [ux, uy] = unit(state.angle);
    const reach = 1.7;
    return [
      {
        name: "line", label: "The line", words: `${state.angle.toFixed(1)} degrees`,
        x: plane.x(reach * ux), y: plane.y(reach * uy), look: "grip",
        drag: (x, y) => ({ ...state, angle: (Math.atan2(plane.fromY(y), plane.fromX(x)) * 180) / Math.PI }),
        nudge: (right, up, far) => ({ ...state, angle: state.angle + (up - right) * (far ? 10 : 1) }),
      },
    ];
  },

  stops: [
    { chapter: "two_directions_stay", words: "Along the short axis: least variance", state: { show: "line", angle: 113.2 } },
    { chapter: "shadow_and_drop", words: "A line at 60 degrees", state: { show: "line", angle: 60 } },
    { chapter: "shadow_and_drop", words: "On the first eigenvector", state: { show: "line", angle: 23.2 } },
    { chapter: "most_pixels_repeat", words: "Before any score: the mean digit", state: { show: "digit", k: 0 } },
    { chapter: "ten_show_it", words: "Ten numbers", state: { show: "digit", k: 10 } },
    { chapter: "ten_show_it", words: "Twenty-nine numbers: 95 %", state: { show: "digit", k: 29 } },
  ],

  quests: [
    { words: "Turn the line until least is lost.", found: (state, { best: top }) => state.show === "line" && Math.abs(state.angle - top) < 0.5 },
    { words: "Find a line that keeps as much as it loses.", found: (state, { kept, lost }) => state.show === "line" && Math.abs(kept - lost) < 0.01 * (kept + lost) },
    {
      words: "Find the fewest components that explain 90 % of the variance.",
      found: (state, { explained }, { ratios }) => state.show === "digit" && explained >= 0.9 && explained - (ratios[state.k - 1] ?? 0) < 0.9,
    },
    { words: "Leave less than 5 % of this digit’s error.", found: (state, { error }) => state.show === "digit" && error < 0.05 },
  ],
};
