// Support vector machines and neighbours for some hundred points of the plane: scenes/maths/svm.py in the browser.
//
// Sources: Platt, Fast training of SVMs (1999); Fan, Chen & Lin, Working set selection using second order information
// (JMLR 6, 2005); Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, sections 12.2, 12.3 and 13.3.

export type Points = readonly (readonly number[])[];
export type Kernel = (ax: number, ay: number, bx: number, by: number) => number;

export const linear: Kernel = (ax, ay, bx, by) => ax * bx + ay * by;
/** exp(-gamma |a - b|^2) */
export const radial = (gamma: number): Kernel => (ax, ay, bx, by) =>
  Math.exp(-gamma * ((ax - bx) ** 2 + (ay - by) ** 2));

export interface Street {
  /** Forces, at least 0 and at most the price; those of coinciding points of one side are even. */
  readonly alpha: Float64Array;
  readonly b: number;
  /** Levels of the points it was fitted to: 0 on the centre line, -1 and +1 on the kerbs. */
  readonly levels: Float64Array;
  /** sum alpha - alpha K alpha / 2 */
  readonly dual: number;
  /** Level of any place. */
  level(x: number, y: number): number;
}

/** How far the pulls of two points may differ at the end, in levels. */
const TOLERANCE = 1e-5;
const STEPS = 40_000;

/** Minimises |w|^2 / 2 + C sum xi in the kernel's space, by pairs of forces; `sides` are -1 and +1. */
export function fit(points: Points, sides: readonly number[], kernel: Kernel, price: number): Street {
  const n = points.length;
  const xs = Float64Array.from(points, (p) => p[0] ?? 0);
  const ys = Float64Array.from(points, (p) => p[1] ?? 0);
  const y = Float64Array.from(sides);
  const K = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) K[i * n + j] = K[j * n + i] = kernel(xs[i]!, ys[i]!, xs[j]!, ys[j]!);
  }
  const alpha = new Float64Array(n);
  const force = pushForces(K, y, price, alpha);
  share(points, sides, alpha);
  const held = [...alpha.keys()].filter((row) => alpha[row]! > 0);
  const levels = Float64Array.from(y, (side, row) => side - force.pull[row]! + force.b);
  let dual = 0;
  for (let row = 0; row < n; row++) {
    // alpha K alpha, from the pull that the forces leave: K (alpha y) = y - pull
    dual += alpha[row]! * (1 - (y[row]! * (y[row]! - force.pull[row]!)) / 2);
  }
  return {
    alpha,
    b: force.b,
    levels,
    dual,
    level(px, py) {
      let sum = force.b;
      for (const row of held) sum += alpha[row]! * y[row]! * kernel(xs[row]!, ys[row]!, px, py);
      return sum;
    },
  };
}

/** Sequential minimal optimisation, in place; `pull` is what each point's side still asks for: y - K (alpha y). */
function pushForces(
  K: Float64Array, y: Float64Array, price: number, alpha: Float64Array,
): { pull: Float64Array; b: number } {
  const n = y.length;
  const pull = y.slice();
  let [most, least] = [0, 0];
  for (let step = 0; step < STEPS; step++) {
    let i = -1;
    most = -Infinity;
    least = Infinity;
    for (let t = 0; t < n; t++) {
      const grows = y[t]! > 0 ? alpha[t]! < price : alpha[t]! > 0;
      const shrinks = y[t]! < 0 ? alpha[t]! < price : alpha[t]! > 0;
      if (grows && pull[t]! > most) [most, i] = [pull[t]!, t];
      if (shrinks && pull[t]! < least) least = pull[t]!;
    }
    if (i < 0 || most - least < TOLERANCE) break;
    let j = -1;
    let gain = 0;
    for (let t = 0; t < n; t++) {
      const shrinks = y[t]! < 0 ? alpha[t]! < price : alpha[t]! > 0;
      const gap = most - pull[t]!;
      if (!shrinks || gap <= 0) continue;
      const bend = Math.max(K[i * n + i]! + K[t * n + t]! - 2 * K[i * n + t]!, 1e-12);
      if ((gap * gap) / bend > gain) [gain, j] = [(gap * gap) / bend, t];
    }
    if (j < 0) break;
    const bend = Math.max(K[i * n + i]! + K[j * n + j]! - 2 * K[i * n + j]!, 1e-12);
    const stride = Math.min(
      (most - pull[j]!) / bend,
      y[i]! > 0 ? price - alpha[i]! : alpha[i]!,
      y[j]! < 0 ? price - alpha[j]! : alpha[j]!,
    );
    alpha[i] = bounded(alpha[i]! + y[i]! * stride, price);
    alpha[j] = bounded(alpha[j]! - y[j]! * stride, price);
    for (let t = 0; t < n; t++) pull[t]! -= stride * (K[i * n + t]! - K[j * n + t]!);
  }
  return { pull, b: (most + least) / 2 };
}

