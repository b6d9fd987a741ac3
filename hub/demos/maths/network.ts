// Layers of weighted sums, forward and backward: scenes/maths/neural_networks/network.py in the browser.
// Source: D. Rumelhart, G. Hinton and R. Williams, Learning representations by back-propagating errors (1986).

export type Bend = "ReLU" | "tanh" | "sigmoid";
export type Start = "zero" | "equal" | "normal" | "one" | "Xavier" | "He" | "large";

/** `weights` by inputs and then units: that from input i to unit j is number i * outs + j. */
export interface Layer {
  readonly ins: number;
  readonly outs: number;
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

/** Slopes of the mean log loss, of the shapes of the layers; `loss` and `right` are those before the step. */
export interface Slopes {
  readonly layers: readonly Layer[];
  readonly loss: number;
  readonly right: number;
}

const BENDS: { readonly [name in Bend]: { of(z: number): number; slope(z: number): number } } = {
  ReLU: { of: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : 0) },
  tanh: { of: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 },
  sigmoid: { of: (z) => sigmoid(z), slope: (z) => sigmoid(z) * sigmoid(-z) },
};

export const sigmoid = (z: number): number => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));

/** Standard deviation of the weights at the start, by the wires into a unit and out of it. */
const SPREADS: { readonly [name in Start]: (ins: number, outs: number) => number } = {
  zero: () => 0,
  equal: () => 0,
  Xavier: (ins, outs) => Math.sqrt(2 / (ins + outs)),
  He: (ins) => Math.sqrt(2 / ins),
  normal: () => 1,
  large: () => 3,
  one: (ins) => Math.sqrt(1 / ins),
};

const blank = (ins: number, outs: number): Layer => ({ ins, outs, weights: new Float64Array(ins * outs), bias: new Float64Array(outs) });

/** Layers of `sizes`: `normals`, standard normal numbers, are taken in their order; biases are 0. */
export function begin(sizes: readonly number[], start: Start, normals: readonly number[]): Layer[] {
  let taken = 0;
  return sizes.slice(1).map((outs, index) => {
    const layer = blank(sizes[index]!, outs);
    const spread = SPREADS[start](layer.ins, outs);
    for (let at = 0; at < layer.weights.length; at++) layer.weights[at] = start === "equal" ? 0.5 : spread * normals[taken++ % normals.length]!;
    return layer;
  });
}

/** What each layer's units answer to one point, the inputs first and the logit last, and the sums before the bends. */
export function forward(layers: readonly Layer[], x: readonly number[], bend: Bend): { answers: Float64Array[]; sums: Float64Array[] } {
  const answers = [Float64Array.from(x)];
  const sums: Float64Array[] = [];
  layers.forEach(({ ins, outs, weights, bias }, index) => {
    const into = answers[index]!;
    const z = Float64Array.from(bias);
    for (let i = 0; i < ins; i++) for (let j = 0; j < outs; j++) z[j]! += into[i]! * weights[i * outs + j]!;
    sums.push(z);
    answers.push(index === layers.length - 1 ? z : z.map(BENDS[bend].of));
  });
  return { answers, sums };
}

export const logit = (layers: readonly Layer[], x: readonly number[], bend: Bend): number => forward(layers, x, bend).answers.at(-1)![0]!;

/** Back-propagation over all points: the slope of the mean log loss by each number. */
export function backward(layers: readonly Layer[], points: readonly (readonly number[])[], kinds: readonly number[], bend: Bend): Slopes {
  const slopes = layers.map(({ ins, outs }) => blank(ins, outs));
  let [loss, right] = [0, 0];
  points.forEach((point, row) => {
    const { answers, sums } = forward(layers, point, bend);
    const z = sums.at(-1)![0]!;
    const truth = kinds[row]!;
    loss += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - truth * z;
    if (z > 0 === truth > 0) right += 1;
    let delta = Float64Array.of((sigmoid(z) - truth) / points.length);
    for (let index = layers.length - 1; index >= 0; index--) {
      const { ins, outs, weights } = layers[index]!;
      const into = answers[index]!;
      const found = slopes[index]!;
      const before = new Float64Array(ins);
      for (let j = 0; j < outs; j++) {
        found.bias[j]! += delta[j]!;
        for (let i = 0; i < ins; i++) {
          found.weights[i * outs + j]! += into[i]! * delta[j]!;
          before[i]! += weights[i * outs + j]! * delta[j]!;
        }
      }
      if (index) delta = before.map((signal, i) => signal * BENDS[bend].slope(sums[index - 1]![i]!));
    }
  });
  return { layers: slopes, loss: loss / points.length, right };
}

/** One step of gradient descent. */
export const step = (layers: readonly Layer[], slopes: readonly Layer[], rate: number): Layer[] =>
  layers.map(({ ins, outs, weights, bias }, index) => ({
    ins, outs,
    weights: weights.map((weight, at) => weight - rate * slopes[index]!.weights[at]!),
    bias: bias.map((value, at) => value - rate * slopes[index]!.bias[at]!),
  }));

/** The length of the slopes of a layer's weights. */
export const size = ({ weights }: Layer): number => Math.hypot(...weights);
