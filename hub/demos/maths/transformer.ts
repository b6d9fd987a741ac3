// A transformer read in the page: scenes/maths/transformer.py (Vaswani et al. 2017, section 3; pre-norm as in GPT-2).

type Row = readonly number[];
type Matrix = readonly Row[];

/** A trained model as the figure holds it: `weights` are whole numbers, multiples of 1 / `grid`. */
export interface Trained {
  readonly grid: number;
  readonly layers: number;
  readonly heads: number;
  /** The size of the place clocks that are added to words. */
  readonly places: number;
  readonly weights: { readonly [name: string]: Matrix | Row };
  /** What a head that is cut says everywhere, by layer and head: its own average, in multiples of 1 / `grid` squared. */
  readonly silence: readonly (readonly Row[])[];
}

interface Layer {
  readonly look: Row;
  readonly query: Matrix;
  readonly key: Matrix;
  readonly value: Matrix;
  readonly out: Matrix;
  readonly think: Row;
  readonly up: Matrix;
  readonly bias: Row;
  readonly down: Matrix;
  readonly silence: readonly Row[];
}

export interface Model {
  readonly heads: number;
  readonly places: number;
  readonly embed: Matrix;
  readonly layers: readonly Layer[];
  readonly norm: Row;
  readonly read: Matrix;
}

/** What a model makes of a text. */
export interface Pass {
  /** By place and word. */
  readonly logits: Matrix;
  /** By layer, head, place that asks, and place that answers, up to the asking one. */
  readonly looks: readonly (readonly Matrix[])[];
}

const TINY = 1e-5;

/** The weights as numbers again, to the last bit. */
export function unpack({ grid, layers, heads, places, weights, silence }: Trained): Model {
  const row = (name: string): Row => (weights[name] as Row).map((whole) => whole / grid);
  const matrix = (name: string): Matrix => (weights[name] as Matrix).map((line) => line.map((whole) => whole / grid));
  return {
    heads,
    places,
    embed: matrix("embed"),
    layers: Array.from({ length: layers }, (_, layer) => ({
      look: row(`look.${layer}`),
      query: matrix(`query.${layer}`),
      key: matrix(`key.${layer}`),
      value: matrix(`value.${layer}`),
      out: matrix(`out.${layer}`),
      think: row(`think.${layer}`),
      up: matrix(`up.${layer}`),
      bias: row(`bias.${layer}`),
      down: matrix(`down.${layer}`),
      silence: silence[layer]!.map((line) => line.map((whole) => whole / grid ** 2)),
    })),
    norm: row("norm"),
    read: matrix("read"),
  };
}

/** Read `text`, numbers of words; the heads in `cut`, counted through the layers, say only what they say on average. */
export function read(model: Model, text: Row, cut: Row = []): Pass {
  const width = model.norm.length;
  let stream: Matrix = text.map((word, place) => add(model.embed[word]!, clocks(place, width).map((hand) => hand * model.places)));
  const looks = model.layers.map((layer, number) => {
    const silent = layer.silence.map((_, head) => cut.includes(number * model.heads + head));
    const { tables, added } = look(layer, stream.map((row) => norm(row, layer.look)), silent);
    stream = stream.map((row, place) => add(row, added[place]!));
    stream = stream.map((row) => add(row, think(layer, norm(row, layer.think))));
    return tables;
  });
  return { logits: stream.map((row) => times(norm(row, model.norm), model.read)), looks };
}

/** Shares of each place's one unit of attention by head, and what all heads together add to each place. */
function look(layer: Layer, rows: Matrix, silent: readonly boolean[]): { tables: Matrix[]; added: Matrix } {
  const [queries, keys, values] = [layer.query, layer.key, layer.value].map((matrix) => rows.map((row) => times(row, matrix)));
  const width = layer.silence[0]!.length;
  const mixed: number[][] = rows.map(() => []);
  const tables = silent.map((quiet, head) => {
    const part = (row: Row): Row => row.slice(head * width, (head + 1) * width);
    const offered = keys!.map(part);
    const handed = values!.map(part);
    const table = queries!.map((row, place) => softmax(offered.slice(0, place + 1).map((key) => dot(part(row), key) / Math.sqrt(width))));
    table.forEach((shares, place) => mixed[place]!.push(...(quiet ? layer.silence[head]! : times(shares, handed))));
    return table;
  });
  return { tables, added: mixed.map((row) => times(row, layer.out)) };
}

const think = (layer: Layer, row: Row): Row =>
  times(add(times(row, layer.up), layer.bias).map((value) => Math.max(value, 0)), layer.down);

/** Sines and cosines of the clock hands at a place, in turn. */
const clocks = (place: number, width: number): Row =>
  Array.from({ length: width }, (_, hand) => {
    const angle = place * 10000 ** (-(hand - (hand % 2)) / width);
    return hand % 2 ? Math.cos(angle) : Math.sin(angle);
  });

function norm(row: Row, gain: Row): Row {
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
  const centred = row.map((value) => value - mean);
  const scale = 1 / Math.sqrt(dot(centred, centred) / row.length + TINY);
  return centred.map((value, at) => value * scale * gain[at]!);
}

/** Shares that sum to 1, each in proportion to the exponential of its score. */
export function softmax(scores: Row): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

const dot = (one: Row, other: Row): number => one.reduce((sum, value, at) => sum + value * other[at]!, 0);

const add = (one: Row, other: Row): Row => one.map((value, at) => value + other[at]!);

/** A row times as many of a matrix's rows as the row is long. */
function times(row: Row, matrix: Matrix): number[] {
  const sums = new Array<number>(matrix[0]!.length).fill(0);
  row.forEach((value, at) => matrix[at]!.forEach((weight, to) => (sums[to]! += value * weight)));
  return sums;
}
