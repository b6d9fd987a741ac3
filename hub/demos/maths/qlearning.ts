// Q-learning in a table, dry or on ice: scenes/maths/qlearning.py and ice.py in the browser, with the same random numbers
// (Watkins & Dayan 1992).

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

/** How far a number is pulled that is pulled for the N-th time. */
export type Rate = (visits: number) => number;

export const steady = (rate: number): Rate => () => rate;
/** N to the power -`power`: all of the way at first, and ever less. */
export const fading = (power: number): Rate => (visits) => visits ** -power;

/** `tiles` in the order they were stood on, one more than the `moves` that were meant between them, and where those
 * `went`: elsewhere where they slipped. */
export interface Trip {
  readonly tiles: readonly number[];
  readonly moves: readonly number[];
  readonly went: readonly number[];
}

/** What is learnt: Q, and how often each of its numbers was pulled. */
export interface Learnt {
  readonly q: Table;
  readonly visits: Uint32Array;
}

export interface Run {
  /** Before the first trip and after each. */
  readonly tables: readonly Learnt[];
  readonly trips: readonly Trip[];
}

export interface Terms {
  readonly seed: number;
  readonly curiosity: Curiosity;
  readonly trips: number;
  readonly rate: Rate;
  readonly discount: number;
  /** Share of the moves that go astray. */
  readonly slip: number;
  /** Moves after which a trip is broken off. */
  readonly longest: number;
}

const blank = (world: World): Learnt => ({
  q: new Float64Array(4 * world.tiles.length), visits: new Uint32Array(4 * world.tiles.length),
});
const copy = ({ q, visits }: Learnt): Learnt => ({ q: q.slice(), visits: visits.slice() });

/** Pull Q(here, move) part of the way to what was found where the courier `went`; returns the tile it stands on then. */
function pull(world: World, { q, visits }: Learnt, here: number, move: number, went: number, rate: Rate, discount: number): number {
  const there = world.after[here]?.[went] ?? here;
  const target = (world.reward[here]?.[went] ?? 0) + discount * best(q, there);
  const at = 4 * here + move;
  visits[at] = (visits[at] ?? 0) + 1;
  q[at] = (q[at] ?? 0) + rate(visits[at] ?? 1) * (target - (q[at] ?? 0));
  return there;
}

export function learn(world: World, terms: Terms): Run {
  const random = new Random(terms.seed);
  const learnt = blank(world);
  const tables = [copy(learnt)];
  const trips: Trip[] = [];
  for (let trip = 1; trip <= terms.trips; trip++) {
    let here = random.choice(world.live);
    const tiles = [here];
    const [moves, ways]: [number[], number[]] = [[], []];
    while (!world.ends[here] && moves.length < terms.longest) {
      const move = choose(learnt.q, here, terms.curiosity(trip), random);
      const went = goAstray(move, terms.slip, random);
      here = pull(world, learnt, here, move, went, terms.rate, terms.discount);
      tiles.push(here);
      moves.push(move);
      ways.push(went);
    }
    tables.push(copy(learnt));
    trips.push({ tiles, moves, went: ways });
  }
  return { tables, trips };
}

/** Any move with the chance `epsilon`, else one of the best. */
function choose(q: Table, tile: number, epsilon: number, random: Random): number {
  if (random.random() < epsilon) return random.integer(4);
  const highest = best(q, tile);
  return random.choice([0, 1, 2, 3].filter((move) => q[4 * tile + move] === highest));
}

/** Where a move goes: to its left or its right with the chance `slip` / 2 each.  No dice on dry ground. */
function goAstray(move: number, slip: number, random: Random): number {
  if (slip === 0) return move;
  const fall = random.random();
  if (fall < slip / 2) return (move + 3) % 4;
  return fall < slip ? (move + 1) % 4 : move;
}

/** The run on dry ground that made these moves: no number is drawn. */
export function retrace(
  world: World, starts: readonly number[], moves: readonly string[], rate: Rate, discount: number,
): Run {
  const learnt = blank(world);
  const tables = [copy(learnt)];
  const trips = starts.map((start, index) => {
    const taken = [...(moves[index] ?? "")].map(Number);
    const tiles = [start];
    for (const move of taken) tiles.push(pull(world, learnt, tiles[tiles.length - 1] ?? start, move, move, rate, discount));
    tables.push(copy(learnt));
    return { tiles, moves: taken, went: taken };
  });
  return { tables, trips };
}

/** Q after `moves` moves of the trip that follows table number `trip`. */
export function within(world: World, run: Run, trip: number, moves: number, rate: Rate, discount: number): Table {
  const learnt = copy(run.tables[trip] ?? blank(world));
  const made = run.trips[trip];
  for (let step = 0; made && step < Math.min(moves, made.moves.length); step++) {
    const [move, went] = [made.moves[step] ?? 0, made.went[step] ?? 0];
    pull(world, learnt, made.tiles[step] ?? 0, move, went, rate, discount);
  }
  return learnt.q;
}

/** Largest |Q - truth|. */
export function worst(q: Table, truth: Table): number {
  let found = 0;
  for (let at = 0; at < q.length; at++) found = Math.max(found, Math.abs((q[at] ?? 0) - (truth[at] ?? 0)));
  return found;
}
