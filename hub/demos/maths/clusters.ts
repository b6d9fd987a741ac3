// Three ways to group points: nearest centroid, density, merges.  scenes/maths/clustering has the same.

import type { Point } from "../frame/svg";

export const squared = ([ax, ay]: Point, [bx, by]: Point): number => (ax - bx) ** 2 + (ay - by) ** 2;

// --- K-means -----------------------------------------------------------------------------------------------------

/** For each point the number of its nearest centroid: the assignment step. */
export function assign(points: readonly Point[], centroids: readonly Point[]): number[] {
  return points.map((point) => {
    let nearest = 0;
    centroids.forEach((centroid, number) => {
      if (squared(point, centroid) < squared(point, centroids[nearest]!)) nearest = number;
    });
    return nearest;
  });
}

/** The mean of each cluster: the update step.  A centroid without points stays where it is. */
export function update(points: readonly Point[], labels: readonly number[], centroids: readonly Point[]): Point[] {
  return centroids.map((centroid, number) => {
    const own = points.filter((_point, row) => labels[row] === number);
    if (!own.length) return centroid;
    const [x, y] = own.reduce<Point>(([sx, sy], [px, py]) => [sx + px, sy + py], [0, 0]);
    return [x / own.length, y / own.length];
  });
}

export const inertia = (points: readonly Point[], labels: readonly number[], centroids: readonly Point[]): number =>
  points.reduce((total, point, row) => total + squared(point, centroids[labels[row]!]!), 0);

/** Assignment and update in turn, until nothing changes. */
export function run(points: readonly Point[], start: readonly Point[]): readonly Point[] {
  let centroids = start;
  for (let round = 0; round < 300; round++) {
    const moved = update(points, assign(points, centroids), centroids);
    if (moved.every((spot, number) => squared(spot, centroids[number]!) < 1e-16)) break;
    centroids = moved;
  }
  return centroids;
}

/** The corners of the part of a box that is nearer to one centroid than to each other one. */
export function cell(centroids: readonly Point[], which: number, [x0, x1]: Point, [y0, y1]: Point): readonly Point[] {
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

export type Kind = "noise" | "border" | "core";

export interface Flood {
  /** The cluster of each point, −1 for noise. */
  readonly labels: readonly number[];
  readonly kinds: readonly Kind[];
  readonly count: number;
  /** How many points lie in each point's neighbourhood, itself counted. */
  readonly crowd: readonly number[];
}

export function dbscan(points: readonly Point[], eps: number, minPoints: number): Flood {
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
export interface Tree {
  /** The branch of each point, from the left. */
  readonly branches: readonly number[];
  /** The merges of these branches: which two, branches first, then earlier merges; and how high. */
  readonly pairs: readonly Point[];
  readonly heights: readonly number[];
}

/** The cluster of each branch when the tree is cut at a height, numbered from the left; and how many there are. */
export function cut({ pairs, heights }: Tree, height: number): { readonly owner: readonly number[]; readonly count: number } {
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
export function brackets({ pairs, heights }: Tree): readonly (readonly Point[])[] {
  const branches = pairs.length + 1;
  const feet: Point[] = Array.from({ length: branches }, (_none, branch): Point => [branch, 0]);
  return pairs.map(([a, b], step) => {
    const [left, right] = feet[a]![0] < feet[b]![0] ? [feet[a]!, feet[b]!] : [feet[b]!, feet[a]!];
    const top = heights[step]!;
    feet.push([(left[0] + right[0]) / 2, top]);
    return [left, [left[0], top], [right[0], top], right];
  });
}
