// Linear maps of the plane: scenes/maths/linear.py in the browser (Strang 2016, chapters 5 to 7; Blinn 1996).

/** [[a, b], [c, d]] as a, b, c, d: the columns are where the two unit arrows land. */
export type Matrix = readonly [number, number, number, number];
export type Vector = readonly [number, number];

export const apply = ([a, b, c, d]: Matrix, [x, y]: Vector): Vector => [a * x + b * y, c * x + d * y];

/** The matrix a share of the way from no move at all, entry by entry. */
export const partOf = ([a, b, c, d]: Matrix, share: number): Matrix => [
  1 + share * (a - 1), share * b, share * c, 1 + share * (d - 1),
];

/** Signed area of the image of the unit square. */
export const area = ([a, b, c, d]: Matrix): number => a * d - b * c;

const EPSILON = 1e-9;

/** The lines that a matrix keeps: two, one (a shear), all (a multiple of the identity), or none (a turn). */
export type Kept =
  | { readonly kind: "two"; readonly values: Vector; readonly vectors: readonly [Vector, Vector] }
  | { readonly kind: "one"; readonly value: number; readonly vector: Vector }
  | { readonly kind: "all"; readonly value: number }
  | { readonly kind: "none" };

export function kept(matrix: Matrix): Kept {
  const [a, b, c, d] = matrix;
  const half = (a + d) / 2;
  const square = half * half - area(matrix);
  if (square < -EPSILON) return { kind: "none" };
  if (square <= EPSILON) {
    if (Math.hypot(b, c, a - d) < EPSILON) return { kind: "all", value: half };
    return { kind: "one", value: half, vector: line(matrix, half) };
  }
  const root = Math.sqrt(square);
  const values: Vector = Math.abs(half + root) >= Math.abs(half - root) ? [half + root, half - root] : [half - root, half + root];
  return { kind: "two", values, vectors: [line(matrix, values[0]), line(matrix, values[1])] };
}

/** The unit vector that `matrix - value` sends to zero: at right angles to its rows, x not negative. */
function line([a, b, c, d]: Matrix, value: number): Vector {
  const [p, q] = Math.hypot(a - value, b) >= Math.hypot(c, d - value) ? [a - value, b] : [c, d - value];
  const length = Math.hypot(p, q);
  const [x, y] = [-q / length, p / length];
  return x > 0 || (x === 0 && y > 0) ? [x + 0, y + 0] : [-x + 0, -y + 0];
}

export interface Steps {
  /** Singular values, the larger first, the second negative where the plane is turned over. */
  readonly stretch: Vector;
  /** The unit vector that is lengthened most, and where it points afterwards; radians. */
  readonly from: number;
  readonly to: number;
}

/** The turn, the stretch and the turn that make a matrix. */
export function takeApart([a, b, c, d]: Matrix): Steps {
  const one = Math.hypot(a + d, c - b) / 2;
  const other = Math.hypot(a - d, c + b) / 2;
  const both = Math.atan2(c - b, a + d);
  const apart = Math.atan2(c + b, a - d);
  let [first, last] = [(both - apart) / 2, (both + apart) / 2];
  if (first < -Math.PI / 2 || first >= Math.PI / 2) [first, last] = [first + Math.PI, last + Math.PI];
  return { stretch: [one + other, one - other], from: -first, to: last };
}

/** How many directions are left. */
export const rank = (matrix: Matrix): number =>
  takeApart(matrix).stretch.filter((stretch) => Math.abs(stretch) > EPSILON).length;

/** Degrees between the line of a vector and the line of its image, 0 to 90. */
export function swing(matrix: Matrix, vector: Vector): number {
  const image = apply(matrix, vector);
  const turned = ((Math.atan2(image[1], image[0]) - Math.atan2(vector[1], vector[0])) * 180) / Math.PI;
  return Math.abs(((((turned + 90) % 180) + 180) % 180) - 90);
}
