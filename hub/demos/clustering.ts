// One cloud, three rules: centroids that are dragged and stepped, a reach that floods, a tree that is cut.

import type { Demo, Handle, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { axes, circle, group, line, path, plot, rect, words } from "./frame/svg";

const squared = ([ax, ay]: Point, [bx, by]: Point): number => (ax - bx) ** 2 + (ay - by) ** 2;

// --- K-means, as scenes/maths/clustering has it -----------------------------------------------------------------------------------------------------

/** For each point the number of its nearest centroid: the assignment step. */
function assign(points: readonly Point[], centroids: readonly Point[]): number[] {
  return points.map((point) => {
    let nearest = 0;
    centroids.forEach((centroid, number) => {
      if (squared(point, centroid) < squared(point, centroids[nearest]!)) nearest = number;
    });
    return nearest;
  });
}

/** The mean of each cluster: the update step.  A centroid without points stays where it is. */
function update(points: readonly Point[], labels: readonly number[], centroids: readonly Point[]): Point[] {
  return centroids.map((centroid, number) => {
    const own = points.filter((_point, row) => labels[row] === number);
    if (!own.length) return centroid;
    const [x, y] = own.reduce<Point>(([sx, sy], [px, py]) => [sx + px, sy + py], [0, 0]);
    return [x / own.length, y / own.length];
  });
}

const inertia = (points: readonly Point[], labels: readonly number[], centroids: readonly Point[]): number =>
  points.reduce((total, point, row) => total + squared(point, centroids[labels[row]!]!), 0);

/** Assignment and update in turn, until nothing changes. */
function run(points: readonly Point[], start: readonly Point[]): readonly Point[] {
  let centroids = start;
  for (let round = 0; round < 300; round++) {
    const moved = update(points, assign(points, centroids), centroids);
    if (moved.every((spot, number) => squared(spot, centroids[number]!) < 1e-16)) break;
    centroids = moved;
  }
  return centroids;
}

/** The corners of the part of a box that is nearer to one centroid than to each other one. */
function cell(centroids: readonly Point[], which: number, [x0, x1]: Point, [y0, y1]: Point): readonly Point[] {
  const [mx, my] = centroids[which]!;
  let corners: Point[] = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
  centroids.forEach(([ox, oy], other) => {
    if (other === which) return;
    const [nx, ny] = [ox - mx, oy - my];
    const beyond = ([x, y]: Point): number => 2 * (x * nx + y * ny) - (ox * ox + oy * oy - mx * mx - my * my);
    const kept: Point[] = [];
    corners.forEach((here, index) => {
      const there = corners[(index + 1) % corners.length]!;
      const [a, b] = [beyond(here), beyond(there)];
      if (a <= 0) kept.push(here);
      if ((a < 0 && b > 0) || (a > 0 && b < 0)) {
        const share = a / (a - b);
        kept.push([here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])]);
      }
    });
    corners = kept;
  });
  return corners;
}

// --- DBSCAN ------------------------------------------------------------------------------------------------------

type Kind = "noise" | "border" | "core";

interface Flood {
  /** The cluster of each point, −1 for noise. */
  readonly labels: readonly number[];
  readonly kinds: readonly Kind[];
  readonly count: number;
  /** How many points lie in each point's neighbourhood, itself counted. */
  readonly crowd: readonly number[];
}

function dbscan(points: readonly Point[], eps: number, minPoints: number): Flood {
  const near = points.map((point) => points.flatMap((other, row) => (Math.sqrt(squared(point, other)) <= eps ? [row] : [])));
  const labels = points.map(() => -1);
  const core = near.map((rows) => rows.length >= minPoints);
  let count = 0;
  core.forEach((dense, start) => {
    if (!dense || labels[start]! >= 0) return;
    labels[start] = count;
    const shore = [start];
    for (let row = shore.shift(); row !== undefined; row = shore.shift()) {
      if (!core[row]) continue;
      for (const next of near[row]!) {
        if (labels[next]! >= 0) continue;
        labels[next] = count;
        shore.push(next);
      }
    }
    count += 1;
  });
  const kinds = labels.map((label, row): Kind => (core[row] ? "core" : label < 0 ? "noise" : "border"));
  return { labels, kinds, count, crowd: near.map((rows) => rows.length) };
}

// --- a tree ------------------------------------------------------------------------------------------------------

