// A map of blobs: curtains of one-vs-rest, fences of one-vs-one, or softmax, and what each says of a place.

import type { Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { el, group, mark, path, plot, rect, round, words } from "./frame/svg";

/** Weights and offset of a line w·x + b. */
type Line = readonly [number, number, number];

export interface Figure {
  /** By the number of classes: points, as many of each class and in their order, and lines of each plan by C. */
  readonly maps: { readonly [classes: string]: {
    readonly points: readonly Point[];
    readonly rest: { readonly [price: string]: readonly Line[] };
    readonly pairs: { readonly [price: string]: readonly Line[] };
    readonly softmax: { readonly [price: string]: readonly Line[] };
  } };
}

type Plan = "rest" | "pairs" | "softmax";

interface Place extends State {
  /** How many classes. */
  classes: string;
  plan: string;
  /** `answers`, who says what; or `final`, the class that is named. */
  view: string;
  /** C, what a margin violation costs. */
  price: string;
  x: number;
  y: number;
}

interface Said {
  /** Of each class: score, votes, or probability. */
  readonly values: readonly number[];
  /** Classes that say yes; those with most votes; or one. */
  readonly first: readonly number[];
  /** The class that is named. */
  readonly named: number;
  readonly models: number;
  /** Rows that each model is trained on. */
  readonly rows: number;
}

const CLASSES = ["3", "4", "5", "6"] as const;
const PLANS = ["rest", "pairs", "softmax"] as const;
const PRICES = ["0.01", "1", "100"] as const;
const LETTERS = "QRSTVW";
const WIDE: Point = [-9.6, 9.6];
const HIGH: Point = [-5.4, 5.4];
const CORNERS: readonly Point[] = [[WIDE[0], HIGH[0]], [WIDE[1], HIGH[0]], [WIDE[1], HIGH[1]], [WIDE[0], HIGH[1]]];
const FINE: Point = [48, 27];

// --- computing ---------------------------------------------------------------------------------------------------

const score = ([a, b, c]: Line, [x, y]: Point): number => a * x + b * y + c;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const best = (values: readonly number[]): number => values.indexOf(Math.max(...values));

export const pairs = (classes: number): Point[] =>
  Array.from({ length: classes }, (_, one) => Array.from({ length: classes - one - 1 }, (_unused, more): Point => [one, one + 1 + more])).flat();

export function softmax(logits: readonly number[]): number[] {
  const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  return powers.map((power) => power / sum(powers));
}

/** The part of a convex polygon on the yes side of a line. */
function part(corners: readonly Point[], line: Line): Point[] {
  const heights = corners.map((corner) => score(line, corner));
  return corners.flatMap((here, at) => {
    const before = (at + corners.length - 1) % corners.length;
    const [then, now] = [heights[before]!, heights[at]!];
    const share = then / (then - now);
    const [x, y] = corners[before]!;
    const cut: Point[] = then < 0 !== now < 0 ? [[x + share * (here[0] - x), y + share * (here[1] - y)]] : [];
    return now >= 0 ? [...cut, here] : cut;
  });
}

const less = ([a, b, c]: Line, [d, e, f]: Line): Line => [a - d, b - e, c - f];
const turned = ([a, b, c]: Line): Line => [-a, -b, -c];

/** All pieces between lines. */
function cells(lines: readonly Line[]): (readonly Point[])[] {
  let found: (readonly Point[])[] = [CORNERS];
  for (const line of lines) found = found.flatMap((each) => [part(each, line), part(each, turned(line))].filter((half) => half.length > 2));
  return found;
}

const middle = (corners: readonly Point[]): Point =>
  [sum(corners.map(([x]) => x)) / corners.length, sum(corners.map(([, y]) => y)) / corners.length];

/** What a plan says of a place: values of all classes, who is first, who is named. */
export function ask(plan: Plan, lines: readonly Line[], classes: number, place: Point): { values: number[]; first: number[]; named: number } {
  const scores = lines.map((line) => score(line, place));
  if (plan === "rest") {
    const first = scores.flatMap((each, own) => (each > 0 ? [own] : []));
    return { values: scores, first, named: best(scores) };
  }
  if (plan === "softmax") {
    const values = softmax(scores);
    return { values, first: [best(values)], named: best(values) };
  }
  const [votes, sums] = [new Array<number>(classes).fill(0), new Array<number>(classes).fill(0)];
  pairs(classes).forEach(([one, other], at) => {
    votes[scores[at]! > 0 ? one : other]! += 1;
    sums[one]! += scores[at]!;
    sums[other]! -= scores[at]!;
  });
  const most = Math.max(...votes);
  const first = votes.flatMap((each, own) => (each === most ? [own] : []));
  return { values: votes, first, named: first[best(first.map((own) => sums[own]!))]! };
}

// --- drawing -----------------------------------------------------------------------------------------------------

const short = (value: number): string => value.toFixed(2).replace("-", "−");
const named = (own: number): string => LETTERS[own]!;
const told = (state: Place, { values }: Said, own: number): string =>
  state.plan === "pairs" ? String(values[own]!) : short(values[own]!);

const mapBox = ({ width, height }: Size): Plot => plot(WIDE, HIGH, 8, 8, width - 8, 0.8 * height);
const linesOf = (state: Place, { maps }: Figure): readonly Line[] => maps[state.classes]![state.plan as Plan][state.price]!;

/** A pane of the map: its outline in pixels, and how it looks. */
const pane = (box: Plot, corners: readonly Point[], look: string): string =>
  path(corners.map(([x, y]): Point => [box.x(x), box.y(y)]), look, true);

/** The line within the map. */
function edge(box: Plot, line: Line, look: string): string {
  const half = part(CORNERS, line);
  const ends = half.filter((corner) => Math.abs(score(line, corner)) < 1e-6 * Math.hypot(line[0], line[1]) * 10);
  return ends.length < 2 ? "" : path(ends.slice(0, 2).map(([x, y]): Point => [box.x(x), box.y(y)]), look);
}

function ground(state: Place, figure: Figure, box: Plot): string[] {
  const [lines, classes, plan] = [linesOf(state, figure), Number(state.classes), state.plan as Plan];
  const final = state.view === "final";
  if (plan === "rest" && !final) return lines.map((line, own) => pane(box, part(CORNERS, line), `kind${own} pane`));
  if (plan === "pairs") {
    return cells(lines).flatMap((corners) => {
      const { first, named } = ask(plan, lines, classes, middle(corners));
      return first.length > 1 && !final ? [] : [pane(box, corners, `kind${named} full`)];
    });
  }
  if (plan === "softmax" && !final) {
    const [across, up] = FINE;
    return Array.from({ length: across * up }, (_, at) => {
      const [column, row] = [at % across, Math.floor(at / across)];
      const place: Point = [WIDE[0] + ((column + 0.5) / across) * 19.2, HIGH[0] + ((row + 0.5) / up) * 10.8];
      const { values, named } = ask(plan, lines, classes, place);
      const wide = (box.right - box.left) / across;
      return el("rect", { x: round(box.x(place[0]) - wide / 2), y: round(box.y(place[1]) - wide / 2), width: round(wide), height: round(wide),
        class: `kind${named} soft`, "fill-opacity": (0.6 * (values[named]! - 1 / classes) / (1 - 1 / classes)).toFixed(2) });
    });
  }
  return lines.map((line, own) => {
    const corners = lines.reduce<readonly Point[]>((left, other, at) => (at === own ? left : part(left, less(line, other))), CORNERS);
    return pane(box, corners, `kind${own} full`);
  });
}

function map(state: Place, said: Said, figure: Figure, size: Size): string {
  const box = mapBox(size);
  const { points } = figure.maps[state.classes]!;
  const each = points.length / Number(state.classes);
  const lines = linesOf(state, figure);
  const at = ([x, y]: Point): Point => [box.x(x), box.y(y)];
  const drawn = state.plan === "softmax" ? [] : lines.map((line, own) => edge(box, line, state.plan === "rest" ? `kind${own} curtain` : "fence"));
  return group("map",
    rect(box.left, box.top, box.right - box.left, box.bottom - box.top, "edge", 6),
    el("svg", { x: 0, y: 0, width: round(box.right), height: round(box.bottom), viewBox: `0 0 ${round(box.right)} ${round(box.bottom)}` },
      [...ground(state, figure, box), ...drawn,
        ...points.map((point, row) => mark(Math.floor(row / each) % 3, ...at(point), 3.5, `kind${Math.floor(row / each)} spot`)),
      ].join("")),
    ...Array.from({ length: Number(state.classes) }, (_, own) => {
      const turn = (2 * Math.PI * own) / Number(state.classes);
      const [x, y] = at([5.9 * Math.cos(turn), 4.7 * Math.sin(turn)]);
      return words(x, y + 6, `${named(own)} ${told(state, said, own)}`, "letter", "middle");
    }),
  );
}

/** Rows that are trained on, model by model, as long as they are many. */
function strip(state: Place, { models, rows }: Said, { width, height }: Size): string {
  const [left, top, tall] = [8, 0.8 * height + 34, 0.2 * height - 44];
  const whole = Number(state.classes) * Number(state.classes) * 60;
  const unit = (width - 16) / whole;
  return group("strip",
    words(left, top - 9, `rows that are trained on: ${models} × ${rows} = ${models * rows}`, "note"),
    ...Array.from({ length: models }, (_, at) => rect(left + at * rows * unit, top, Math.max(1, rows * unit - 1), tall, "block")),
  );
}

// --- the demo ----------------------------------------------------------------------------------------------------

const NAMES: { readonly [plan: string]: string } = { rest: "one-vs-rest", pairs: "one-vs-one", softmax: "softmax" };
const VALUES: { readonly [plan: string]: string } = { rest: "score", pairs: "votes", softmax: "probability" };

const listed = (state: Place, said: Said): string =>
  said.values.map((_, own) => `${named(own)} ${told(state, said, own)}`).join(", ");

function verdict(state: Place, { first }: Said): string {
  if (state.plan === "rest") return first.length ? `${first.map(named).join(", ")} say yes` : "no class says yes";
  if (state.plan === "pairs") return first.length > 1 ? `tie: ${first.map(named).join(", ")}` : "no tie";
  return "no ambiguous region";
}

export const demo: Demo<Figure, Place, Said> = {
  slug: "multiclass",
  title: "Ask any place on the map",
  promise: "Choose the classes and the plan, and move the place that is asked. The map shows what each plan says, the strip below what it costs to train.",
  hint: "Drag the place, or press the map. The arrow keys move it too, farther with Shift.",
  shape: { wide: 0.68, narrow: 0.8 },

  start: () => ({ classes: "5", plan: "rest", view: "answers", price: "1", x: 0.3, y: 0.1 }),

  settle: (state) => ({
    classes: (CLASSES as readonly string[]).includes(String(state.classes)) ? String(state.classes) : "5",
    plan: (PLANS as readonly string[]).includes(String(state.plan)) ? String(state.plan) : "rest",
    view: String(state.view) === "final" ? "final" : "answers",
    price: (PRICES as readonly string[]).includes(String(state.price)) ? String(state.price) : "1",
    x: Number.isFinite(state.x) ? clamp(state.x, ...WIDE) : 0,
    y: Number.isFinite(state.y) ? clamp(state.y, ...HIGH) : 0,
  }),

  solve(state, figure) {
    const [classes, plan] = [Number(state.classes), state.plan as Plan];
    const lines = linesOf(state, figure);
    const rows = figure.maps[state.classes]!.points.length;
    const bill = { rest: [classes, rows], pairs: [lines.length, (2 * rows) / classes], softmax: [1, rows] }[plan] as [number, number];
    return { ...ask(plan, lines, classes, [state.x, state.y]), models: bill[0], rows: bill[1] };
  },

  draw: (state, said, figure, size) => map(state, said, figure, size) + strip(state, said, size),

  say: (state, said) =>
    `${NAMES[state.plan]!} with ${state.classes} classes, at ${short(state.x)} and ${short(state.y)}: ${VALUES[state.plan]!} ${listed(state, said)}; ${verdict(state, said)}. It is named ${named(said.named)}. Models: ${said.models}, rows of each: ${said.rows}.`,

  readouts: (state, said) => [
    { label: `${VALUES[state.plan]!} of ${named(said.named)}`, value: told(state, said, said.named), ink: "focus" },
    { label: "that is", value: verdict(state, said) },
    { label: "named", value: named(said.named) },
    { label: "models", value: String(said.models) },
    { label: "rows of each model", value: String(said.rows) },
    { label: "rows in all", value: String(said.models * said.rows) },
  ],

  controls: [
    { kind: "choice", name: "classes", label: "Classes, K", options: CLASSES.map((each) => [each, each]) },
    { kind: "choice", name: "plan", label: "Plan", options: PLANS.map((each) => [each, NAMES[each]!]) },
    { kind: "choice", name: "view", label: "Show", options: [["answers", "answers"], ["final", "the class that is named"]] },
    { kind: "choice", name: "price", label: "Regularisation parameter, C", options: PRICES.map((each) => [each, each]) },
    { kind: "slider", name: "x", label: "Place, across", low: WIDE[0], high: WIDE[1], step: 0.01, show: short },
    { kind: "slider", name: "y", label: "Place, up", low: HIGH[0], high: HIGH[1], step: 0.01, show: short },
  ],

  handles(state, said, _figure, size) {
    const box = mapBox(size);
    return [{
      name: "place", label: "The place that is asked", words: `${short(state.x)}, ${short(state.y)}, named ${named(said.named)}`,
      x: box.x(state.x), y: box.y(state.y), look: "grip",
      drag: (x, y) => ({ ...state, x: box.fromX(x), y: box.fromY(y) }),
      nudge: (right, up, far) => ({ ...state, x: state.x + right * (far ? 1 : 0.1), y: state.y + up * (far ? 1 : 0.1) }),
    }];
  },

  press(state, _said, _figure, size, x, y) {
    const box = mapBox(size);
    return y > box.bottom ? null : { state: { ...state, x: box.fromX(x), y: box.fromY(y) }, grab: "place" };
  },

  stops: [
    { chapter: "against_the_rest", words: "Five curtains", state: {} },
    { chapter: "ambiguous_regions", words: "No class says yes", state: { classes: "3", x: 0, y: 0 } },
    { chapter: "highest_score", words: "The higher score wins", state: { classes: "3", view: "final", x: 2, y: 4 } },
    { chapter: "votes_can_tie", words: "A tie of votes", state: { classes: "3", plan: "pairs", x: -0.11, y: -0.18 } },
    { chapter: "train_together", words: "Softmax at the border", state: { classes: "3", plan: "softmax", x: 1.6, y: 2.6 } },
  ],

  quests: [
    { words: "With one-vs-rest, find a place that three classes claim.", found: (state, { first }) => state.plan === "rest" && first.length === 3 },
    { words: "With one-vs-one, find a place where votes tie.", found: (state, { first }) => state.plan === "pairs" && first.length > 1 },
    { words: "With softmax, find a place where no class has more than 0.4.", found: (state, { values }) => state.plan === "softmax" && Math.max(...values) < 0.4 },
  ],
};
