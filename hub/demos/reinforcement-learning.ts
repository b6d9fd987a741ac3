// A courier in a grid world: two hundred episodes of Q-learning, the lesson’s own until a dial is touched.

import type { Demo, Handle, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Point } from "./frame/svg";
import { arrow, circle, el, group, line, path, rect, scale, words } from "./frame/svg";
import type { Table, World } from "./maths/gridworld";
import { MOVES, best, greedyMove, isRight, iterateValues, readMap } from "./maths/gridworld";
import type { Rate, Run } from "./maths/qlearning";
import { SCHEDULES, fading, learn, retrace, steady, within, worst } from "./maths/qlearning";

export interface Figure {
  readonly rows: readonly string[];
  readonly seed: number;
  readonly rate: number;
  readonly discount: number;
  readonly trips: number;
  readonly longest: number;
  readonly starts: readonly number[];
  readonly moves: readonly string[];
  readonly truth: readonly (readonly number[])[];
  readonly slip: number;
  readonly fading: number;
}

interface Courier extends State {
  /** Finished trips, and moves made of the next one. */
  trip: number;
  move: number;
  schedule: string;
  /** Dry, or ice, on which some moves slip. */
  ground: string;
  /** Steady: `rate` always.  Fading: less with each visit. */
  pull: string;
  rate: number;
  gamma: number;
  seed: number;
  /** Learnt, or the exact answer. */
  view: string;
  /** Rows of the map, with slashes between. */
  map: string;
  /** The square that the builder stands on, row by row. */
  square: number;
}

interface Learnt {
  readonly world: World;
  readonly run: Run;
  readonly truth: Table;
  /** Q at this very move, or the exact answer where that is looked at. */
  readonly q: Table;
  readonly errors: readonly number[];
  readonly here: number | null;
  readonly moves: number;
  readonly known: number;
  readonly right: number;
  /** Of the trip that is under way. */
  readonly curiosity: number;
  /** Whether the last move went elsewhere than it was meant to. */
  readonly slipped: boolean;
}

const HEARD = 0.01;
const TRIPS = 200;
const MOST_SEEDS = 19;
const FLOOR = 1e-4;
/** On ice a number may be too high by more than the flag pays. */
const CEILING = 2;

/** The last few runs: turning a dial back costs nothing. */
const runs = new Map<string, { world: World; run: Run; truth: Table; errors: number[]; made: number[] }>();

const rateOf = (state: Courier, figure: Figure): Rate => (state.pull === "fading" ? fading(figure.fading) : steady(state.rate));

function runFor(state: Courier, figure: Figure): { world: World; run: Run; truth: Table; errors: number[]; made: number[] } {
  const pull = state.pull === "fading" ? state.pull : state.rate;
  const key = [state.map, state.schedule, state.ground, pull, state.gamma, state.seed].join(" ");
  let found = runs.get(key);
  if (!found) {
    const world = readMap(state.map.split("/"));
    const slip = state.ground === "ice" ? figure.slip : 0;
    const own =
      state.map === figure.rows.join("/") && state.schedule === "wander" && slip === 0 && pull === figure.rate &&
      state.gamma === figure.discount && state.seed === figure.seed;
    const rate = rateOf(state, figure);
    const run = own
      ? retrace(world, figure.starts, figure.moves, rate, state.gamma)
      : learn(world, {
          seed: state.seed, curiosity: SCHEDULES[state.schedule] ?? (() => 1), trips: TRIPS, rate, slip,
          discount: state.gamma, longest: figure.longest,
        });
    const truth = iterateValues(world, state.gamma, slip);
    const made = run.trips.reduce((sums, trip) => [...sums, (sums.at(-1) ?? 0) + trip.moves.length], [0]);
    found = { world, run, truth, errors: run.tables.map(({ q }) => worst(q, truth)), made };
    if (runs.size > 8) runs.clear();
    runs.set(key, found);
  }
  return found;
}

// --- the map and its pixels --------------------------------------------------------------------------------------

const COLUMNS = 7;
const ROWS = 5;

interface Layout {
  readonly left: number;
  readonly top: number;
  readonly tile: number;
  readonly chart: { left: number; top: number; right: number; bottom: number };
}

