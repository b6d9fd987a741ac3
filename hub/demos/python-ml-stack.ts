// Broadcasting: two shapes are compared from the right; what fits stretches, with a stride of zero.

import type { Control, Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import { group, rect, words } from "./frame/svg";

export interface Figure {
  /** The shapes that the lesson stretches. */
  readonly first: readonly number[];
  readonly second: readonly number[];
  /** Bytes of a number. */
  readonly itemsize: number;
}

type Shape = readonly number[];

/** Sizes by axis, counted from the right: `a1` is the last axis of the first shape. */
interface Shapes extends State {
  a: number;
  a1: number;
  a2: number;
  a3: number;
  b: number;
  b1: number;
  b2: number;
  b3: number;
}

type Verdict = "equal" | "stretches" | "clash";

interface Fit {
  readonly first: Shape;
  readonly second: Shape;
  /** From the left, one for each axis of the longer shape. */
  readonly verdicts: readonly Verdict[];
  /** Nothing where an axis clashes. */
  readonly result: Shape | null;
  /** Bytes from entry to entry of both as they are stretched to the result. */
  readonly strides: readonly [Shape, Shape] | null;
}

const MOST = 5;
const AXES = 3;

const shapeOf = (state: Shapes, which: "a" | "b"): number[] =>
  Array.from({ length: state[which] }, (_, index) => state[`${which}${state[which] - index}` as keyof Shapes] as number);

const fill = (which: "a" | "b", shape: Shape): { [name: string]: number } => {
  const found: { [name: string]: number } = { [which]: shape.length };
  for (let axis = 1; axis <= AXES; axis++) found[`${which}${axis}`] = shape[shape.length - axis] ?? 1;
  return found;
};

const padded = (shape: Shape, length: number): number[] => [...Array.from({ length: length - shape.length }, () => 1), ...shape];

/** A tuple as Python writes it. */
const tuple = (shape: Shape): string => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`);

const verdictOf = (one: number, other: number): Verdict =>
  one === other ? "equal" : one === 1 || other === 1 ? "stretches" : "clash";

/** Bytes from entry to entry along each axis of the result; 0 where one entry serves them all. */
function stretched(shape: Shape, result: Shape, itemsize: number): number[] {
  const own = shape.map((_, axis) => itemsize * shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const missing = result.length - shape.length;
  return result.map((size, axis) => (axis < missing || (shape[axis - missing] === 1 && size !== 1) ? 0 : (own[axis - missing] ?? 0)));
}

const size = (value: number): number => Math.round(clamp(value, 1, MOST));

const SYMBOLS: { readonly [verdict in Verdict]: string } = { equal: "=", stretches: "↔", clash: "✗" };

/** One of the arrays as sheets of cells: solid where it has entries of its own, ghosts where it is stretched. */
function block(shape: Shape, target: Shape, look: string, left: number, top: number, width: number, height: number): string {
  const [deep, high, wide] = padded(target, AXES) as [number, number, number];
  const [d, h, w] = padded(shape, AXES) as [number, number, number];
  const shift = deep > 1 ? 0.42 : 0;
  const cell = Math.min(width / (wide + shift * (deep - 1)), height / (high + shift * (deep - 1)), 40);
  const x0 = left + (width - cell * (wide + shift * (deep - 1))) / 2;
  const y0 = top + (height - cell * (high + shift * (deep - 1))) / 2;
  const parts: string[] = [];
  for (let sheet = deep - 1; sheet >= 0; sheet--) {
    for (let row = 0; row < high; row++) {
      for (let column = 0; column < wide; column++) {
        const own = sheet < d && row < h && column < w;
        const x = x0 + cell * (column + shift * sheet);
        const y = y0 + cell * (row + shift * (deep - 1 - sheet));
        parts.push(rect(x + 1, y + 1, cell - 2, cell - 2, own ? "own" : "ghost", 3));
      }
    }
  }
  return group(look, ...parts);
}

function slider(which: "a" | "b", axis: 1 | 2 | 3, name: string): Control<Shapes, Fit, Figure> {
  const place = axis === 1 ? "last axis" : axis === 2 ? "second axis from the right" : "third axis from the right";
  return {
    kind: "slider", name: `${which}${axis}`, label: `${name}: ${place}`, low: 1, high: MOST, step: 1, show: String,
    when: (state) => state[which] >= axis,
  };
}

const count = (which: "a" | "b", name: string): Control<Shapes, Fit, Figure> => ({
  kind: "slider", name: which, label: `${name}: axes`, low: 0, high: AXES, step: 1, show: String,
});

export const demo: Demo<Figure, Shapes, Fit> = {
  slug: "python-ml-stack",
  title: "Do these shapes fit?",
  promise: "Pick two shapes and see which axes stretch, which clash, and what comes out.",
  shape: { wide: 0.62, narrow: 1.25 },

  start: ({ first, second }) => ({ ...fill("a", first), ...fill("b", second) }) as Shapes,

  settle: (state) => ({
    a: Math.round(clamp(state.a, 0, AXES)), b: Math.round(clamp(state.b, 0, AXES)),
    a1: size(state.a1), a2: size(state.a2), a3: size(state.a3),
    b1: size(state.b1), b2: size(state.b2), b3: size(state.b3),
  }),

  solve(state, { itemsize }) {
    const [first, second] = [shapeOf(state, "a"), shapeOf(state, "b")];
    const length = Math.max(first.length, second.length);
    const [one, other] = [padded(first, length), padded(second, length)];
    const verdicts = one.map((value, axis) => verdictOf(value, other[axis] ?? 1));
    const result = verdicts.includes("clash") ? null : one.map((value, axis) => (value === 1 ? (other[axis] ?? 1) : value));
    const strides = result && ([stretched(first, result, itemsize), stretched(second, result, itemsize)] as const);
    return { first, second, verdicts, result, strides };
  },

  draw(_state, { first, second, verdicts, result }, _figure, { width, height, narrow }: Size) {
    const length = verdicts.length;
    const [box, line] = narrow ? [44, 46] : [52, 48];
    const middle = width / 2 + (narrow ? 34 : 48);
    const x = (axis: number): number => middle + (axis - (length - 1) / 2) * (box + 14);
    const name = (row: number, text: string, look: string): string => words(middle - (Math.max(length, 1) * (box + 14)) / 2 - 14, 12 + row * line + line / 2, text, look, "end");
    const parts = [name(0, "first", "name one"), name(1, "second", "name other"), name(3, "result", "name whole")];
    const cell = (axis: number, row: number, text: string, look: string): string =>
      group(look, rect(x(axis) - box / 2, 12 + row * line, box, line - 10, "plate", 6), words(x(axis), 12 + row * line + line / 2 + 2, text, "size", "middle"));
    [first, second].forEach((shape, row) => {
      const missing = length - shape.length;
      padded(shape, length).forEach((value, axis) => parts.push(cell(axis, row, String(value), axis < missing ? "missing" : row ? "other" : "one")));
    });
    verdicts.forEach((verdict, axis) => parts.push(words(x(axis), 12 + 2 * line + line / 2, SYMBOLS[verdict], `verdict ${verdict}`, "middle")));
    if (result) result.forEach((value, axis) => parts.push(cell(axis, 3, String(value), "whole")));
    else parts.push(words(middle, 12 + 3 * line + line / 2, "no result: an axis clashes", "verdict clash", "middle"));
    if (!length) parts.push(words(middle, 12 + 1 * line, "no axes: two single numbers", "size", "middle"));
    const top = 12 + 4 * line + 14;
    const gap = narrow ? 12 : 24;
    const wide = (width - 4 * gap) / 3;
    const target = result ?? [];
    [
      block(first, result ?? first, "one", gap, top, wide, height - top - 14),
      block(second, result ?? second, "other", 2 * gap + wide, top, wide, height - top - 14),
      result ? block(target, target, "whole", 3 * gap + 2 * wide, top, wide, height - top - 14) : "",
    ].forEach((part) => parts.push(part));
    return parts.join("");
  },

  say(_state, { first, second, verdicts, result }) {
    const shapes = `Shapes ${tuple(first)} and ${tuple(second)}`;
    if (!result) {
      const axis = verdicts.length - verdicts.lastIndexOf("clash");
      return `${shapes} do not fit: axis ${axis} from the right has two sizes, and neither is a one.`;
    }
    const many = verdicts.filter((verdict) => verdict === "stretches").length;
    return `${shapes} fit: ${many === 0 ? "no axis stretches" : many === 1 ? "one axis stretches" : `${many} axes stretch`}, and the result has the shape ${tuple(result)}.`;
  },

  readouts: (_state, { first, second, result, strides }) => [
    { label: "first", value: tuple(first), ink: "first" },
    { label: "second", value: tuple(second), ink: "truth" },
    { label: "result", value: result ? tuple(result) : "error", ink: "focus" },
    { label: "strides of the first, stretched (bytes)", value: strides ? tuple(strides[0]) : "–" },
    { label: "strides of the second, stretched (bytes)", value: strides ? tuple(strides[1]) : "–" },
  ],

  controls: [
    count("a", "First"), slider("a", 3, "First"), slider("a", 2, "First"), slider("a", 1, "First"),
    count("b", "Second"), slider("b", 3, "Second"), slider("b", 2, "Second"), slider("b", 1, "Second"),
    {
      kind: "row", label: "Try",
      buttons: [
        { name: "clash", label: "(3, 4) and (3,)", press: (state) => ({ ...state, ...fill("a", [3, 4]), ...fill("b", [3]) }) },
        {
          name: "insert", label: "Insert a 1 on the right of the second",
          press: (state, { second }) => (second.length < AXES ? { ...state, ...fill("b", [...second, 1]) } : state),
        },
        { name: "swap", label: "Swap", press: (state, { first, second }) => ({ ...state, ...fill("a", second), ...fill("b", first) }) },
      ],
    },
  ],

  stops: [
    { chapter: "a_one_stretches_over_the_other", words: "A column of three", state: {} },
    { chapter: "a_one_stretches_over_the_other", words: "Three against four", state: { a: 2, a1: 4, a2: 3, a3: 1, b: 1, b1: 3, b2: 1, b3: 1 } },
    { chapter: "a_one_stretches_over_the_other", words: "A one put in: they fit", state: { a: 2, a1: 4, a2: 3, a3: 1, b: 2, b1: 1, b2: 3, b3: 1 } },
    { chapter: "a_comparison_answers_for_each_cell", words: "Minus four means", state: { a: 2, a1: 4, a2: 3, a3: 1, b: 1, b1: 4, b2: 1, b3: 1 } },
    { chapter: "a_comparison_answers_for_each_cell", words: "A square raises no error", state: { a: 2, a1: 3, a2: 3, a3: 1, b: 1, b1: 3, b2: 1, b3: 1 } },
  ],

  quests: [
    {
      words: "The shapes (3, 4) and (3,) clash. Make them fit by one inserted 1.",
      found: (_state, { first, second }) => tuple(first) === "(3, 4)" && tuple(second) === "(3, 1)",
    },
    {
      words: "Make a result of 5 × 5 out of two arrays of five numbers each.",
      found: (_state, { first, second, result }) =>
        result !== null && tuple(result) === "(5, 5)" && [first, second].every((shape) => shape.reduce((product, value) => product * value, 1) === 5),
    },
    {
      words: "Find two shapes of which neither is as large as the result in three dimensions.",
      found: (_state, { first, second, result }) =>
        result?.length === AXES && [first, second].every((shape) => shape.reduce((product, value) => product * value, 1) < result.reduce((product, value) => product * value, 1)),
    },
  ],
};
