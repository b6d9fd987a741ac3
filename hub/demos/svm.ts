// Streets between flowers, fitted in the page: price C, reach γ, neighbours k, and points that can be moved.

import { contours } from "d3-contour";
import type { Demo, Handle, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { axes, circle, el, group, line, mark, path, plot, rect, round } from "./frame/svg";
import type { Order, Points, Ruler, Street } from "./maths/svm";
import { RULERS, fit, linear, radial, ranked, vote, winner } from "./maths/svm";

interface Cloud {
  readonly points: Points;
  readonly kinds: readonly number[];
}

export interface Figure {
  readonly apart: Cloud;
  readonly mixed: Cloud;
  readonly sepals: Cloud;
  readonly moons: Cloud;
  readonly fresh: Cloud;
}

type Name = "apart" | "mixed" | "sepals" | "moons";

interface Dials extends State {
  data: string;
  method: string;
  price: number;
  gamma: number;
  k: number;
  /** By which neighbours are near. */
  ruler: string;
  /** The point under the hand, and all that were moved: row, x, y, row, x, y, ... */
  row: number;
  moved: readonly number[];
  /** A new flower that asks its neighbours. */
  x: number;
  y: number;
}

interface Fitted {
  readonly points: Points;
  readonly kinds: readonly number[];
  readonly sides: readonly number[];
  readonly street: Street | null;
  /** Width in the unit of the points; of a flat street alone. */
  readonly width: number | null;
  readonly wrong: readonly number[];
  readonly held: readonly number[];
  /** Share of points that are told rightly that were not learnt; null where there are none. */
  readonly fresh: number | null;
  readonly field: Field;
  readonly near: { readonly rows: readonly number[]; readonly radius: number; readonly kind: number } | null;
}

interface Field {
  readonly values: readonly Float64Array[];
}

interface Garden {
  readonly x: Point;
  readonly y: Point;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  readonly xName: string;
  readonly yName: string;
  readonly kinds: readonly string[];
  /** The first kind's place among the inks: versicolor is orange also where it comes first. */
  readonly ink: number;
  readonly unit: string;
}

const GARDENS: Readonly<Record<Name, Garden>> = {
  apart: { x: [0.6, 5.4], y: [1.5, 4.75], xTicks: [1, 2, 3, 4, 5], yTicks: [2, 3, 4], xName: "petal length (cm)", yName: "sepal width (cm)", kinds: ["setosa", "versicolor"], ink: 0, unit: " cm" },
  mixed: { x: [2.8, 7.2], y: [1.4, 4.35], xTicks: [3, 4, 5, 6, 7], yTicks: [2, 3, 4], xName: "petal length (cm)", yName: "sepal width (cm)", kinds: ["versicolor", "virginica"], ink: 1, unit: " cm" },
  sepals: { x: [4, 8.2], y: [1.8, 4.65], xTicks: [4, 5, 6, 7, 8], yTicks: [2, 3, 4], xName: "sepal length (cm)", yName: "sepal width (cm)", kinds: ["setosa", "versicolor", "virginica"], ink: 0, unit: " cm" },
  moons: { x: [-2.1, 3.1], y: [-1.5, 2.0], xTicks: [-1, 0, 1, 2], yTicks: [-1, 0, 1], xName: "", yName: "", kinds: ["blue moon", "orange moon"], ink: 0, unit: "" },
};

const gardenOf = (state: Dials): Garden => GARDENS[state.data as Name];

// --- computing ---------------------------------------------------------------------------------------------------

const ACROSS = 78;
const UP = 54;

function pointsOf(state: Dials, figure: Figure): Points {
  const points = [...figure[state.data as Name].points];
  for (let at = 0; at + 2 < state.moved.length; at += 3) {
    points[state.moved[at] ?? 0] = [state.moved[at + 1] ?? 0, state.moved[at + 2] ?? 0];
  }
  return points;
}

/** Places of the grid, one node beyond the picture on each side. */
function node(garden: Garden, column: number, row: number): Point {
  return [
    garden.x[0] + ((column - 1) / (ACROSS - 3)) * (garden.x[1] - garden.x[0]),
    garden.y[0] + ((row - 1) / (UP - 3)) * (garden.y[1] - garden.y[0]),
  ];
}

const rulerOf = (state: Dials): Ruler => RULERS[state.ruler as keyof typeof RULERS];

/** Who is near whom changes with the points only: the dial of k turns at once. */
let remembered: { key: string; grid: Order[]; fresh: Order[]; own: Order[] } | null = null;

function orders(state: Dials, points: Points, figure: Figure): { grid: Order[]; fresh: Order[]; own: Order[] } {
  const key = `${state.data} ${state.ruler} ${state.moved.join(" ")}`;
  const ruler = rulerOf(state);
  if (remembered?.key !== key) {
    const garden = gardenOf(state);
    const grid: Order[] = [];
    for (let row = 0; row < UP; row++) {
      for (let column = 0; column < ACROSS; column++) grid.push(ranked(points, ...node(garden, column, row), ruler));
    }
    remembered = {
      key, grid,
      fresh: state.data === "moons" ? figure.fresh.points.map(([x, y]) => ranked(points, x ?? 0, y ?? 0, ruler)) : [],
      own: points.map(([x, y], own) => {
        const found = ranked(points, x ?? 0, y ?? 0, ruler);
        return { rows: Array.from(found.rows).filter((row) => row !== own), distance: found.distance };
      }),
    };
  }
  return remembered;
}

function askNeighbours(state: Dials, points: Points, kinds: readonly number[], figure: Figure): Fitted {
  const classes = Math.max(...kinds) + 1;
  const known = orders(state, points, figure);
  const values = Array.from({ length: classes }, () => new Float64Array(ACROSS * UP));
  known.grid.forEach((order, index) => {
    const shares = vote(order, kinds, state.k, classes);
    // How far ahead of the best of the others; a hair settles a tie as the lesson does, for the lower class.
    shares.forEach((share, kind) => {
      const rival = Math.max(...shares.map((other, rank) => (rank === kind ? -1 : other + (rank < kind ? 1e-6 : 0))));
      values[kind]![index] = share - rival;
    });
  });
  const right = (orders: readonly Order[], truth: readonly number[]): number[] =>
    orders.flatMap((order, row) => (winner(vote(order, kinds, state.k, classes)) === truth[row] ? [] : [row]));
  const order = ranked(points, state.x, state.y, rulerOf(state));
  const rows = Array.from(order.rows).slice(0, state.k);
  const wrong = right(known.own, kinds);
  return {
    points, kinds, sides: [], street: null, width: null, wrong, held: [],
    fresh: known.fresh.length ? 1 - right(known.fresh, figure.fresh.kinds).length / known.fresh.length : null,
    field: { values },
    near: { rows, radius: order.distance[rows[rows.length - 1] ?? 0] ?? 0, kind: winner(vote(order, kinds, state.k, classes)) },
  };
}

function layStreet(state: Dials, points: Points, kinds: readonly number[], figure: Figure): Fitted {
  const sides = kinds.map((kind) => (kind === 0 ? -1 : 1));
  const street = fit(points, sides, state.method === "radial" ? radial(state.gamma) : linear, state.price);
  const values = new Float64Array(ACROSS * UP);
  for (let row = 0; row < UP; row++) {
    for (let column = 0; column < ACROSS; column++) values[row * ACROSS + column] = street.level(...node(gardenOf(state), column, row));
  }
  let width: number | null = null;
  if (state.method === "flat") {
    const [wx, wy] = slope(street);
    width = Math.hypot(wx, wy) > 1e-9 ? 2 / Math.hypot(wx, wy) : null;
  }
  const hits = figure.fresh.points.filter(([x, y], row) => street.level(x ?? 0, y ?? 0) > 0 === ((figure.fresh.kinds[row] ?? 0) === 1));
  return {
    points, kinds, sides, street, width,
    wrong: sides.flatMap((side, row) => (side * (street.levels[row] ?? 0) <= 0 ? [row] : [])),
    held: [...street.alpha.keys()].filter((row) => (street.alpha[row] ?? 0) > 0),
    fresh: state.data === "moons" ? hits.length / figure.fresh.points.length : null,
    field: { values: [values] },
    near: null,
  };
}

/** w of a flat street. */
const slope = (street: Street): Point => [street.level(1, 0) - street.b, street.level(0, 1) - street.b];

// --- drawing -----------------------------------------------------------------------------------------------------

function boxFor(state: Dials, { width, height }: Size): Plot {
  const garden = gardenOf(state);
  return plot(garden.x, garden.y, garden.xName ? 30 : 26, garden.yName ? 24 : 8, width - 6, height - (garden.xName ? 38 : 22), true);
}

/** The places where `values` are above `threshold`, as an SVG path. */
function above(values: ArrayLike<number>, threshold: number, garden: Garden, box: Plot): string {
  const found = contours().size([ACROSS, UP]).smooth(true).contour(Array.from(values), threshold);
  return found.coordinates
    .flatMap((polygon) =>
      polygon.map(
        (outline) =>
          outline
            .map(([column, row], index) => {
              const [x, y] = node(garden, (column ?? 0) - 0.5, (row ?? 0) - 0.5);
              return `${index ? "L" : "M"}${round(box.x(x) - box.left)} ${round(box.y(y) - box.top)}`;
            })
            .join("") + "Z",
      ),
    )
    .join("");
}

const area = (d: string, look: string): string => (d ? el("path", { d, class: look, "fill-rule": "evenodd" }) : "");

function drawField(fitted: Fitted, garden: Garden, box: Plot): string {
  const parts: string[] = [];
  const [first] = fitted.field.values;
  if (fitted.street && first) {
    const minus = first.map((value) => -value);
    parts.push(
      area(above(minus, 0, garden, box), `land ink-${garden.ink}`),
      area(above(first, 0, garden, box), `land ink-${garden.ink + 1}`),
      area(above(first.map((value) => -Math.abs(value)), -1, garden, box), "lane"),
      area(above(first, 1, garden, box), "kerb"),
      area(above(minus, 1, garden, box), "kerb"),
      area(above(first, 0, garden, box), "middle"),
    );
  } else {
    fitted.field.values.forEach((values, kind) => parts.push(area(above(values, 0, garden, box), `land vote ink-${garden.ink + kind}`)));
  }
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  // A picture in the picture cuts off what leaves it.
  return el("svg", { x: box.left, y: box.top, width, height, viewBox: `0 0 ${round(width)} ${round(height)}`, class: "field" }, parts.join(""));
}

/** From each trespasser back to its own kerb. */
function drawSlack(fitted: Fitted, box: Plot): string {
  const { street, width } = fitted;
  if (!street || width === null) return "";
  const [wx, wy] = slope(street);
  const square = wx * wx + wy * wy;
  return group(
    "slack",
    ...fitted.points.map(([x = 0, y = 0], row) => {
      const late = 1 - (fitted.sides[row] ?? 0) * (street.levels[row] ?? 0);
      if (late < 1e-4) return "";
      const back = ((fitted.sides[row] ?? 0) * late) / square;
      return line(box.x(x), box.y(y), box.x(x + wx * back), box.y(y + wy * back), "");
    }),
  );
}

function drawPoints(state: Dials, fitted: Fitted, box: Plot, size: Size): string {
  const garden = gardenOf(state);
  const held = new Set(fitted.street ? fitted.held : (fitted.near?.rows ?? []));
  const wrong = new Set(fitted.wrong);
  const r = size.narrow ? 3.2 : 4.4;
  return fitted.points
    .map(([x = 0, y = 0], row) => {
      const kind = garden.ink + (fitted.kinds[row] ?? 0);
      const [px, py] = [box.x(x), box.y(y)];
      return (
        mark(kind, px, py, r, `point ink-${kind}${held.has(row) ? "" : " free"}`) +
        (fitted.street && held.has(row) ? circle(px, py, r + 3.2, "held") : "") +
        (fitted.street && wrong.has(row) ? circle(px, py, r + 5.6, "wrong") : "")
      );
    })
    .join("");
}

function drawAsker(state: Dials, fitted: Fitted, box: Plot): string {
  if (!fitted.near) return "";
  const radius = fitted.near.radius * (box.x(1) - box.x(0));
  const [x, y] = [box.x(state.x), box.y(state.y)];
  // All that is as near as the farthest who votes: a circle, a diamond or a square.
  if (state.ruler === "steps") return path([[x, y - radius], [x + radius, y], [x, y + radius], [x - radius, y]], "reach", true);
  if (state.ruler === "longest") return rect(x - radius, y - radius, 2 * radius, 2 * radius, "reach");
  return circle(x, y, radius, "reach");
}

function drawNames(state: Dials, box: Plot): string {
  const garden = gardenOf(state);
  return group(
    "names",
    ...garden.kinds.map((name, kind) => {
      const last = kind === garden.kinds.length - 1;
      const x = kind === 0 ? box.left + 8 : last ? box.right - 8 : (box.left + box.right) / 2;
      const anchor = kind === 0 ? "start" : last ? "end" : "middle";
      return el("text", { x, y: box.top + 16, class: `kind ink-${garden.ink + kind}`, "text-anchor": anchor }, name);
    }),
  );
}

// --- moving ------------------------------------------------------------------------------------------------------

const tenth = (value: number): number => Math.round(value * 100) / 100;

function move(state: Dials, row: number, x: number, y: number): Dials {
  const garden = gardenOf(state);
  const kept: number[] = [];
  for (let at = 0; at + 2 < state.moved.length; at += 3) {
    if (state.moved[at] !== row) kept.push(state.moved[at] ?? 0, state.moved[at + 1] ?? 0, state.moved[at + 2] ?? 0);
  }
  return { ...state, row, moved: [...kept, row, tenth(clamp(x, ...garden.x)), tenth(clamp(y, ...garden.y))] };
}

function grip(state: Dials, fitted: Fitted, box: Plot): Handle<Dials> {
  const garden = gardenOf(state);
  if (fitted.near) {
    const asker = (x: number, y: number): Dials => ({ ...state, x: tenth(clamp(x, ...garden.x)), y: tenth(clamp(y, ...garden.y)) });
    return {
      name: "asker", label: "New flower", look: `asker ink-${garden.ink + fitted.near.kind}`,
      words: `${state.x} across, ${state.y} up; its ${state.k} neighbours say ${garden.kinds[fitted.near.kind] ?? ""}`,
      x: box.x(state.x), y: box.y(state.y),
      drag: (px, py) => asker(box.fromX(px), box.fromY(py)),
      nudge: (right, up, far) => asker(state.x + right * (far ? 0.5 : 0.1), state.y + up * (far ? 0.5 : 0.1)),
    };
  }
  const [x = 0, y = 0] = fitted.points[state.row] ?? [];
  const count = fitted.points.length;
  // First the points that hold the street, then all others: the next key press is the next question.
  const order = [...fitted.held, ...fitted.points.keys()].filter((row, at, all) => all.indexOf(row) === at);
  const turn = (by: number) => (): Dials => ({ ...state, row: order[(order.indexOf(state.row) + by + count) % count] ?? 0 });
  const holds = fitted.held.includes(state.row) ? "holds the street" : "does not touch the street";
  return {
    name: "grip", label: `Point ${state.row + 1} of ${count}, ${garden.kinds[fitted.kinds[state.row] ?? 0] ?? ""}`, look: "grip",
    words: `${tenth(x)} across, ${tenth(y)} up; it ${holds}`,
    x: box.x(x), y: box.y(y),
    drag: (px, py) => move(state, state.row, box.fromX(px), box.fromY(py)),
    nudge: (right, up, far) => move(state, state.row, x + right * (far ? 0.5 : 0.1), y + up * (far ? 0.5 : 0.1)),
    keys: { PageDown: turn(1), PageUp: turn(-1) },
  };
}

/** Of setosa and versicolor: a flower far from the street, and one that holds it. */
const FAR = 70;
const KERB = 98;

const decimal = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : String(Number(value.toPrecision(2))));