/** Rounding must leave no force a hair from its bound, or it would be pushed there for ever. */
const bounded = (value: number, price: number): number =>
  value < 1e-12 * price ? 0 : value > price * (1 - 1e-12) ? price : value;

/** Even out the forces of points that coincide: only their sum is determined. */
function share(points: Points, sides: readonly number[], alpha: Float64Array): void {
  const twins = new Map<string, number[]>();
  points.forEach((point, row) => {
    const key = `${point[0]},${point[1]},${sides[row]}`;
    twins.set(key, [...(twins.get(key) ?? []), row]);
  });
  for (const rows of twins.values()) {
    const even = rows.reduce((sum, row) => sum + alpha[row]!, 0) / rows.length;
    for (const row of rows) alpha[row] = even;
  }
}

// --- neighbours ------------------------------------------------------------------------------------------------

/** Finer than this, distances count as equal, whatever the last bits say. */
const GRAIN = 1e9;

/** How far (dx, dy) leads. */
export type Ruler = (dx: number, dy: number) => number;

/** As the crow flies; by steps along the axes; by the longer step alone. */
export const RULERS = {
  straight: (dx, dy) => Math.hypot(dx, dy),
  steps: (dx, dy) => Math.abs(dx) + Math.abs(dy),
  longest: (dx, dy) => Math.max(Math.abs(dx), Math.abs(dy)),
} as const satisfies { readonly [name: string]: Ruler };

/** Who is near a place: rows from near to far (of equals the earlier), and distances by row. */
export interface Order {
  readonly rows: ArrayLike<number>;
  readonly distance: Float64Array;
}

/** The order of at most 256 points around a place. */
export function ranked(points: Points, x: number, y: number, ruler: Ruler = RULERS.straight): Order {
  const n = points.length;
  const distance = new Float64Array(n);
  // Row and distance in one number: plain numbers are sorted many times faster than rows with a rule.
  const keys = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const point = points[row]!;
    const far = Math.round(ruler(point[0]! - x, point[1]! - y) * GRAIN);
    distance[row] = far / GRAIN;
    keys[row] = far * 256 + row;
  }
  keys.sort();
  const rows = new Uint8Array(n);
  for (let place = 0; place < n; place++) rows[place] = keys[place]! % 256;
  return { rows, distance };
}

/** Shares of the classes among the `k` nearest; points that tie for the last places share them. */
export function vote(
  order: Order,
  kinds: readonly number[],
  k: number,
  classes: number,
): number[] {
  const rim = order.distance[order.rows[k - 1]!]!;
  const inside = new Array<number>(classes).fill(0);
  const tied = new Array<number>(classes).fill(0);
  let [within, rest] = [0, 0];
  for (let place = 0; place < order.rows.length; place++) {
    const row = order.rows[place]!;
    const distance = order.distance[row]!;
    if (distance > rim) break;
    if (distance < rim) [inside[kinds[row]!]!, within] = [inside[kinds[row]!]! + 1, within + 1];
    else [tied[kinds[row]!]!, rest] = [tied[kinds[row]!]! + 1, rest + 1];
  }
  return inside.map((count, kind) => (count + (tied[kind]! * (k - within)) / rest) / k);
}

/** The class with most votes; sums that differ by rounding only are tied, and the lower class has it. */
export function winner(shares: readonly number[]): number {
  let found = 0;
  shares.forEach((share, kind) => {
    if (share > shares[found]! + 1e-9) found = kind;
  });
  return found;
}
