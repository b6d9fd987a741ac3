// Classification trees on two features: scenes/maths/decision_trees/tree.py in the browser.
//
// Source: Breiman, Friedman, Olshen & Stone, Classification and Regression Trees (1984), chapters 2 and 3.

export type Points = readonly (readonly number[])[];
export type Counts = readonly number[];
export type Criterion = "gini" | "entropy";

export interface Node {
  readonly parent: number;
  readonly depth: number;
  /** Rows of each class that reach it. */
  readonly counts: Counts;
  /** The question: is the feature `column` at most `threshold`?  -1 for a leaf. */
  readonly column: number;
  readonly threshold: number;
  /** Numbers of its children; -1 for a leaf. */
  readonly below: number;
  readonly above: number;
  /** What its question takes off the impurity of the whole tree, weighted by the share of rows that reach it. */
  readonly gain: number;
}

/** Nodes from the root, 0, each before its children, those below the threshold first. */
export type Tree = readonly Node[];

const sum = (counts: Counts): number => counts.reduce((total, count) => total + count, 0);

export const IMPURITY: Readonly<Record<Criterion, (counts: Counts) => number>> = {
  gini: (counts) => {
    const total = sum(counts);
    return 1 - counts.reduce((alike, count) => alike + (count / total) ** 2, 0);
  },
  entropy: (counts) => {
    const total = sum(counts);
    return counts.reduce((bits, count) => (count ? bits - (count / total) * Math.log2(count / total) : bits), 0);
  },
};

interface Split {
  readonly column: number;
  readonly threshold: number;
  readonly gain: number;
}

/** Differences of gains that rounding makes are none. */
const HAIR = 1e-12;

/** The split of `rows` that takes off most; of equal ones the first.  Null where all rows lie on one spot. */
export function bestSplit(points: Points, kinds: readonly number[], rows: readonly number[], classes: number, criterion: Criterion): Split | null {
  const measure = IMPURITY[criterion];
  const whole = new Array<number>(classes).fill(0);
  for (const row of rows) whole[kinds[row]!]! += 1;
  const before = measure(whole);
  let best: Split | null = null;
  for (let column = 0; column < (points[0]?.length ?? 0); column++) {
    const ranked = [...rows].sort((a, b) => points[a]![column]! - points[b]![column]!);
    const below = new Array<number>(classes).fill(0);
    const above = [...whole];
    for (let at = 0; at + 1 < ranked.length; at++) {
      const kind = kinds[ranked[at]!]!;
      below[kind]! += 1;
      above[kind]! -= 1;
      const [here, next] = [points[ranked[at]!]![column]!, points[ranked[at + 1]!]![column]!];
      if (here === next) continue;
      const share = (at + 1) / ranked.length;
      const gain = before - share * measure(below) - (1 - share) * measure(above);
      if (!best || gain > best.gain + HAIR) best = { column, threshold: (here + next) / 2, gain };
    }
  }
  return best;
}

/** The greedy tree on `rows`, which may name a row more than once, at most `depth` deep. */
export function grow(
  points: Points, kinds: readonly number[], rows: readonly number[], classes: number, criterion: Criterion, depth: number,
): Tree {
  const nodes: Node[] = [];
  const add = (own: readonly number[], parent: number, level: number): number => {
    const counts = new Array<number>(classes).fill(0);
    for (const row of own) counts[kinds[row]!]! += 1;
    const number = nodes.length;
    const leaf: Node = { parent, depth: level, counts, column: -1, threshold: 0, below: -1, above: -1, gain: 0 };
    nodes.push(leaf);
    const split = level < depth && IMPURITY[criterion](counts) > HAIR ? bestSplit(points, kinds, own, classes, criterion) : null;
    if (!split) return number;
    const low = own.filter((row) => points[row]![split.column]! <= split.threshold);
    const high = own.filter((row) => points[row]![split.column]! > split.threshold);
    const below = add(low, number, level + 1);
    const above = add(high, number, level + 1);
    nodes[number] = { ...leaf, column: split.column, threshold: split.threshold, below, above, gain: (split.gain * own.length) / rows.length };
    return number;
  };
  add(rows, -1, 0);
  return nodes;
}

/** Numbers of the nodes that still ask when a leaf costs `price`: weakest-link pruning. */
export function prune(tree: Tree, price: number): ReadonlySet<number> {
  const asking = new Set(tree.keys());
  for (const [number, node] of tree.entries()) if (node.below < 0) asking.delete(number);
  for (;;) {
    // A child has a larger number than its parent: from the last one up, what is below is known.
    const saved = new Array<number>(tree.length).fill(0);
    const splits = new Array<number>(tree.length).fill(0);
    let [weakest, least] = [-1, Infinity];
    for (let number = tree.length - 1; number >= 0; number--) {
      if (!asking.has(number)) continue;
      const { below, above, gain } = tree[number]!;
      saved[number] = gain + saved[below]! + saved[above]!;
      splits[number] = 1 + splits[below]! + splits[above]!;
      const each = saved[number]! / splits[number]!;
      if (each <= least) [weakest, least] = [number, each];
    }
    if (weakest < 0 || least > price * (1 + 1e-6) + HAIR) return asking;
    for (const number of under(tree, weakest)) asking.delete(number);
  }
}

function under(tree: Tree, number: number): number[] {
  const { below, above } = tree[number]!;
  return below < 0 ? [number] : [number, ...under(tree, below), ...under(tree, above)];
}

/** Nodes from the root to the leaf into which a place falls, if only those `asking` ask. */
export function way(tree: Tree, asking: ReadonlySet<number>, point: readonly number[]): number[] {
  const found = [0];
  for (let number = 0; asking.has(number); found.push(number)) {
    const node = tree[number]!;
    number = (point[node.column] ?? 0) <= node.threshold ? node.below : node.above;
  }
  return found;
}

/** The class of most rows; the lowest of several. */
export const verdict = (counts: Counts): number => counts.indexOf(Math.max(...counts));

/** Share of `rows` that the tree has right. */
export function accuracy(tree: Tree, asking: ReadonlySet<number>, points: Points, kinds: readonly number[], rows: readonly number[]): number {
  const right = rows.filter((row) => verdict(tree[way(tree, asking, points[row]!).at(-1)!]!.counts) === kinds[row]);
  return right.length / rows.length;
}