function lay({ width, height }: Size): Layout {
  const tile = width / COLUMNS;
  return { left: 0, top: 0, tile, chart: { left: 54, top: tile * ROWS + 40, right: width - 8, bottom: height - 24 } };
}

const centre = (layout: Layout, row: number, column: number): Point => [
  layout.left + (column + 0.5) * layout.tile, layout.top + (row + 0.5) * layout.tile,
];

const kindAt = (map: string, row: number, column: number): string => map.split("/")[row]?.[column] ?? "";

function withSquare(map: string, row: number, column: number, kind: string): string {
  return map
    .split("/")
    .map((text, r) => (r === row ? text.slice(0, column) + kind + text.slice(column + 1) : text))
    .join("/");
}

function find(map: string, kind: string): [number, number] {
  const at = map.split("/").join("").indexOf(kind);
  return [Math.floor(at / COLUMNS), at % COLUMNS];
}

/** The map with flag or pit on another square; where that cannot be, the map as it was. */
function carry(map: string, kind: string, row: number, column: number): string {
  if (!/^[.S]$/.test(kindAt(map, row, column))) return map;
  const [r, c] = find(map, kind);
  return withSquare(withSquare(map, r, c, "."), row, column, kind);
}

/** A brush that paints with what the builder stands on, a wall or open ground. */
function paint(state: Courier, row: number, column: number): Courier {
  const kind = kindAt(state.map, row, column);
  const brush = kindAt(state.map, Math.floor(state.square / COLUMNS), state.square % COLUMNS);
  if (!/^[.#S]$/.test(kind)) return state;
  const map = (kind === "#") === (brush === "#") ? state.map : toggleWall(state.map, row, column);
  return (kindAt(map, row, column) === "#") === (brush === "#") ? { ...state, map, square: row * COLUMNS + column } : state;
}

function toggleWall(map: string, row: number, column: number): string {
  const kind = kindAt(map, row, column);
  if (kind !== "#" && (kind === "G" || kind === "P" || readMap(map.split("/")).live.length <= 2)) return map;
  return withSquare(map, row, column, kind === "#" ? "." : "#");
}

const isMap = (map: string): boolean => {
  const rows = map.split("/");
  return (
    rows.length === ROWS && rows.every((row) => /^[.#GPS]{7}$/.test(row)) &&
    map.split("G").length === 2 && map.split("P").length === 2 && /[.S]/.test(map)
  );
};

// --- drawing -----------------------------------------------------------------------------------------------------

const WEDGES: readonly (readonly [Point, Point])[] = [
  [[0, 0], [1, 0]], [[1, 0], [1, 1]], [[1, 1], [0, 1]], [[0, 1], [0, 0]],
];

function wedge(x: number, y: number, tile: number, move: number, inset: number): Point[] {
  const [from, to] = WEDGES[move] ?? [[0, 0], [0, 0]];
  const middle: Point = [x + tile / 2, y + tile / 2];
  const pull = ([px, py]: Point): Point => {
    const corner: Point = [x + px * tile, y + py * tile];
    return [corner[0] + (middle[0] - corner[0]) * inset, corner[1] + (middle[1] - corner[1]) * inset];
  };
  return [pull(from), pull(to), middle];
}

function drawTile(learnt: Learnt, tile: number, layout: Layout): string {
  const { world, q, truth } = learnt;
  const [row, column] = world.tiles[tile] ?? [0, 0];
  const [x, y] = [layout.left + column * layout.tile + 1, layout.top + row * layout.tile + 1];
  const side = layout.tile - 2;
  if (world.ends[tile]) {
    const goal = world.rows[row]?.[column] === "G";
    return rect(x, y, side, side, "floor", 3) + (goal ? flag(x + side / 2, y + side / 2, side) : pit(x + side / 2, y + side / 2, side));
  }
  const parts = [rect(x, y, side, side, "floor", 3)];
  for (let move = 0; move < 4; move++) {
    const value = q[4 * tile + move] ?? 0;
    const size = Math.min(Math.abs(value), 1);
    if (size < 0.002) continue;
    const points = wedge(x, y, side, move, 0.03).map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`).join(" ");
    parts.push(el("polygon", { points, class: value > 0 ? "gain" : "loss", "fill-opacity": (0.08 + 0.92 * size).toFixed(2) }));
  }
  parts.push(path([[x, y], [x + side, y + side]], "seam"), path([[x + side, y], [x, y + side]], "seam"));
  if (best(q, tile) > HEARD) {
    const [dr, dc] = MOVES[greedyMove(q, tile)] ?? [0, 0];
    const [cx, cy] = [x + side / 2, y + side / 2];
    const reach = side * 0.23;
    const sound = isRight(q, truth, tile) ? "way" : "way astray";
    parts.push(arrow([cx - dc * reach, cy - dr * reach], [cx + dc * reach, cy + dr * reach], sound, side * 0.2));
  }
  return group("tile", ...parts);
}

function flag(x: number, y: number, side: number): string {
  const r = side * 0.3;
  return group(
    "flag",
    line(x - r * 0.7, y - r, x - r * 0.7, y + r, "pole"),
    path([[x - r * 0.7, y - r], [x + r, y - r * 0.45], [x - r * 0.7, y + r * 0.1]], "cloth", true),
  );
}

const pit = (x: number, y: number, side: number): string =>
  group("pit", circle(x, y, side * 0.3, "rim"), circle(x, y, side * 0.17, "hole"));

function drawWalls(map: string, layout: Layout): string {
  return map
    .split("/")
    .flatMap((text, row) =>
      [...text].map((kind, column) =>
        kind === "#"
          ? rect(layout.left + column * layout.tile + 1, layout.top + row * layout.tile + 1, layout.tile - 2, layout.tile - 2, "wall", 3)
          : "",
      ),
    )
    .join("");
}

function drawCourier(state: Courier, learnt: Learnt, layout: Layout): string {
  if (learnt.here === null) return "";
  const made = learnt.run.trips[state.trip];
  const at = (tile: number): Point => {
    const [row, column] = learnt.world.tiles[tile] ?? [0, 0];
    return centre(layout, row, column);
  };
  const parts: string[] = [];
  if (made && state.move > 0) {
    parts.push(path(made.tiles.slice(Math.max(state.move - 9, 0), state.move + 1).map(at), "thread"));
    const [row, column] = learnt.world.tiles[made.tiles[state.move - 1] ?? 0] ?? [0, 0];
    const points = wedge(layout.left + column * layout.tile + 1, layout.top + row * layout.tile + 1, layout.tile - 2, made.moves[state.move - 1] ?? 0, 0.05);
    parts.push(path(points, "pulled", true));
  }
  const [x, y] = at(learnt.here);
  return parts.join("") + group("courier", circle(x, y, layout.tile * 0.15, "body"));
}

function drawChart(state: Courier, learnt: Learnt, { chart }: Layout): string {
  const x = scale([0, TRIPS], [chart.left, chart.right]);
  const level = scale([Math.log10(FLOOR), Math.log10(CEILING)], [chart.bottom, chart.top]);
  const y = (error: number): number => level(Math.log10(clamp(error, FLOOR, CEILING)));
  const points = learnt.errors.map((error, trip): Point => [x(trip), y(error)]);
  const now = points[state.trip] ?? [0, 0];
  return group(
    "chart",
    words(chart.left, chart.top - 14, `largest error of any number${state.ground === "ice" ? ", on ice" : ""}`, "name error"),
    ...[1, 0.01, 0.0001].map(
      (tick) => line(chart.left, y(tick), chart.right, y(tick), "grid") + words(chart.left - 6, y(tick) + 4, String(tick), "tick", "end"),
    ),
    ...(chart.right < 480 ? [0, 100, 200] : [0, 50, 100, 150, 200]).map((tick) => words(x(tick), chart.bottom + 17, tick === TRIPS ? "200 episodes" : String(tick), "tick", tick === TRIPS ? "end" : "middle")),
    path(points.slice(state.trip), "curve later"),
    path(points.slice(0, state.trip + 1), "curve"),
    circle(now[0], now[1], 5, "dot"),
  );
}

// --- the demo ----------------------------------------------------------------------------------------------------

/** What is tried is seen at the end of a run. */
const END = { trip: TRIPS, move: 0, view: "learnt" } as const;

/** The map with its pit on the first square of a shortest way from the start. */
function besideStart(map: string): string {
  const [row, column] = find(map, "S");
  return carry(map, "P", row - 1, column);
}

/** Moves a millisecond of a run; trips quicken as they become many. */
const PACE = 0.1;
/** Of the move that a run is in the middle of. */
let carried = 0;

const small = (value: number): string =>
  value >= 0.1 ? value.toFixed(2) : value >= 0.001 ? value.toPrecision(2) : value > 0 ? "below 0.001" : "0";

function endOf(state: Courier, learnt: Learnt): Courier {
  return state.trip >= TRIPS ? state : { ...state, trip: state.trip + 1, move: 0, view: learnt.q === learnt.truth ? "learnt" : state.view };
}

function oneMove(state: Courier, learnt: Learnt): Courier {
  const length = learnt.run.trips[state.trip]?.moves.length ?? 0;
  if (state.trip >= TRIPS) return state;
  return state.move >= length
    ? { ...state, trip: state.trip + 1, move: Math.min(1, learnt.run.trips[state.trip + 1]?.moves.length ?? 0), view: "learnt" }
    : { ...state, move: state.move + 1, view: "learnt" };
}

function carrier(state: Courier, layout: Layout, kind: "G" | "P", label: string): Handle<Courier> {
  const [row, column] = find(state.map, kind);
  const [x, y] = centre(layout, row, column);
  const moved = (r: number, c: number): Courier => ({ ...state, map: carry(state.map, kind, r, c) });
  return {
    name: kind, label, words: `row ${row + 1}, column ${column + 1}`, x, y, look: "square",
    drag: (px, py) => moved(Math.floor((py - layout.top) / layout.tile), Math.floor((px - layout.left) / layout.tile)),
    nudge(right, up) {
      let [r, c] = [row - up, column + right];
      while (/^[#GP]$/.test(kindAt(state.map, r, c))) [r, c] = [r - up, c + right];
      return moved(r, c);
    },
  };
}

function builder(state: Courier, layout: Layout): Handle<Courier> {
  const [row, column] = [Math.floor(state.square / COLUMNS), state.square % COLUMNS];
  const [x, y] = centre(layout, row, column);
  const kind = { "#": "wall", G: "flag", P: "pit" }[kindAt(state.map, row, column)] ?? "open";
  const go = (r: number, c: number): Courier => ({
    ...state, square: clamp(r, 0, ROWS - 1) * COLUMNS + clamp(c, 0, COLUMNS - 1),
  });
  const build = (): Courier => ({ ...state, map: toggleWall(state.map, row, column) });
  return {
    name: "builder", label: "Builder: Enter or Space sets or takes away a wall",
    words: `row ${row + 1}, column ${column + 1}, ${kind}`, x, y, look: "builder",
    drag: (px, py) => paint(state, Math.floor((py - layout.top) / layout.tile), Math.floor((px - layout.left) / layout.tile)),
    nudge: (right, up) => go(row - up, column + right),
    keys: { Enter: build, " ": build },
  };
}

export const demo: Demo<Figure, Courier, Learnt> = {
  slug: "reinforcement-learning",
  title: "Watch the good news walk",
  promise:
    "The lesson’s own run, move for move. Each triangle is the Q of one action; the arrow is the greedy action. Then move the flag, build a wall, or change how it learns.",
  hint: "Drag the flag or the pit, or move them with the arrow keys. Press a square to build a wall or to take it away; a mouse held down paints on.",
  shape: { wide: 0.98, narrow: 1.24 },

  start: (figure) => ({
    trip: 10, move: 0, schedule: "wander", ground: "dry", pull: "steady", rate: figure.rate, gamma: figure.discount, seed: figure.seed,
    view: "learnt", map: figure.rows.join("/"), square: 2 * COLUMNS + 3,
  }),

  settle(state, figure) {
    const settled = {
      ...state,
      trip: Math.round(clamp(state.trip, 0, TRIPS)),
      schedule: state.schedule in SCHEDULES ? state.schedule : "wander",
      ground: state.ground === "ice" ? "ice" : "dry",
      pull: state.pull === "fading" ? "fading" : "steady",
      rate: Math.round(clamp(state.rate, 0.05, 1) * 100) / 100,
      gamma: Math.round(clamp(state.gamma, 0.3, 0.99) * 100) / 100,
      seed: Math.round(clamp(state.seed, 0, MOST_SEEDS)),
      view: state.view === "truth" ? "truth" : "learnt",
      map: isMap(state.map) ? state.map : figure.rows.join("/"),
      square: Math.round(clamp(state.square, 0, ROWS * COLUMNS - 1)),
    };
    const length = runFor(settled, figure).run.trips[settled.trip]?.moves.length ?? 0;
    return { ...settled, move: Math.round(clamp(state.move, 0, length)) };
  },

  solve(state, figure) {
    const { world, run, truth, errors, made } = runFor(state, figure);
    const learnt = within(world, run, state.trip, state.move, rateOf(state, figure), state.gamma);
    const last = run.trips[state.trip];
    const q = state.view === "truth" ? truth : learnt;
    return {
      world, run, truth, q, errors,
      here: state.view === "truth" ? null : (run.trips[state.trip]?.tiles[state.move] ?? null),
      moves: (made[state.trip] ?? 0) + state.move,
      known: world.live.filter((tile) => best(q, tile) > HEARD).length,
      right: world.live.filter((tile) => best(q, tile) > HEARD && isRight(q, truth, tile)).length,
      curiosity: (SCHEDULES[state.schedule] ?? (() => 1))(Math.min(state.trip + 1, TRIPS)),
      slipped: state.view === "learnt" && state.move > 0 && last?.moves[state.move - 1] !== last?.went[state.move - 1],
    };
  },

  draw(state, learnt, _figure, size) {
    const layout = lay(size);
    return [
      drawWalls(state.map, layout),
      ...learnt.world.tiles.map((_, tile) => drawTile(learnt, tile, layout)),
      drawCourier(state, learnt, layout),
      drawChart(state, learnt, layout),
    ].join("");
  },

  say(state, learnt) {
    const live = learnt.world.live.length;
    if (state.view === "truth") return `The exact answer${state.ground === "ice" ? " on ice" : ""}: ${learnt.known} of ${live} tiles have a value.`;
    const where = state.ground === "ice" ? "On ice, after" : "After";
    const slipped = learnt.slipped ? " The last move slipped." : "";
    const when = state.move > 0 ? `${where} ${state.trip} episodes and ${state.move} steps of the next` : `${where} ${state.trip} episodes`;
    return `${when}, ${learnt.known} of ${live} tiles have a value, ${learnt.right} arrows point the best way, and the largest error is ${small(worst(learnt.q, learnt.truth))}.${slipped}`;
  },

  readouts: (_state, learnt) => [
    { label: "tiles with a value", value: `${learnt.known} of ${learnt.world.live.length}`, ink: "first" },
    { label: "arrows that are right", value: `${learnt.right} of ${learnt.world.live.length}` },
    { label: "largest error", value: small(worst(learnt.q, learnt.truth)), ink: "error" },
    { label: "exploration, ε", value: learnt.curiosity.toFixed(2) },
    { label: "steps made", value: learnt.moves.toLocaleString("en") },
  ],

  controls: [
    {
      kind: "play", label: "Play",
      run(state, learnt, _figure, elapsed) {
        const length = learnt.run.trips[state.trip]?.moves.length ?? 0;
        carried += elapsed * PACE * (1 + state.trip);
        const step = Math.floor(carried);
        carried -= step;
        if (state.move + step < length) return { ...state, view: "learnt", move: state.move + step };
        carried = 0;
        return { ...state, view: "learnt", trip: state.trip + 1, move: 0 };
      },
      ended: (state) => state.trip >= TRIPS,
      rewind: (state) => ({ ...state, trip: 0, move: 0 }),
    },
    {
      kind: "row", label: "Step",
      buttons: [
        { name: "back", label: "Episode back", press: (state) => ({ ...state, trip: state.move > 0 ? state.trip : state.trip - 1, move: 0 }) },
        { name: "move", label: "One step", press: oneMove },
        { name: "trip", label: "One episode", press: endOf },
      ],
    },
    { kind: "slider", name: "trip", label: "Episodes", low: 0, high: TRIPS, step: 1, show: (value) => `${value}` },
    {
      kind: "choice", name: "schedule", label: "Exploration",
      options: [["greedy", "Greedy, ε = 0"], ["tenth", "ε = 0.1"], ["wander", "ε from 1 to 0.1"]],
    },
    { kind: "choice", name: "ground", label: "Ground: on ice, one move in five slips sideways", options: [["dry", "Dry"], ["ice", "Ice"]] },
    { kind: "choice", name: "pull", label: "Learning rate α", options: [["steady", "Constant"], ["fading", "Less with each visit"]] },
    {
      kind: "slider", name: "rate", label: "α, share of the TD error", low: 0.05, high: 1, step: 0.05,
      show: (value) => value.toFixed(2), when: (state) => state.pull === "steady",
    },
    { kind: "slider", name: "gamma", label: "Discount factor γ", low: 0.3, high: 0.99, step: 0.01, show: (value) => value.toFixed(2) },
    { kind: "slider", name: "seed", label: "Seed", low: 0, high: MOST_SEEDS, step: 1, show: (value) => `${value}` },
    { kind: "choice", name: "view", label: "Show", options: [["learnt", "What it learnt"], ["truth", "The exact answer"]] },
    {
      kind: "row", label: "Try",
      buttons: [
        { name: "pit", label: "Put the pit beside the start", press: (state, _learnt, figure) => ({ ...state, ...END, map: besideStart(figure.rows.join("/")) }) },
        { name: "half", label: "Set γ to a half", press: (state) => ({ ...state, ...END, gamma: 0.5 }) },
        { name: "ice", label: "Turn slip on", press: (state, _learnt, figure) => ({ ...state, ...END, ground: "ice", pull: "steady", rate: figure.rate }) },
      ],
    },
  ],

  handles: (state, _learnt, _figure, size) => [
    carrier(state, lay(size), "G", "Flag"),
    carrier(state, lay(size), "P", "Pit"),
    builder(state, lay(size)),
  ],

  press(state, _learnt, _figure, size, x, y) {
    const layout = lay(size);
    const [row, column] = [Math.floor((y - layout.top) / layout.tile), Math.floor((x - layout.left) / layout.tile)];
    if (!/^[.#S]$/.test(kindAt(state.map, row, column))) return null;
    return { state: { ...state, map: toggleWall(state.map, row, column), square: row * COLUMNS + column }, grab: "builder" };
  },

  stops: [
    { chapter: "one_point_very_late", words: "The first flag, 280 steps late", state: { trip: 0, move: 280 } },
    { chapter: "keep_the_best_neighbour", words: "The exact answer", state: { view: "truth" } },
    { chapter: "good_news_walks_backwards", words: "Ten episodes", state: { trip: 10 } },
    { chapter: "good_news_walks_backwards", words: "Two hundred episodes", state: { trip: TRIPS } },
    { chapter: "a_little_curiosity_is_not_enough", words: "Greedy, from random starts", state: { schedule: "greedy", trip: TRIPS } },
  ],

  quests: [
    {
      words: "Every arrow right in fewer than 20 episodes. On dry ground, how large may α be?",
      found: (state, learnt) => state.view === "learnt" && state.trip < 20 && learnt.right === learnt.world.live.length,
    },
    {
      words: "A greedy courier, and three or more arrows that are wrong or missing after 200 episodes.",
      found: (state, learnt) => state.schedule === "greedy" && state.trip === TRIPS && learnt.right <= learnt.world.live.length - 3,
    },
    {
      words: "A γ above a half, and yet the value of the farthest corner is below a hundredth.",
      found: (state, learnt) => {
        if (state.gamma <= 0.5 || state.ground === "ice") return false;
        const worth = learnt.world.live.map((tile) => best(learnt.truth, tile)).filter((value) => value > 0);
        return worth.length > 0 && Math.min(...worth) < 0.01;
      },
    },
    {
      words: "Walls around the flag, so that no news gets out.",
      found: (_state, learnt) => learnt.world.live.every((tile) => best(learnt.truth, tile) < 0.0001),
    },
    {
      words: "Turn slip on and see α matter: a half leaves an error above a half. Find a learning rate that brings it below 0.3 in 200 episodes.",
      found: (state, learnt) =>
        state.ground === "ice" && state.view === "learnt" && state.trip === TRIPS && worst(learnt.q, learnt.truth) < 0.3,
    },
  ],
};