/** The top of a tree of merges. */
interface Tree {
  /** The branch of each point, from the left. */
  readonly branches: readonly number[];
  /** The merges of these branches: which two, branches first, then earlier merges; and how high. */
  readonly pairs: readonly Point[];
  readonly heights: readonly number[];
}

/** The cluster of each branch when the tree is cut at a height, numbered from the left; and how many there are. */
function cut({ pairs, heights }: Tree, height: number): { readonly owner: readonly number[]; readonly count: number } {
  const branches = pairs.length + 1;
  const inside: number[][] = Array.from({ length: branches }, (_none, branch) => [branch]);
  pairs.forEach(([a, b]) => inside.push([...inside[a]!, ...inside[b]!]));
  const owner = Array.from({ length: branches }, (_none, branch) => branch);
  heights.forEach((top, step) => {
    if (top > height) return;
    const rows = inside[branches + step]!;
    const first = Math.min(...rows);
    for (const row of rows) owner[row] = first;
  });
  const names = [...new Set(owner)].sort((a, b) => a - b);
  return { owner: owner.map((name) => names.indexOf(name)), count: names.length };
}

/** The corners of each bracket: left foot, left top, right top, right foot; branches stand one unit apart. */
function brackets({ pairs, heights }: Tree): readonly (readonly Point[])[] {
  const branches = pairs.length + 1;
  const feet: Point[] = Array.from({ length: branches }, (_none, branch): Point => [branch, 0]);
  return pairs.map(([a, b], step) => {
    const [left, right] = feet[a]![0] < feet[b]![0] ? [feet[a]!, feet[b]!] : [feet[b]!, feet[a]!];
    const top = heights[step]!;
    feet.push([(left[0] + right[0]) / 2, top]);
    return [left, [left[0], top], [right[0], top], right];
  });
}

// --- the figure ---------------------------------------------------------------------------------------------------

interface Cloud {
  /** From the left. */
  readonly points: readonly Point[];
  /** The lowest inertia that was found with 1, 2 ... centroids. */
  readonly least: readonly number[];
  readonly ward: Tree;
  readonly single: Tree;
}

export interface Figure {
  readonly sets: { readonly [name: string]: Cloud };
  /** Centroids that the lesson begins with. */
  readonly starts: { readonly walk: readonly Point[]; readonly stuck: readonly Point[]; readonly far: readonly Point[] };
  /** DBSCAN on the moons. */
  readonly eps: number;
  readonly minimum: number;
  readonly petalEps: number;
}

interface View extends State {
  data: string;
  by: string;
  k: number;
  /** Where the centroids stand: x, y, x, y ... */
  spots: readonly number[];
  eps: number;
  minimum: number;
  /** The point whose neighbourhood is shown. */
  at: number;
  linkage: string;
  /** Height of the cut. */
  height: number;
}

interface Found {
  readonly labels: readonly number[];
  readonly count: number;
  /** Of K-means: inertia, the lowest that was found, where the update step leads, and whether it changes nothing. */
  readonly cost: number;
  readonly least: number;
  readonly next: readonly Point[];
  readonly rest: boolean;
  readonly flood: Flood | null;
  /** The cluster of each branch of the tree. */
  readonly owner: readonly number[];
}

const MOST = 7;
const SETS: readonly (readonly [string, string])[] = [["irises", "Irises"], ["crowds", "Five crowds"], ["moons", "Two moons"]];
const RULES: readonly (readonly [string, string])[] = [["centroids", "Centroids (K-means)"], ["density", "Density (DBSCAN)"], ["merges", "Merges (a tree)"]];
const LINKAGES: readonly (readonly [string, string])[] = [["ward", "Ward"], ["single", "Single"]];
const FRAMES: { readonly [name: string]: readonly [Point, Point] } = {
  irises: [[0.5, 7.3], [-0.2, 2.8]],
  crowds: [[-6.4, 6.2], [-4.4, 5.1]],
  moons: [[-1.9, 2.9], [-1.2, 1.8]],
};

const pairsOf = (spots: readonly number[]): Point[] =>
  Array.from({ length: Math.floor(spots.length / 2) }, (_none, row): Point => [spots[2 * row]!, spots[2 * row + 1]!]);
