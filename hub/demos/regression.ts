// A line among points that can be dragged: the squares on its residuals, two trays, and what R² makes of them.

import type { Demo, Handle, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { axes, circle, group, line, plot, rect, words } from "./frame/svg";

export interface Figure {
  /** Income and food of twelve households, in hundreds of francs. */
  readonly points: readonly Point[];
  /** Intercept and slope of the least-squares line. */
  readonly best: Point;
}

interface Dials extends State {
  /** Heights of the line at both of its grips. */
  left: number;
  right: number;
  /** Points that were moved: row, x, y, row, x, y, ... */
  moved: readonly number[];
}

interface Fitted {
  readonly points: readonly Point[];
  /** Intercept and slope. */
  readonly line: Point;
  readonly best: Point;
  readonly residuals: readonly number[];
  readonly rss: number;
  readonly tss: number;
  readonly least: number;
  /** One minus RSS over TSS; nothing where the target never changes. */
  readonly share: number | null;
}

const X: Point = [4.5, 16.5];
const Y: Point = [1.5, 11.5];
/** Incomes at which the line is held. */
const GRIPS: Point = [5.5, 15.5];
/** Pixels between handles, so that a finger meets one of them. */
const FINGER = 26;

// --- computing ---------------------------------------------------------------------------------------------------

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Intercept and slope with the smallest sum of squared residuals; flat where the feature never changes. */
export function leastSquares(points: readonly Point[]): Point {
  const [x, y] = [mean(points.map(([each]) => each)), mean(points.map(([, each]) => each))];
  const spread = sum(points.map(([each]) => (each - x) ** 2));
  const slope = spread > 1e-9 ? sum(points.map(([px, py]) => (px - x) * (py - y))) / spread : 0;
  return [y - slope * x, slope];
}

export const rss = (points: readonly Point[], [intercept, slope]: Point): number =>
  sum(points.map(([x, y]) => (y - intercept - slope * x) ** 2));

const through = (left: number, right: number): Point => {
  const slope = (right - left) / (GRIPS[1] - GRIPS[0]);
  return [left - slope * GRIPS[0], slope];
};

const moved = (points: readonly Point[], changes: readonly number[]): readonly Point[] => {
  const found = [...points];
  for (let at = 0; at + 2 < changes.length; at += 3) found[changes[at]!] = [changes[at + 1]!, changes[at + 2]!];
  return found;
};

const held = ([intercept, slope]: Point): { left: number; right: number } => ({
  left: intercept + slope * GRIPS[0],
  right: intercept + slope * GRIPS[1],
});

function withMoved(state: Dials, row: number, x: number, y: number): Dials {
  const rest: number[] = [];
  for (let at = 0; at + 2 < state.moved.length; at += 3) {
    if (state.moved[at] !== row) rest.push(...state.moved.slice(at, at + 3));
  }
  return { ...state, moved: [...rest, row, clamp(x, ...X), clamp(y, ...Y)] };
}

// --- drawing -----------------------------------------------------------------------------------------------------

interface Places {
  readonly plane: Plot;
  readonly trays: readonly [Plot, Plot];
  readonly strip: Plot;
  /** Pixels a unit of the target: sides of true squares. */
  readonly unit: number;
}

/** The plane with equal units above; below it both trays, and the residuals as a strip. */
function places({ width, height, narrow }: Size): Places {
  const [edge, top, low] = [34, 22, narrow ? 0.62 * height : 0.66 * height];
  const unit = Math.min((width - edge - 12) / (X[1] - X[0]), (low - top) / (Y[1] - Y[0]));
  const left = edge + (width - edge - 12 - unit * (X[1] - X[0])) / 2;
  const plane = plot(X, Y, left, top, left + unit * (X[1] - X[0]), top + unit * (Y[1] - Y[0]));
  const [floor, roof] = [height - 24, low + 62];
  const third = width / 3;
  return {
    plane,
    trays: [plot([0, 1], [0, 1], 12, roof, third - 10, floor), plot([0, 1], [0, 1], third + 10, roof, 2 * third - 10, floor)],
    strip: plot(X, [-4, 4], 2 * third + 14, roof, width - 12, floor),
    unit,
  };
}

function tray(box: Plot, areas: readonly number[], whole: number, name: string, look: string): string {
  let level = 0;
  const tall = (area: number): number => Math.min((area / whole) * (box.bottom - box.top), box.bottom - box.top);
  const slabs = areas.map((area) => {
    const [low, high] = [tall(level), tall(level + area)];
    level += area;
    return rect(box.left, box.bottom - high, box.right - box.left, high - low, look);
  });
  return group(
    "tray", ...slabs,
    line(box.left, box.top, box.left, box.bottom, "wall"), line(box.left, box.bottom, box.right, box.bottom, "wall"),
    line(box.right, box.top, box.right, box.bottom, "wall"),
    words((box.left + box.right) / 2, box.bottom + 17, name, "name", "middle"),
  );
}

function squares({ points, line: [intercept, slope] }: Fitted, { plane, unit }: Places): string {
  const middle = mean(points.map(([x]) => x));
  return group("squares", ...points.map(([x, y]) => {
    const said = intercept + slope * x;
    const side = Math.abs(y - said) * unit;
    const left = x > middle ? plane.x(x) - side : plane.x(x);
    return rect(left, Math.min(plane.y(y), plane.y(said)), side, side, "square") + line(plane.x(x), plane.y(y), plane.x(x), plane.y(said), "residual");
  }));
}

// --- the demo ----------------------------------------------------------------------------------------------------

const short = (value: number): string => value.toFixed(2);
const francs = (hundreds: number): string => `${Math.round(100 * hundreds)} francs`;
const percent = (share: number | null): string => (share === null ? "none" : short(share));

export const demo: Demo<Figure, Dials, Fitted> = {
  slug: "regression",
  title: "Shrink the squares",
  promise: "Drag the line by its two grips, or a point. Each residual carries a square; the left tray holds their sum, the right one that of the flat line.",
  hint: "Drag a grip of the line, or a point. The arrow keys move them too, farther with Shift.",
  shape: { wide: 1.02, narrow: 1.45 },

  start: ({ points }) => {
    const level = mean(points.map(([, y]) => y));
    return { left: level, right: level, moved: [] };
  },

  settle: (state) => ({
    left: clamp(state.left, -4, 17),
    right: clamp(state.right, -4, 17),
    moved: state.moved.length % 3 === 0 && state.moved.length <= 36 && state.moved.every((value, at) => (at % 3 ? Number.isFinite(value) : Number.isInteger(value) && value >= 0 && value < 12))
      ? state.moved.map((value, at) => (at % 3 === 0 ? value : clamp(value, ...(at % 3 === 1 ? X : Y))))
      : [],
  }),

  solve(state, figure) {
    const points = moved(figure.points, state.moved);
    const own = through(state.left, state.right);
    const best = leastSquares(points);
    const level = mean(points.map(([, y]) => y));
    const tss = rss(points, [level, 0]);
    const cost = rss(points, own);
    return {
      points, line: own, best, rss: cost, tss, least: rss(points, best),
      residuals: points.map(([x, y]) => y - own[0] - own[1] * x),
      share: tss > 1e-9 ? 1 - cost / tss : null,
    };
  },

  draw(_state, solved, _figure, size) {
    const at = places(size);
    const { plane, strip } = at;
    const { points, line: [intercept, slope], residuals, tss } = solved;
    const level = mean(points.map(([, y]) => y));
    const whole = Math.max(tss, solved.rss, 1e-9);
    const ends = clip(intercept, slope);
    const [x0, y0] = ends[0];
    const [x1, y1] = ends[1];
    return [
      axes(plane, [6, 8, 10, 12, 14, 16], [2, 4, 6, 8, 10], "income (hundred francs)", "food (hundred francs)"),
      squares(solved, at),
      line(plane.x(x0), plane.y(y0), plane.x(x1), plane.y(y1), "line"),
      ...points.map(([x, y]) => circle(plane.x(x), plane.y(y), 5, "household")),
      tray(at.trays[0], residuals.map((each) => each ** 2), whole, "RSS", "square"),
      tray(at.trays[1], points.map(([, y]) => (y - level) ** 2), whole, "TSS", "base"),
      line(strip.left, strip.y(0), strip.right, strip.y(0), "zero"),
      ...points.map(([x], row) => circle(strip.x(x), strip.y(clamp(residuals[row]!, -4, 4)), 3.5, "household")),
      words((strip.left + strip.right) / 2, strip.bottom + 17, "residuals", "name", "middle"),
    ].join("");
  },

  say: (_state, { line: [intercept, slope], rss: cost, least, share }) =>
    `The line is ${short(intercept)} plus ${short(slope)} times income. Its RSS is ${short(cost)}, the least is ${short(least)}. R squared is ${percent(share)}.`,

  readouts: (_state, { line: own, rss: cost, tss, least, share }) => [
    { label: "intercept · slope", value: `${short(own[0])} · ${short(own[1])}` },
    { label: "RSS · least", value: `${short(cost)} · ${short(least)}`, ink: "focus" },
    { label: "TSS", value: short(tss) },
    { label: "R² = 1 − RSS/TSS", value: percent(share), ink: "focus" },
  ],

  controls: [
    { kind: "slider", name: "left", label: "Line at an income of 550", low: -4, high: 17, step: 0.01, show: francs },
    { kind: "slider", name: "right", label: "Line at an income of 1,550", low: -4, high: 17, step: 0.01, show: francs },
    {
      kind: "row", label: "Line",
      buttons: [
        { name: "flat", label: "At the mean", press: (state, { points }) => ({ ...state, left: mean(points.map(([, y]) => y)), right: mean(points.map(([, y]) => y)) }) },
        { name: "solve", label: "Least squares", press: (state, { best }) => ({ ...state, ...held(best) }) },
        { name: "back", label: "Points as they were", press: (state) => ({ ...state, moved: [] }) },
      ],
    },
  ],

  handles(state, { points }, figure, size) {
    const { plane } = places(size);
    const grip = (name: "left" | "right", x: number): Handle<Dials> => ({
      name, label: name === "left" ? "The line on the left" : "The line on the right", words: `${francs(state[name])} at an income of ${x * 100}`,
      x: plane.x(x), y: plane.y(clamp(state[name], ...Y)), look: "grip",
      drag: (_x, y) => ({ ...state, [name]: plane.fromY(y) }),
      nudge: (_right, up, far) => ({ ...state, [name]: state[name] + up * (far ? 0.5 : 0.05) }),
    });
    // Households that start closer to an earlier one than a finger is wide are drawn, but not held.
    const apart: number[] = [];
    for (const [row, [x, y]] of figure.points.entries()) {
      const [px, py] = [plane.x(x), plane.y(y)];
      const flat = mean(figure.points.map(([, each]) => each));
      const taken = [...GRIPS.map((at): Point => [plane.x(at), plane.y(flat)]), ...apart.map((each): Point => [plane.x(figure.points[each]![0]), plane.y(figure.points[each]![1])])];
      if (taken.every(([qx, qy]) => Math.hypot(px - qx, py - qy) >= FINGER)) apart.push(row);
    }
    return [
      grip("left", GRIPS[0]), grip("right", GRIPS[1]),
      ...apart.map((row) => [row, points[row]!] as const).map(([row, [x, y]]): Handle<Dials> => ({
        name: `household${row}`, label: `Household ${row + 1}`, words: `income ${Math.round(100 * x)}, food ${Math.round(100 * y)} francs`,
        x: plane.x(x), y: plane.y(y), look: "spot",
        drag: (px, py) => withMoved(state, row, plane.fromX(px), plane.fromY(py)),
        nudge: (right, up, far) => withMoved(state, row, x + right * (far ? 0.5 : 0.05), y + up * (far ? 0.5 : 0.05)),
      })),
    ];
  },

  stops: [
    { chapter: "each_miss_carries_a_square", words: "One outlier pulls the line", state: { left: 4.73, right: 7.36, moved: [6, 15.32, 2] } },
    { chapter: "the_sum_has_one_lowest_place", words: "The flat line at the mean", state: {} },
    { chapter: "the_sum_has_one_lowest_place", words: "Turned a third of the way", state: { left: 5.52, right: 7.52 } },
    { chapter: "residuals_stand_at_right_angles", words: "Least squares", state: { left: 4.134, right: 10.088 } },
    { chapter: "r_squared_is_the_area_that_vanished", words: "R² below zero", state: { left: 10, right: 4 } },
    {
      chapter: "leftovers_should_have_no_shape", words: "Residuals that curve",
      state: { left: 4.96, right: 9.31, moved: [0, 9.3, 7.7, 1, 5.3, 4.1, 2, 13.4, 8.2, 3, 5.6, 4.5, 4, 11.3, 8.3, 5, 11.8, 8.4, 6, 15.3, 7.3, 7, 7.5, 6.4, 8, 7.2, 6.1, 9, 5.4, 4.2, 10, 5.6, 4.5, 11, 10.6, 8.2] },
    },
    {
      chapter: "leftovers_should_have_no_shape", words: "Residuals that fan out",
      state: { left: 4.38, right: 9.14, moved: [0, 9.3, 7.1, 1, 5.3, 4.3, 2, 13.4, 10, 3, 5.6, 4.5, 4, 11.3, 8.5, 5, 11.8, 6.3, 6, 15.3, 7.6, 7, 7.5, 4.8, 8, 7.2, 5.6, 9, 5.4, 4, 10, 5.6, 4.1, 11, 10.6, 5.9] },
    },
  ],

  quests: [
    { words: "Come within 1 % of the least RSS.", found: (_state, { rss: cost, least }) => cost <= 1.01 * least },
    { words: "Make R² negative.", found: (_state, { share }) => share !== null && share < -0.05 },
    { words: "Move one point so that the best slope falls below 0.3.", found: (state, { best }) => state.moved.length === 3 && best[1] < 0.3 },
  ],
};

/** Both ends of the line within the plane. */
function clip(intercept: number, slope: number): readonly [Point, Point] {
  let [low, high] = [X[0], X[1]];
  if (Math.abs(slope) > 1e-9) {
    const [first, last] = [(Y[0] - intercept) / slope, (Y[1] - intercept) / slope];
    low = Math.max(low, Math.min(first, last));
    high = Math.min(high, Math.max(first, last));
  }
  if (low >= high) [low, high] = [X[0], X[0]];
  const y = (x: number): number => clamp(intercept + slope * x, ...Y);
  return [[low, y(low)], [high, y(high)]];
}
