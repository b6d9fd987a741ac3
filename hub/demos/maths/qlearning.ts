// Q-learning in a table: scenes/maths/qlearning.py in the browser, with the same random numbers (Watkins & Dayan 1992).

import type { Table, World } from "./gridworld";
import { best } from "./gridworld";
import { Random } from "./random";

export type Curiosity = (trip: number) => number;

/** The share of moves that are drawn at random, by trip, counted from 1. */
export const SCHEDULES: { readonly [name: string]: Curiosity } = {
  greedy: () => 0,
  tenth: () => 0.1,
  wander: (trip) => (trip <= 50 ? 1 : 1 - (0.9 * (trip - 50)) / 150),
};

/** `tiles` in the order they were stood on, one more than the `moves` between them. */
export interface Trip {
  readonly tiles: readonly number[];
  readonly moves: readonly number[];
}

export interface Run {
  /** Q before the first trip and after each. */
  readonly tables: readonly Table[];
  readonly trips: readonly Trip[];
}

export interface Terms {
  readonly seed: number;
  readonly curiosity: Curiosity;
  readonly trips: number;
  readonly rate: number;
  readonly discount: number;
  /** Moves after which a trip is broken off. */
  readonly longest: number;
}

/** Pull Q(here, move) part of the way to what was found; returns the tile that the move leads to. */
export function pull(world: World, q: Table, here: number, move: number, rate: number, discount: number): number {
  const there = world.after[here]?.[move] ?? here;
  const target = (world.reward[here]?.[move] ?? 0) + discount * best(q, there);
  const at = 4 * here + move;
  q[at] = (q[at] ?? 0) + rate * (target - (q[at] ?? 0));
  return there;
}

export function learn(world: World, terms: Terms): Run {
  const random = new Random(terms.seed);
  const q = new Float64Array(4 * world.tiles.length);
  const tables = [q.slice()];
  const trips: Trip[] = [];
  for (let trip = 1; trip <= terms.trips; trip++) {
    let here = random.choice(world.live);
    const tiles = [here];
    const moves: number[] = [];
    while (!world.ends[here] && moves.length < terms.longest) {
      const move = choose(q, here, terms.curiosity(trip), random);
      here = pull(world, q, here, move, terms.rate, terms.discount);
      tiles.push(here);
      moves.push(move);
    }
    tables.push(q.slice());
    trips.push({ tiles, moves });
  }
  return { tables, trips };
}

/** Any move with the chance `epsilon`, else one of the best. */
function choose(q: Table, tile: number, epsilon: number, random: Random): number {
  if (random.random() < epsilon) return random.integer(4);
  const highest = best(q, tile);
  return random.choice([0, 1, 2, 3].filter((move) => q[4 * tile + move] === highest));
}

/** The run that made these moves: no number is drawn. */
export function retrace(
  world: World, starts: readonly number[], moves: readonly string[], rate: number, discount: number,
): Run {
  const q = new Float64Array(4 * world.tiles.length);
  const tables = [q.slice()];
  const trips = starts.map((start, index) => {
    const taken = [...(moves[index] ?? "")].map(Number);
    const tiles = [start];
    for (const move of taken) tiles.push(pull(world, q, tiles[tiles.length - 1] ?? start, move, rate, discount));
    tables.push(q.slice());
    return { tiles, moves: taken };
  });
  return { tables, trips };
}

/** Q after `moves` moves of the trip that follows table number `trip`. */
export function within(world: World, run: Run, trip: number, moves: number, rate: number, discount: number): Table {
  const q = (run.tables[trip] ?? new Float64Array(4 * world.tiles.length)).slice();
  const made = run.trips[trip];
  for (let step = 0; made && step < Math.min(moves, made.moves.length); step++) {
    pull(world, q, made.tiles[step] ?? 0, made.moves[step] ?? 0, rate, discount);
  }
  return q;
}

/** Largest |Q - truth|. */
export function worst(q: Table, truth: Table): number {
  let found = 0;
  for (let at = 0; at < q.length; at++) found = Math.max(found, Math.abs((q[at] ?? 0) - (truth[at] ?? 0)));
  return found;
}
