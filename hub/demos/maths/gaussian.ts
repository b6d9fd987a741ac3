// A Gaussian process with a fixed kernel, and expected improvement: scenes/maths/hyperparameter_tuning/surrogate.py in the
// browser (Rasmussen & Williams 2006, section 2.2; Jones et al. 1998).

const SPREAD = 0.4;
const JITTER = 1e-4;
const LEAST = 1e-12;

export interface Belief {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

const height = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** The chance that a standard normal number is at most z: a series in the middle, a continued fraction in the tails. */
export function normal(z: number): number {
  const far = Math.abs(z);
  if (far > 3) {
    let below = far;
    for (let step = 200; step > 0; step--) below = far + step / below;
    const tail = height(far) / below;
    return z < 0 ? tail : 1 - tail;
  }
  let [term, sum] = [z, z];
  for (let step = 1; step < 80; step++) {
    term *= (z * z) / (2 * step + 1);
    sum += term;
  }
  return 0.5 + height(z) * sum;
}

function covariance(left: readonly number[], right: readonly number[], lengths: readonly number[]): number {
  const square = left.reduce((sum, value, side) => sum + ((value - right[side]!) / lengths[side]!) ** 2, 0);
  return SPREAD ** 2 * Math.exp(-0.5 * square);
}

/** The lower triangle whose product with its mirror image is a positive definite `matrix` (Cholesky). */
function triangle(matrix: readonly (readonly number[])[]): number[][] {
  const found = matrix.map((row) => row.map(() => 0));
  matrix.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      let rest = row[j]!;
      for (let k = 0; k < j; k++) rest -= found[i]![k]! * found[j]![k]!;
      found[i]![j] = i === j ? Math.sqrt(rest) : rest / found[j]![j]!;
    }
  });
  return found;
}

/** The solution of lower · x = right. */
function forward(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
  const found: number[] = [];
  lower.forEach((row, i) => {
    let rest = right[i]!;
    for (let k = 0; k < i; k++) rest -= row[k]! * found[k]!;
    found.push(rest / row[i]!);
  });
  return found;
}

/** Mean and standard deviation at `places` after `trials` with `scores`; the mean before them is that of the scores. */
export function posterior(
  trials: readonly (readonly number[])[], scores: readonly number[], places: readonly (readonly number[])[], lengths: readonly number[],
): Belief {
  const level = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const lower = triangle(trials.map((one, i) => trials.map((other, j) => covariance(one, other, lengths) + (i === j ? JITTER : 0))));
  const news = forward(lower, scores.map((score) => score - level));
  const [mean, deviation]: [number[], number[]] = [[], []];
  for (const place of places) {
    const across = forward(lower, trials.map((trial) => covariance(place, trial, lengths)));
    mean.push(level + across.reduce((sum, value, at) => sum + value * news[at]!, 0));
    deviation.push(Math.sqrt(Math.max(SPREAD ** 2 - across.reduce((sum, value) => sum + value * value, 0), LEAST)));
  }
  return { mean, deviation };
}

/** By how much a trial at each place beats the best so far, on average, a miss counting zero. */
export function expectedImprovement({ mean, deviation }: Belief, best: number): number[] {
  return mean.map((value, at) => {
    const gain = value - best;
    const z = gain / deviation[at]!;
    return gain * normal(z) + deviation[at]! * height(z);
  });
}