const flat = (points: readonly Point[]): number[] => points.flatMap(([x, y]) => [x, y]);
const frameOf = (state: View): readonly [Point, Point] => FRAMES[state.data]!;
const treeOf = (state: View, figure: Figure): Tree => figure.sets[state.data]![state.linkage === "single" ? "single" : "ward"];
const known = (options: readonly (readonly [string, string])[], value: string): string =>
  options.some(([name]) => name === value) ? value : options[0]![0];

/** As many centroids as are asked for: the first ones stay; each further one stands on the point that is farthest. */
function placed(points: readonly Point[], spots: readonly Point[], count: number): readonly Point[] {
  if (!spots.length) return Array.from({ length: count }, (_none, row) => points[Math.floor(((row + 0.5) * points.length) / count)]!);
  const found = spots.slice(0, count);
  while (found.length < count) {
    const far = points.map((point) => Math.min(...found.map((spot) => squared(point, spot))));
    found.push(points[far.indexOf(Math.max(...far))]!);
  }
  return found;
}

/** The height of a cut that leaves so many clusters: halfway between two merges. */
function heightFor({ heights }: Tree, count: number): number {
  const step = heights.length - clamp(count, 1, heights.length) + 1;
  const below = heights[step - 1] ?? 0;
  return count <= 1 ? heights[heights.length - 1]! * 1.05 : (below + heights[step]!) / 2;
}

// --- drawing -----------------------------------------------------------------------------------------------------

interface Places {
  readonly plane: Plot;
  readonly tree: Plot;
}

function places(state: View, figure: Figure, { width, height }: Size): Places {
  const low = state.by === "merges" ? 0.56 * height : height - 40;
  const tree = treeOf(state, figure);
  return {
    plane: plot(...frameOf(state), 26, 20, width - 8, low, true),
    tree: plot([-0.5, tree.heights.length + 0.5], [0, tree.heights[tree.heights.length - 1]! * 1.12], 12, low + 46, width - 44, height - 10),
  };
}

const kind = (label: number): string => (label < 0 ? "noise" : `k${label % MOST}`);

/** Dots of one look as one path of points without length, whose round ends are seen. */
function dots(plane: Plot, points: readonly Point[], look: string): string {
  const round = (value: number): number => Math.round(value * 10) / 10;
  const trace = points.map(([x, y]) => `M${round(plane.x(x))} ${round(plane.y(y))}h0`).join("");
  return trace ? `<path d="${trace}" class="${look}"/>` : "";
}

function drawPoints(state: View, found: Found, points: readonly Point[], plane: Plot): string {
  const small = state.data === "irises" ? "dots" : "dots small";
  const border = (row: number): boolean => found.flood?.kinds[row] === "border";
  const parts: string[] = [];
  for (let label = 0; label < Math.max(found.count, 1); label++) {
    const own = (wanted: boolean): Point[] => points.filter((_point, row) => found.labels[row] === label && border(row) === wanted);
    parts.push(dots(plane, own(false), `${small} ${kind(label)}`), dots(plane, own(true), `${small} border ${kind(label)}`));
  }
  const noise = points.filter((_point, row) => found.labels[row]! < 0);
  return parts.join("") + group("strays", ...noise.map(([x, y]) => circle(plane.x(x), plane.y(y), 3.5, "noise")));
}

function drawTree(state: View, found: Found, figure: Figure, plane: Plot): string {
  const tree = treeOf(state, figure);
  const height = Math.min(state.height, tree.heights[tree.heights.length - 1]! * 1.1);
  const inside: number[] = [...found.owner];
  tree.pairs.forEach(([a], step) => inside.push(tree.heights[step]! <= state.height ? inside[a]! : -1));
  const drawn = brackets(tree).map((corners, step) =>
    path(corners.map(([x, y]): Point => [plane.x(x), plane.y(y)]), `bracket ${inside[tree.pairs.length + 1 + step]! < 0 ? "over" : kind(inside[tree.pairs.length + 1 + step]!)}`),
  );
  return [
    words(plane.left, plane.top - 8, `the top of the tree: its last ${tree.heights.length} merges`, "name"),
    ...drawn,
    ...found.owner.map((label, branch) => circle(plane.x(branch), plane.y(0), 4, `leaf ${kind(label)}`)),
    line(plane.left, plane.y(height), plane.right + 12, plane.y(height), "cut"),
  ].join("");
}

// --- the demo ----------------------------------------------------------------------------------------------------

const short = (value: number): string => (value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString("en-GB"));
const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
const tally = (flood: Flood, wanted: string): number => flood.kinds.filter((each) => each === wanted).length;

