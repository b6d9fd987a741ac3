// One plane, one matrix: its two columns are dragged, and grid, tile, eigenlines and the ellipse follow.

import type { Demo, Handle, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { arrow, el, group, line, path, plot, words } from "./frame/svg";
import type { Kept, Matrix, Steps, Vector } from "./maths/plane";
import { apply, area, kept, partOf, rank, swing, takeApart } from "./maths/plane";

export interface Figure {
  readonly matrix: readonly (readonly number[])[];
  readonly sideways: readonly (readonly number[])[];
  readonly upward: readonly (readonly number[])[];
  readonly ring: readonly (readonly number[])[];
}

interface Sheet extends State {
  /** [[a, b], [c, d]] */
  a: number;
  b: number;
  c: number;
  d: number;
  /** How much of the move is made. */
  share: number;
  show: string;
}

interface Move {
  readonly whole: Matrix;
  /** As far as it is made. */
  readonly now: Matrix;
  readonly kept: Kept;
  readonly steps: Steps;
  readonly ring: readonly Vector[];
}

const STEP = 0.05;
const REACH = 3;

const entries = (rows: readonly (readonly number[])[]): Matrix => [
  rows[0]?.[0] ?? 1, rows[0]?.[1] ?? 0, rows[1]?.[0] ?? 0, rows[1]?.[1] ?? 1,
];
const put = ([a, b, c, d]: Matrix): { a: number; b: number; c: number; d: number } => ({ a, b, c, d });
const tidy = (value: number): number => Math.round(clamp(value, -REACH, REACH) * 100) / 100;
const snap = (value: number): number => tidy(Math.round(value / STEP) * STEP);
const short = (value: number): string => String(Math.round(value * 100) / 100 + 0).replace("-", "−");

const box = ({ width, height, narrow }: Size): Plot =>
  narrow ? plot([-3.1, 3.1], [-3.1, 3.1], 0, 0, width, height, true) : plot([-4.4, 4.4], [-3.1, 3.1], 0, 0, width, height, true);

const at = (plane: Plot, [x, y]: Vector): Point => [plane.x(x), plane.y(y)];

function drawGrid(plane: Plot, matrix: Matrix, look: string, far: number): string {
  const parts: string[] = [];
  for (let i = -far; i <= far; i++) {
    for (const [from, to] of [[[i, -far], [i, far]], [[-far, i], [far, i]]] as const) {
      const [x1, y1] = at(plane, apply(matrix, from));
      const [x2, y2] = at(plane, apply(matrix, to));
      parts.push(line(x1, y1, x2, y2, i === 0 ? "main" : ""));
    }
  }
  return group(look, ...parts);
}

/** A line through the origin, as long as the picture. */
function drawLine(plane: Plot, [x, y]: Vector, look: string): string {
  const [x1, y1] = at(plane, [-9 * x, -9 * y]);
  const [x2, y2] = at(plane, [9 * x, 9 * y]);
  return line(x1, y1, x2, y2, look);
}

function drawTile(plane: Plot, matrix: Matrix): string {
  const corners = ([[0, 0], [1, 0], [1, 1], [0, 1]] as const).map((corner) => at(plane, apply(matrix, corner)));
  const size = area(matrix);
  const middle = at(plane, apply(matrix, [0.5, 0.5]));
  return group(
    size < 0 ? "unit over" : "unit",
    path(corners, "", true),
    Math.abs(size) > 0.3 ? words(middle[0], middle[1] + 5, short(size), "size", "middle") : "",
  );
}

function drawRing(plane: Plot, move: Move): string {
  return group(
    "ring",
    ...move.ring.map((vector) => {
      const image = apply(move.now, vector);
      const off = swing(move.now, vector);
      const [from, to] = [at(plane, [0, 0]), at(plane, image)];
      const spoke = at(plane, [2.9 * vector[0], 2.9 * vector[1]]);
      const stays = swing(move.whole, vector) < 1e-6;
      return (
        line(from[0], from[1], spoke[0], spoke[1], "spoke") +
        arrow(from, to, stays ? "stays" : "swings", stays ? 11 : 8) +
        (stays || off < 0.5 ? "" : el("g", { opacity: Math.min(off / 25, 0.8).toFixed(2) }, arrow(from, to, "off", 8)))
      );
    }),
  );
}

function drawKept(plane: Plot, { kept: found }: Move): string {
  if (found.kind === "one") return drawLine(plane, found.vector, "keeps") + factor(plane, found.vector, found.value);
  if (found.kind === "none") return words(plane.right - 12, plane.bottom - 14, "no real eigenvectors", "unkept", "end");
  if (found.kind !== "two") return "";
  return [0, 1].map((row) => drawLine(plane, found.vectors[row as 0 | 1], "keeps") + factor(plane, found.vectors[row as 0 | 1], found.values[row as 0 | 1])).join("");
}

function factor(plane: Plot, vector: Vector, value: number): string {
  // Beside the line, inside the picture, on the half that points right.
  const reach = Math.min(
    Math.abs(vector[0]) > 0.01 ? (plane.fromX(plane.right) - 0.3) / Math.abs(vector[0]) : 99,
    Math.abs(vector[1]) > 0.01 ? (plane.fromY(plane.top) - 0.4) / Math.abs(vector[1]) : 99,
  );
  const [x, y] = at(plane, [reach * vector[0], reach * vector[1]]);
  return words(Math.min(x, plane.right) - 12, y + (vector[1] > 0 ? 0 : -14), `×${short(value)}`, "factor", "end");
}

function drawEllipse(plane: Plot, { now, steps }: Move): string {
  const circle = Array.from({ length: 96 }, (_, index): Vector => [Math.cos((index * Math.PI) / 48), Math.sin((index * Math.PI) / 48)]);
  const axes = [steps.from, steps.from + Math.PI / 2].map((angle): Vector => [Math.cos(angle), Math.sin(angle)]);
  const [origin, long, across] = [at(plane, [0, 0]), at(plane, apply(now, axes[0] ?? [1, 0])), at(plane, apply(now, axes[1] ?? [0, 1]))];
  return [
    path(circle.map((point) => at(plane, point)), "round", true),
    path(circle.map((point) => at(plane, apply(now, point))), "ellipse", true),
    arrow(origin, long, "long"),
    arrow(origin, across, "across"),
  ].join("");
}

const VIEWS: readonly (readonly [string, string])[] = [["area", "Determinant"], ["lines", "Eigenvectors"], ["ellipse", "Singular values"]];

function describe(found: Kept): string {
  if (found.kind === "two") return `${short(found.values[0])}, ${short(found.values[1])}`;
  if (found.kind === "one") return `${short(found.value)}, one line`;
  return found.kind === "all" ? `${short(found.value)}, all lines` : "none that is real";
}

function column(state: Sheet, move: Move, plane: Plot, which: 0 | 1): Handle<Sheet> {
  const [x, y] = apply(move.now, which === 0 ? [1, 0] : [0, 1]);
  const [px, py] = at(plane, [x, y]);
  const set = (vx: number, vy: number): Sheet =>
    which === 0 ? { ...state, share: 1, a: tidy(vx), c: tidy(vy) } : { ...state, share: 1, b: tidy(vx), d: tidy(vy) };
  const [cx, cy] = which === 0 ? [state.a, state.c] : [state.b, state.d];
  return {
    name: which === 0 ? "first" : "second",
    label: which === 0 ? "First column, the blue arrow" : "Second column, the orange arrow",
    words: `${short(cx)} right, ${short(cy)} up`,
    x: px, y: py, look: which === 0 ? "tip first" : "tip second",
    drag: (qx, qy) => set(snap(plane.fromX(qx)), snap(plane.fromY(qy))),
    nudge: (right, up, far) => set(cx + right * (far ? 0.5 : 0.1), cy + up * (far ? 0.5 : 0.1)),
  };
}

export const demo: Demo<Figure, Sheet, Move> = {
  slug: "linear-algebra",
  title: "Drag the two columns",
  promise:
    "Drag the heads of the blue and the orange arrow: they are the matrix’s two columns, where the basis lands, and the whole plane follows. Begin with the lesson’s own matrix.",
  hint: "Drag the heads of the two arrows. The arrow keys move them too, farther with Shift.",
  shape: { wide: 0.704, narrow: 1 },

  start: (figure) => ({ ...put(entries(figure.matrix)), share: 1, show: "lines" }),

  settle: (state) => ({
    a: tidy(state.a), b: tidy(state.b), c: tidy(state.c), d: tidy(state.d),
    share: clamp(state.share, 0, 1),
    show: VIEWS.some(([name]) => name === state.show) ? state.show : "lines",
  }),

  solve(state, figure) {
    const whole: Matrix = [state.a, state.b, state.c, state.d];
    const found = kept(whole);
    const own = entries(figure.matrix);
    const even = figure.ring.map(([x, y]): Vector => [x ?? 0, y ?? 0]).filter((vector) => swing(own, vector) > 1e-3);
    const lines = found.kind === "two" ? found.vectors : found.kind === "one" ? [found.vector] : [];
    const ring = [...even, ...lines.flatMap(([x, y]): Vector[] => [[x, y], [-x, -y]])];
    return { whole, now: partOf(whole, state.share), kept: found, steps: takeApart(whole), ring };
  },

  draw(state, move, _figure, size) {
    const plane = box(size);
    const origin = at(plane, [0, 0]);
    const layers = [
      drawGrid(plane, [1, 0, 0, 1], "rest", 5),
      drawGrid(plane, move.now, "sheet", 14),
      state.show === "lines" ? drawKept(plane, move) + drawRing(plane, move) : "",
      state.show === "area" ? drawTile(plane, move.now) : "",
      state.show === "ellipse" ? drawKept(plane, move) + drawEllipse(plane, move) : "",
      arrow(origin, at(plane, apply(move.now, [1, 0])), "column first", 14),
      arrow(origin, at(plane, apply(move.now, [0, 1])), "column second", 14),
    ];
    return layers.join("");
  },

  say(state, move) {
    const lines = {
      two: () => (move.kept.kind === "two" ? `Two lines of eigenvectors, with the eigenvalues ${short(move.kept.values[0])} and ${short(move.kept.values[1])}.` : ""),
      one: () => "One line of eigenvectors.", all: () => "All vectors are eigenvectors.", none: () => "No real eigenvectors.",
    }[move.kept.kind]();
    const size = area(move.whole);
    const sheet = rank(move.whole) === 2 ? (size < 0 ? `The plane is turned over, and areas are multiplied by ${short(-size)}.` : `Areas are multiplied by ${short(size)}.`) : "The matrix is singular: the plane is flat, with area zero.";
    return `Columns (${short(state.a)}, ${short(state.c)}) and (${short(state.b)}, ${short(state.d)}). ${sheet} ${lines} The largest singular value is ${short(move.steps.stretch[0])}.`;
  },

  readouts: (state, move) => [
    { label: "matrix, by rows", value: `${short(state.a)}  ${short(state.b)} | ${short(state.c)}  ${short(state.d)}` },
    { label: "determinant, the factor of area", value: short(area(move.whole)), ink: state.show === "area" ? "focus" : "text" },
    { label: "trace, the sum of the diagonal", value: short(state.a + state.d) },
    { label: "eigenvalues λ", value: describe(move.kept), ink: state.show === "area" ? "text" : "focus" },
    { label: "singular values σ", value: `${short(move.steps.stretch[0])}, ${short(Math.abs(move.steps.stretch[1]))}`, ink: state.show === "ellipse" ? "third" : "text" },
  ],

  controls: [
    { kind: "choice", name: "show", label: "Look at", options: VIEWS },
    {
      kind: "play", label: "Play the map",
      run: (state, _move, _figure, elapsed) => ({ ...state, share: Math.min(state.share + elapsed / 2200, 1) }),
      ended: (state) => state.share >= 1,
      rewind: (state) => ({ ...state, share: 0 }),
    },
    { kind: "slider", name: "share", label: "Share of the map", low: 0, high: 1, step: 0.01, show: (value) => `${Math.round(100 * value)} %`, ends: ["at rest", "all"] },
    {
      kind: "row", label: "Matrices",
      buttons: [
        { name: "own", label: "The lesson’s", press: (state, _move, figure) => ({ ...state, ...put(entries(figure.matrix)), share: 1 }) },
        { name: "shear", label: "Shear", press: (state, _move, figure) => ({ ...state, ...put(entries(figure.sideways)), share: 1 }) },
        { name: "turn", label: "Turn", press: (state) => ({ ...state, a: 0.8, b: -0.6, c: 0.6, d: 0.8, share: 1 }) },
        { name: "flat", label: "Flat", press: (state) => ({ ...state, a: 1, b: 1, c: 0.5, d: 0.5, share: 1 }) },
        { name: "rest", label: "Rest", press: (state) => ({ ...state, a: 1, b: 0, c: 0, d: 1, share: 1 }) },
      ],
    },
  ],

  handles: (state, move, _figure, size) => [column(state, move, box(size), 0), column(state, move, box(size), 1)],

  stops: [
    { chapter: "two_landing_places", words: "Two landing places decide", state: { show: "area" } },
    { chapter: "one_map_after_another", words: "The first shear, along the rows", state: { show: "area", a: 1, b: 1, c: 0, d: 1 } },
    { chapter: "how_much_larger", words: "Turned over: determinant −1", state: { show: "area", a: 1, b: 1, c: 0.5, d: -0.5 } },
    { chapter: "what_became_one", words: "Singular: rank one", state: { show: "area", a: 1, b: 1, c: 0.5, d: 0.5 } },
    { chapter: "back_to_the_ring", words: "Two lines of eigenvectors", state: { show: "lines" } },
    { chapter: "which_arrow_grows_most", words: "The longest arrow is another one", state: { show: "ellipse" } },
  ],

  quests: [
    { words: "Make the area zero, without a column of zeros: a singular matrix.", found: (state, move) => Math.abs(area(move.whole)) < 1e-9 && Math.hypot(state.a, state.c) > 0 && Math.hypot(state.b, state.d) > 0 },
    { words: "Make the real eigenvectors vanish.", found: (_state, move) => move.kept.kind === "none" },
    {
      words: "Make the eigenvectors perpendicular, neither along an axis.",
      found: (state, move) => move.kept.kind === "two" && Math.abs(state.b - state.c) < 1e-9 && Math.abs(state.b) > 1e-9,
    },
    { words: "Turn the plane over: a negative determinant.", found: (_state, move) => area(move.whole) < -1e-9 },
    {
      words: "Make the largest singular value twice the largest eigenvalue.",
      found: (_state, move) => {
        const factor = move.kept.kind === "two" ? Math.max(...move.kept.values.map(Math.abs)) : move.kept.kind === "one" ? Math.abs(move.kept.value) : 0;
        return factor > 0.1 && Math.abs(move.steps.stretch[0] - 2 * factor) < 0.02;
      },
    },
  ],
};
