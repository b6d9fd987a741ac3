// A grid world and its exact answer, dry or on ice: scenes/maths/gridworld.py and ice.py in the browser (Sutton & Barto
// 2018, section 4.4).

/** North, east, south, west as steps of (row, column). */
export const MOVES = [[-1, 0], [0, 1], [1, 0], [0, -1]] as const;

export interface World {
  /** (row, column) of every open tile, row by row. */
  readonly tiles: readonly (readonly [number, number])[];
  /** By tile and move: where it leads, and what it pays. */
  readonly after: readonly (readonly number[])[];
  readonly reward: readonly (readonly number[])[];
  readonly ends: readonly boolean[];
  readonly live: readonly number[];
  readonly rows: readonly string[];
}

/** `#` is a wall, `G` the flag (+1), `P` the pit (-1). */
export function readMap(rows: readonly string[]): World {
  const tiles: (readonly [number, number])[] = [];
  const number = new Map<string, number>();
  rows.forEach((row, r) =>
    [...row].forEach((kind, c) => {
      if (kind === "#") return;
      number.set(`${r},${c}`, tiles.length);
      tiles.push([r, c]);
    }),
  );
  const kinds = tiles.map(([r, c]) => rows[r]?.[c] ?? "");
  const ends = kinds.map((kind) => kind === "G" || kind === "P");
  const after = tiles.map(([r, c], tile) => MOVES.map(([dr, dc]) => number.get(`${r + dr},${c + dc}`) ?? tile));
  const reward = after.map((there, tile) =>
    there.map((next) => (ends[tile] ? 0 : kinds[next] === "G" ? 1 : kinds[next] === "P" ? -1 : 0)),
  );
  return { tiles, after, reward, ends, live: tiles.flatMap((_, tile) => (ends[tile] ? [] : [tile])), rows };
}

/** Q by tile and move, four numbers a tile. */
export type Table = Float64Array;

export const best = (q: Table, tile: number): number =>
  Math.max(q[4 * tile] ?? 0, q[4 * tile + 1] ?? 0, q[4 * tile + 2] ?? 0, q[4 * tile + 3] ?? 0);

/** Bellman's optimality equation, swept over all tiles at once until nothing changes by 1e-12.  The share `slip` of the
 * moves goes astray, half to the left of what was meant and half to the right. */
export function iterateValues(world: World, discount: number, slip = 0): Table {
  let q = new Float64Array(4 * world.tiles.length);
  for (;;) {
    const next = new Float64Array(q.length);
    let change = 0;
    for (const tile of world.live) {
      const meant = MOVES.map((_, move) => {
        const there = world.after[tile]?.[move] ?? tile;
        return (world.reward[tile]?.[move] ?? 0) + discount * (world.ends[there] ? 0 : best(q, there));
      });
      for (let move = 0; move < 4; move++) {
        const [left, right] = [meant[(move + 3) % 4] ?? 0, meant[(move + 1) % 4] ?? 0];
        const value = (1 - slip) * (meant[move] ?? 0) + (slip / 2) * left + (slip / 2) * right;
        next[4 * tile + move] = value;
        change = Math.max(change, Math.abs(value - (q[4 * tile + move] ?? 0)));
      }
    }
    q = next;
    if (change < 1e-12) return q;
  }
}

/** The first of a tile's best moves. */
export function greedyMove(q: Table, tile: number): number {
  let found = 0;
  for (let move = 1; move < 4; move++) if ((q[4 * tile + move] ?? 0) > (q[4 * tile + found] ?? 0)) found = move;
  return found;
}

/** Whether the first greedy move of `q` on `tile` is one of the best by `truth`, within 1e-9. */
export const isRight = (q: Table, truth: Table, tile: number): boolean =>
  (truth[4 * tile + greedyMove(q, tile)] ?? 0) >= best(truth, tile) - 1e-9;