export const demo: Demo<Figure, Dials, Fitted> = {
  slug: "svm",
  title: "Lay the street yourself",
  promise:
    "The boundary is fitted again in this page at every touch. Ringed points are support vectors. Pull one of them, then one that is free.",
  hint: "Drag any point, or the new flower that asks for votes. The arrow keys move them too, farther with Shift, and Page Down takes the next point.",
  shape: { wide: 0.73, narrow: 0.82 },

  start: () => ({ data: "apart", method: "flat", price: 1000, gamma: 1, k: 5, ruler: "straight", row: 98, moved: [], x: 5.9, y: 3 }),

  settle(state, figure) {
    const method = ["flat", "radial", "vote"].includes(state.method) ? state.method : "flat";
    let data = state.data in GARDENS ? state.data : "apart";
    if (data === "sepals" && method !== "vote") data = "mixed";
    const garden = GARDENS[data as Name];
    const count = figure[data as Name].points.length;
    const sound = state.moved.length % 3 === 0 && state.moved.every((value, at) => Number.isFinite(value) && (at % 3 > 0 || (Number.isInteger(value) && value >= 0 && value < count)));
    const settled: Dials = {
      data, method,
      // What a dial shows is what counts.
      price: Number(clamp(state.price, 0.01, 1000).toPrecision(2)),
      gamma: Number(clamp(state.gamma, 0.1, 100).toPrecision(2)),
      k: 2 * Math.floor(clamp(state.k, 1, 99) / 2) + 1,
      ruler: state.ruler in RULERS ? state.ruler : "straight",
      row: Math.round(clamp(state.row, 0, count - 1)),
      moved: sound && data === state.data ? state.moved : [],
      x: clamp(state.x, ...garden.x), y: clamp(state.y, ...garden.y),
    };
    return settled;
  },

  solve(state, figure) {
    const points = pointsOf(state, figure);
    const { kinds } = figure[state.data as Name];
    return state.method === "vote" ? askNeighbours(state, points, kinds, figure) : layStreet(state, points, kinds, figure);
  },

  draw(state, fitted, _figure, size) {
    const garden = gardenOf(state);
    const box = boxFor(state, size);
    return [
      axes(box, garden.xTicks, garden.yTicks, garden.xName, garden.yName),
      drawField(fitted, garden, box),
      drawNames(state, box),
      drawSlack(fitted, box),
      drawPoints(state, fitted, box, size),
      drawAsker(state, fitted, box),
    ].join("");
  },

  say(state, fitted) {
    const count = fitted.points.length;
    if (fitted.near) {
      const kind = gardenOf(state).kinds[fitted.near.kind] ?? "";
      const near = { straight: "", steps: ", near by the Manhattan distance", longest: ", near by the Chebyshev distance" }[state.ruler] ?? "";
      return `${state.k} neighbours vote${near}. The new flower is called ${kind}. Asked about each point without itself, they are wrong on ${fitted.wrong.length} of ${count}.`;
    }
    const width = fitted.width === null ? "" : ` ${fitted.width.toFixed(2)}${gardenOf(state).unit} wide,`;
    const kind = state.method === "flat" ? "A linear SVM, its margin" : "An RBF kernel,";
    return `${kind}${width} held by ${fitted.held.length} of ${count} points, with ${fitted.wrong.length} on the wrong side.`;
  },

  readouts(state, fitted) {
    const count = fitted.points.length;
    const told = (share: number): string => `${(100 * share).toFixed(1)} %`;
    if (fitted.near) {
      return [
        { label: "right, each left out in turn", value: told(1 - fitted.wrong.length / count) },
        { label: fitted.fresh === null ? "" : "right of 2000 unseen points", value: fitted.fresh === null ? "" : told(fitted.fresh), ink: "truth" },
      ];
    }
    return [
      { label: fitted.width === null ? "" : "margin, width of the street", value: `${(fitted.width ?? 0).toFixed(3)}${gardenOf(state).unit}` },
      { label: "support vectors", value: `${fitted.held.length} of ${count}`, ink: "focus" },
      state.data === "moons"
        ? { label: `right of ${count} seen points`, value: told(1 - fitted.wrong.length / count) }
        : { label: "on the wrong side", value: `${fitted.wrong.length} of ${count}`, ink: "error" },
      { label: fitted.fresh === null ? "" : "right of 2000 unseen points", value: fitted.fresh === null ? "" : told(fitted.fresh), ink: "truth" },
    ];
  },

  controls: [
    { kind: "choice", name: "method", label: "Method", options: [["flat", "Linear SVM"], ["radial", "RBF kernel"], ["vote", "k nearest"]] },
    {
      kind: "choice", name: "data", label: "Points",
      options: [["apart", "Setosa, versicolor"], ["mixed", "Versicolor, virginica"], ["moons", "Two moons"], ["sepals", "Three irises"]],
      offers: (state, value) => value !== "sepals" || state.method === "vote",
    },
    {
      kind: "slider", name: "price", label: "C, the price of slack", low: -2, high: 3, step: 0.05, log: true,
      show: decimal, ends: ["wide margin", "narrow"], when: (state) => state.method !== "vote",
    },
    {
      kind: "slider", name: "gamma", label: "γ: how fast a point’s reach fades", low: -1, high: 2, step: 0.05, log: true,
      show: decimal, ends: ["far", "near"], when: (state) => state.method === "radial",
    },
    {
      kind: "slider", name: "k", label: "k, the neighbours that vote", low: 1, high: 99, step: 2,
      show: (value) => `${value}`, when: (state) => state.method === "vote",
    },
    {
      kind: "choice", name: "ruler", label: "Distance metric", when: (state) => state.method === "vote",
      options: [["straight", "Euclidean"], ["steps", "Manhattan"], ["longest", "Chebyshev"]],
    },
    {
      kind: "row", label: "Try",
      buttons: [
        { name: "far", label: "Take a far point", press: (_state, _fitted, figure) => ({ ...demo.start(figure), row: FAR }) },
        { name: "kerb", label: "Take a kerb point", press: (_state, _fitted, figure) => ({ ...demo.start(figure), row: KERB }) },
        { name: "overfit", label: "Raise γ until unseen falls", press: (_state, _fitted, figure) => ({ ...demo.start(figure), data: "moons", method: "radial", price: 1, gamma: 1, row: 0 }) },
      ],
    },
  ],

  handles: (state, fitted, _figure, size) => [grip(state, fitted, boxFor(state, size))],

  press(state, fitted, _figure, size, px, py) {
    const box = boxFor(state, size);
    if (fitted.near) {
      if (px < box.left || px > box.right || py < box.top || py > box.bottom) return null;
      return { state: { ...state, x: tenth(box.fromX(px)), y: tenth(box.fromY(py)) }, grab: "asker" };
    }
    let [row, nearest] = [-1, 20];
    fitted.points.forEach(([x = 0, y = 0], index) => {
      const distance = Math.hypot(box.x(x) - px, box.y(y) - py);
      if (distance < nearest) [row, nearest] = [index, distance];
    });
    return row < 0 ? null : { state: { ...state, row }, grab: "grip" };
  },

  stops: [
    { chapter: "three_of_a_hundred_hold_it", words: "The widest street", state: { row: 60 } },
    { chapter: "three_of_a_hundred_hold_it", words: "A point that holds it", state: { row: 98 } },
    { chapter: "trespassing_has_a_price", words: "Cheap: C = 0.1", state: { data: "mixed", price: 0.1, row: 0 } },
    { chapter: "trespassing_has_a_price", words: "Dear: C = 100", state: { data: "mixed", price: 100, row: 0 } },
    { chapter: "gamma_says_how_far", words: "A winding boundary: γ = 1", state: { data: "moons", method: "radial", price: 1, gamma: 1, row: 0 } },
    { chapter: "gamma_says_how_far", words: "Single points: γ = 100", state: { data: "moons", method: "radial", price: 1, gamma: 100, row: 0 } },
    { chapter: "let_the_nearest_vote", words: "Manhattan: a diamond", state: { data: "sepals", method: "vote", k: 3, ruler: "steps", x: 6.61, y: 2.67 } },
    { chapter: "let_the_nearest_vote", words: "One neighbour", state: { data: "sepals", method: "vote", k: 1 } },
    { chapter: "let_the_nearest_vote", words: "From eleven to sixty-one", state: { data: "sepals", method: "vote", k: 31 } },
  ],

  quests: [
    {
      words: "Move a point by more than a centimetre, and leave the street exactly where it was.",
      found: (state, fitted, figure) =>
        state.data === "apart" && state.method === "flat" && state.price >= 100 && fitted.width !== null && Math.abs(fitted.width - 1.39665) < 1e-3 && farthest(state, figure) > 1,
    },
    {
      words: "Move one single point, and make that street narrower than two millimetres.",
      found: (state, fitted) => state.data === "apart" && state.method === "flat" && state.moved.length === 3 && fitted.width !== null && fitted.width < 0.2,
    },
    {
      words: "Two moons: hold every learnt point right, and lose on fresh ones.",
      found: (state, fitted) => state.data === "moons" && state.method === "radial" && fitted.wrong.length === 0 && (fitted.fresh ?? 1) < 0.92,
    },
    {
      words: "Three irises: a k that is right on more than 82 of 100.",
      found: (state, fitted) => state.data === "sepals" && fitted.wrong.length / fitted.points.length < 0.18,
    },
  ],
};

/** How far any point was moved. */
function farthest(state: Dials, figure: Figure): number {
  let found = 0;
  for (let at = 0; at + 2 < state.moved.length; at += 3) {
    const [x = 0, y = 0] = figure[state.data as Name].points[state.moved[at] ?? 0] ?? [];
    found = Math.max(found, Math.hypot((state.moved[at + 1] ?? 0) - x, (state.moved[at + 2] ?? 0) - y));
  }
  return found;
}
