// Choosing the next word: scenes/maths/sampling.py in the browser (Fan et al. 2018, section 5; Holtzman et al. 2020).

import { Random } from "./random";

/** Chances of `logits` divided by a positive temperature. */
export function warm(logits: readonly number[], temperature: number): number[] {
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - highest) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** Rows from likely to unlikely; of equals the earlier first. */
export const ranking = (chances: readonly number[]): number[] =>
  [...chances.keys()].sort((a, b) => chances[b]! - chances[a]! || a - b);

export function keepTopK(chances: readonly number[], k: number): boolean[] {
  const kept = new Set(ranking(chances).slice(0, k));
  return chances.map((_, row) => kept.has(row));
}

/** The fewest of the likeliest that hold `p` of the chance. */
export function keepTopP(chances: readonly number[], p: number): boolean[] {
  const kept = chances.map(() => false);
  let before = 0;
  for (const row of ranking(chances)) {
    if (before >= p - 1e-12) break;
    kept[row] = true;
    before += chances[row]!;
  }
  return kept;
}

/** Chances shared out anew among those kept, in their old proportions. */
export function shareAgain(chances: readonly number[], kept: readonly boolean[]): number[] {
  const left = chances.map((chance, row) => (kept[row] ? chance : 0));
  const sum = left.reduce((a, b) => a + b, 0);
  return left.map((chance) => chance / sum);
}

/** Entropy in bits. */
export const bits = (chances: readonly number[]): number =>
  chances.reduce((sum, chance) => (chance > 0 ? sum - chance * Math.log2(chance) : sum), 0);

/** How often each was drawn in `count` draws. */
export function draw(chances: readonly number[], count: number, seed: number): number[] {
  const random = new Random(seed);
  const counts = chances.map(() => 0);
  for (let n = 0; n < count; n++) {
    const at = random.random();
    let sum = 0;
    let row = 0;
    while (row < chances.length - 1 && (sum += chances[row]!) <= at) row++;
    counts[row]! += 1;
  }
  return counts;
}