export const demo: Demo<Figure, View, Found> = {
  slug: "clustering",
  title: "Three rules, three answers",
  promise: "Group the same points by centroids, by density and by merges. Drag the centroids and step them, widen the reach, let the cut fall.",
  hint: "Drag a centroid, the circle or the cut. The arrow keys move them too, farther with Shift.",
  shape: { wide: 0.66, narrow: 1.05 },

  start: ({ sets, petalEps, minimum }) => ({
    data: "irises", by: "centroids", k: 3, spots: flat(placed(sets["irises"]!.points, [], 3)),
    eps: petalEps, minimum, at: 0, linkage: "ward", height: heightFor(sets["irises"]!.ward, 2),
  }),

  settle(state, figure) {
    const data = known(SETS, state.data);
    const cloud = figure.sets[data]!;
    const [xs, ys] = FRAMES[data]!;
    const k = Math.round(clamp(state.k, 1, MOST));
    const asked = pairsOf(state.spots);
    const inside = asked.every(([x, y]) => x >= xs[0] && x <= xs[1] && y >= ys[0] && y <= ys[1]);
    const linkage = known(LINKAGES, state.linkage);
    const { heights } = treeOf({ ...state, data, linkage }, figure);
    return {
      data, by: known(RULES, state.by), k, spots: flat(placed(cloud.points, inside ? asked : [], k)),
      eps: clamp(state.eps, 0.02, 2), minimum: Math.round(clamp(state.minimum, 1, 15)),
      at: Math.round(clamp(state.at, 0, cloud.points.length - 1)),
      linkage, height: clamp(state.height, heights[0]!, heights[heights.length - 1]! * 1.1),
    };
  },

  solve(state, figure) {
    const { points, least } = figure.sets[state.data]!;
    const spots = pairsOf(state.spots);
    const near = assign(points, spots);
    const next = update(points, near, spots);
    const base = {
      cost: inertia(points, near, spots), least: least[spots.length - 1]!, next,
      rest: next.every((spot, row) => squared(spot, spots[row]!) < 1e-4), flood: null, owner: [],
    };
    if (state.by === "density") {
      const flood = dbscan(points, state.eps, state.minimum);
      return { ...base, labels: flood.labels, count: flood.count, flood };
    }
    if (state.by === "merges") {
      const tree = treeOf(state, figure);
      const { owner, count } = cut(tree, state.height);
      return { ...base, labels: tree.branches.map((branch) => owner[branch]!), count, owner };
    }
    return { ...base, labels: near, count: spots.length };
  },

  draw(state, found, figure, size) {
    const { plane, tree } = places(state, figure, size);
    const { points } = figure.sets[state.data]!;
    const [xs, ys] = frameOf(state);
    const spots = pairsOf(state.spots);
    const [px, py] = points[state.at]!;
    const reach = plane.x(state.eps) - plane.x(0);
    const [left, top] = [plane.left, plane.top];
    const parts = [
      state.data === "irises"
        ? axes(plane, [1, 2, 3, 4, 5, 6, 7], [0, 1, 2], "petal length (cm)", "petal width (cm)")
        : rect(left, top, plane.right - left, plane.bottom - top, "edge"),
    ];
    if (state.by === "centroids") {
      parts.push(...spots.map((_spot, row) => path(cell(spots, row, xs, ys).map(([x, y]): Point => [plane.x(x), plane.y(y)]), `cell ${kind(row)}`, true)));
    }
    parts.push(drawPoints(state, found, points, plane));
    if (state.by === "centroids") {
      parts.push(...spots.map(([x, y]) => {
        const [cx, cy] = [plane.x(x), plane.y(y)];
        return path([[cx, cy - 9], [cx + 9, cy], [cx, cy + 9], [cx - 9, cy]], "centroid", true);
      }));
    }
    if (state.by === "density") parts.push(circle(plane.x(px), plane.y(py), reach, "reach"));
    if (state.by === "merges") parts.push(drawTree(state, found, figure, tree));
    return parts.join("");
  },

  say(state, found) {
    const name = SETS.find(([each]) => each === state.data)![1].toLowerCase();
    if (found.flood) {
      const { flood } = found;
      return `DBSCAN on ${name} with a reach of ${state.eps.toFixed(2)} and ${many(state.minimum, "point")} at least: ${many(flood.count, "cluster")}, ${tally(flood, "noise")} points are noise.`;
    }
    if (state.by === "merges") return `The tree of ${name}, cut at a height of ${state.height.toFixed(2)}: ${many(found.count, "cluster")}.`;
    return `K-means on ${name} with ${many(found.count, "centroid")}: inertia is ${short(found.cost)}, the lowest that was found is ${short(found.least)}. ${found.rest ? "It has converged." : "The update step would move a centroid."}`;
  },

  readouts(state, found) {
    if (found.flood) {
      const { flood } = found;
      return [
        { label: "clusters", value: String(flood.count) },
        { label: "core · border · noise", value: ["core", "border", "noise"].map((wanted) => tally(flood, wanted)).join(" · ") },
        { label: "in the circle", value: `${flood.crowd[state.at]}: ${flood.kinds[state.at]}` },
      ];
    }
    if (state.by === "merges") {
      const points = new Array<number>(found.count).fill(0);
      for (const label of found.labels) points[label]! += 1;
      return [
        { label: "clusters", value: String(found.count) },
        { label: "height of the cut", value: state.height.toFixed(2), ink: "focus" },
        { label: "points in the largest", value: String(Math.max(...points)) },
      ];
    }
    return [
      { label: "inertia J", value: short(found.cost), ink: "focus" },
      { label: "lowest that was found", value: short(found.least) },
      { label: "update step", value: found.rest ? "changes nothing" : "moves on" },
    ];
  },

  controls: [
    { kind: "choice", name: "data", label: "Points", options: SETS },
    { kind: "choice", name: "by", label: "Rule", options: RULES },
    {
      kind: "slider", name: "k", label: "Number of clusters K", low: 1, high: MOST, step: 1,
      show: (value) => String(value), when: (state) => state.by === "centroids",
    },
    {
      kind: "row", label: "Lloyd", when: (state) => state.by === "centroids",
      buttons: [
        { name: "update", label: "Update step", press: (state, { next }) => ({ ...state, spots: flat(next) }) },
        { name: "run", label: "Repeat to the end", press: (state, _found, { sets }) => ({ ...state, spots: flat(run(sets[state.data]!.points, pairsOf(state.spots))) }) },
      ],
    },
    {
      kind: "row", label: "Try", when: (state) => state.by === "centroids",
      buttons: [
        { name: "walk", label: "A long walk", press: (state, _found, { starts }) => ({ ...state, data: "irises", k: starts.walk.length, spots: flat(starts.walk) }) },
        { name: "random", label: "A random start", press: (state, _found, { starts }) => ({ ...state, data: "crowds", k: starts.stuck.length, spots: flat(starts.stuck) }) },
        { name: "far", label: "A start by k-means++", press: (state, _found, { starts }) => ({ ...state, data: "crowds", k: starts.far.length, spots: flat(starts.far) }) },
      ],
    },
    {
      kind: "slider", name: "eps", label: "Reach ε", low: -1.7, high: 0.3, step: 0.005, log: true,
      show: (value) => value.toFixed(2), when: (state) => state.by === "density",
    },
    {
      kind: "slider", name: "minimum", label: "minPts", low: 1, high: 15, step: 1,
      show: (value) => String(value), when: (state) => state.by === "density",
    },
    {
      kind: "row", label: "Try", when: (state) => state.by === "density",
      buttons: [
        { name: "moons", label: "The lesson’s moons", press: (state, _found, { eps, minimum }) => ({ ...state, data: "moons", eps, minimum }) },
        { name: "petals", label: "The irises", press: (state, _found, { petalEps, minimum }) => ({ ...state, data: "irises", eps: petalEps, minimum }) },
      ],
    },
    { kind: "choice", name: "linkage", label: "Linkage", options: LINKAGES, when: (state) => state.by === "merges" },
    {
      kind: "row", label: "Cut", when: (state) => state.by === "merges",
      buttons: [
        { name: "lower", label: "One cluster more", press: (state, { count }, figure) => ({ ...state, height: heightFor(treeOf(state, figure), count + 1) }) },
        { name: "higher", label: "One fewer", press: (state, { count }, figure) => ({ ...state, height: heightFor(treeOf(state, figure), count - 1) }) },
      ],
    },
  ],

  handles(state, found, figure, size) {
    const { plane, tree } = places(state, figure, size);
    const { points } = figure.sets[state.data]!;
    const [[x0, x1], [y0, y1]] = frameOf(state);
    if (state.by === "centroids") {
      const spots = pairsOf(state.spots);
      const put = (row: number, x: number, y: number): View => ({
        ...state, spots: flat(spots.map((spot, each): Point => (each === row ? [clamp(x, x0, x1), clamp(y, y0, y1)] : spot))),
      });
      return spots.map(([x, y], row): Handle<View> => ({
        name: `centroid${row}`, label: `Centroid ${row + 1}`, words: `${x.toFixed(1)} across, ${y.toFixed(1)} up`,
        x: plane.x(x), y: plane.y(y), look: "spot",
        drag: (px, py) => put(row, plane.fromX(px), plane.fromY(py)),
        nudge: (right, up, far) => put(row, x + (right * (far ? 10 : 1) * (x1 - x0)) / 100, y + (up * (far ? 10 : 1) * (y1 - y0)) / 100),
      }));
    }
    if (state.by === "density") {
      const [x, y] = points[state.at]!;
      const nearest = (spot: Point): number => {
        const gaps = points.map((point) => squared(point, spot));
        return gaps.indexOf(Math.min(...gaps));
      };
      return [{
        name: "reach", label: "The circle", words: `${found.flood?.crowd[state.at]} points in it`,
        x: plane.x(x), y: plane.y(y), look: "spot",
        drag: (px, py) => ({ ...state, at: nearest([plane.fromX(px), plane.fromY(py)]) }),
        nudge: (right, up, far) => ({ ...state, at: clamp(state.at + (right + up) * (far ? 10 : 1), 0, points.length - 1) }),
      }];
    }
    const { heights } = treeOf(state, figure);
    const top = heights[heights.length - 1]!;
    return [{
      name: "cut", label: "The cut", words: `${many(found.count, "cluster")} at a height of ${state.height.toFixed(2)}`,
      x: tree.right + 14, y: tree.y(Math.min(state.height, 1.1 * top)), look: "grip",
      drag: (_px, py) => ({ ...state, height: tree.fromY(py) }),
      nudge: (_right, up, far) => ({ ...state, height: state.height + (up * (far ? 10 : 1) * top) / 100 }),
    }];
  },

  stops: [
    { chapter: "two_steps_in_the_plane", words: "A start on three flowers", state: { spots: [1.3, 0.2, 1.3, 0.4, 4.9, 1.8] } },
    { chapter: "inertia_goes_down", words: "Converged: neither step lowers inertia", state: { spots: [1.462, 0.246, 4.269, 1.342, 5.596, 2.037] } },
    { chapter: "a_bad_start_gets_stuck", words: "Stuck: one centroid serves two crowds", state: { data: "crowds", k: 5, spots: [-2.567, -2.152, -4.28, 2.142, 2.923, -0.145, -0.475, 3.232, -3.855, 3.182] } },
    { chapter: "water_runs", words: "Two moons flooded", state: { data: "moons", by: "density", eps: 0.18 } },
    { chapter: "water_runs", words: "Too small a reach: crumbs", state: { data: "moons", by: "density", eps: 0.05 } },
    { chapter: "linkage_decides", words: "The irises by Ward, cut in two", state: { by: "merges", height: 20.4 } },
    { chapter: "linkage_decides", words: "Single linkage chains through strays", state: { data: "moons", by: "merges", linkage: "single", height: 0.545 } },
  ],

  quests: [
    {
      words: "Let K-means converge on the five crowds with five centroids, and be wrong.",
      found: (state, { rest, cost, least }) => state.by === "centroids" && state.data === "crowds" && state.k === 5 && rest && cost > 1.01 * least,
    },
    {
      words: "Reach the lowest inertia that was found for six centroids on the irises.",
      found: (state, { cost, least }) => state.by === "centroids" && state.data === "irises" && state.k === 6 && cost < 1.001 * least,
    },
    {
      words: "Find a reach at which one bridge joins both moons.",
      found: (state, { flood, count, labels }) => state.data === "moons" && flood !== null && count === 1 && state.minimum === 5 && labels.filter((label) => label === 0).length > 300,
    },
    {
      words: "Cut the irises’ tree by Ward so that three clusters are left.",
      found: (state, { count }) => state.by === "merges" && state.data === "irises" && state.linkage === "ward" && count === 3,
    },
  ],
};
