// Two histograms that are dragged: entropy, cross-entropy, KL both ways, a Huffman code; and the softmax's temperature.

import type { Demo, Handle, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot } from "./frame/svg";
import { group, line, plot, rect, words } from "./frame/svg";

export interface Figure {
  /** p and q of the letters a to h. */
  readonly start: readonly (readonly number[])[];
  readonly hand: readonly (readonly number[])[];
  readonly logits: readonly number[];
  /** Brightness of 8 × 8 pixels, from 0 to 1. */
  readonly image: readonly (readonly number[])[];
  readonly kind: number;
}

interface Bet extends State {
  view: string;
  p: readonly number[];
  q: readonly number[];
  /** How much of its distance from p the drawn q keeps: 0 makes them equal. */
  apart: number;
  /** Whose bars are dragged where there is no room for the handles of both. */
  drags: string;
  heat: number;
}

interface Bill {
  /** All in bits; infinite where q gives zero to something that happens. */
  readonly entropy: number;
  readonly cross: number;
  readonly forward: number;
  readonly reverse: number;
  /** Of Huffman's codewords, 0 for a letter that does not happen. */
  readonly lengths: readonly number[];
  readonly huffman: number;
  readonly chances: readonly number[];
  readonly warmth: number;
}

const LETTERS = ["a", "b", "c", "d", "e", "f", "g", "h"] as const;
const COUNT = LETTERS.length;
const TOP = 0.7;
/** Less than this is dragged to zero. */
const LEAST = 0.004;
const HALVES = [1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128, 1 / 128];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const bits = (value: number): string => (Number.isFinite(value) ? `${value.toFixed(3)} bits` : "∞");
const spoken = (value: number): string => (Number.isFinite(value) ? `${value.toFixed(3)} bits` : "infinite");

// --- computing ---------------------------------------------------------------------------------------------------

/** Σ −p log₂ q in bits, with 0 log 0 = 0. */
export function crossEntropy(p: readonly number[], q: readonly number[]): number {
  return sum(p.map((share, at) => (share > 0 ? -share * Math.log2(q[at] ?? 0) : 0)));
}

/** Lengths of Huffman's codewords: the two least probable are joined again and again. */
export function huffman(p: readonly number[]): number[] {
  const lengths = p.map(() => 0);
  let trees = p.flatMap((share, at) => (share > 0 ? [{ share, letters: [at] }] : []));
  while (trees.length > 1) {
    trees = [...trees].sort((one, two) => one.share - two.share);
    const [one, two] = [trees[0]!, trees[1]!];
    const letters = [...one.letters, ...two.letters];
    for (const at of letters) lengths[at]! += 1;
    trees = [{ share: one.share + two.share, letters }, ...trees.slice(2)];
  }
  return lengths;
}

export function softmax(logits: readonly number[], heat: number): number[] {
  const most = Math.max(...logits);
  const raised = logits.map((each) => Math.exp((each - most) / heat));
  return raised.map((each) => each / sum(raised));
}

/** Probabilities near `given`; `fallback` where these are none. */
function shares(given: unknown, fallback: readonly number[]): number[] {
  if (!Array.isArray(given) || given.length !== COUNT) return [...fallback];
  const clean = (given as unknown[]).map((each) => (typeof each === "number" && Number.isFinite(each) ? clamp(each, 0, 1) : 0));
  const total = sum(clean);
  return total > 0 ? clean.map((each) => each / total) : [...fallback];
}

/** One share becomes `value`, and the others share out what is left as they did before. */
export function redistribute(values: readonly number[], at: number, value: number): number[] {
  const wanted = clamp(value < LEAST ? 0 : value, 0, 1);
  const rest = sum(values) - (values[at] ?? 0);
  return values.map((each, number) => {
    if (number === at) return rest > 0 ? wanted : Math.min(wanted, 1);
    return rest > 0 ? (each / rest) * (1 - wanted) : (1 - wanted) / (COUNT - 1);
  });
}

/** q as it stands: between p and the model that was drawn. */
function model({ p, q, apart }: Bet): number[] {
  return apart === 1 ? [...q] : q.map((share, at) => apart * share + (1 - apart) * (p[at] ?? 0));
}

// --- drawing -----------------------------------------------------------------------------------------------------

interface Boxes {
  readonly bars: Plot;
  readonly strips: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

function boxes({ width, height, narrow }: Size): Boxes {
  const floor = height * (narrow ? 0.56 : 0.62);
  return {
    bars: plot([-0.5, COUNT - 0.5], [0, TOP], 34, 20, width - 8, floor),
    strips: { left: 34, right: width - 8, top: floor + 42, bottom: height - 8 },
  };
}

function drawBars(state: Bet, bars: Plot): string {
  const [{ p }, q] = [state, model(state)];
  const wide = (bars.x(1) - bars.x(0)) * 0.4;
  const parts = LETTERS.flatMap((letter, at) => {
    const [tall, other] = [p[at] ?? 0, q[at] ?? 0].map((share) => Math.min(share, TOP));
    return [
      rect(bars.x(at) - wide, bars.y(tall!), wide - 1, bars.bottom - bars.y(tall!), "world"),
      rect(bars.x(at) + 1, bars.y(other!), wide - 1, bars.bottom - bars.y(other!), "model"),
      words(bars.x(at), bars.bottom + 17, letter, "tick", "middle"),
    ];
  });
  const ticks = [0.25, 0.5].map((tick) => words(bars.left - 5, bars.y(tick) + 4, tick.toString(), "tick", "end"));
  return group("bets", line(bars.left, bars.bottom, bars.right, bars.bottom, "rule"), ...ticks, ...parts);
}

function drawStrips({ p }: Bet, bill: Bill, strips: Boxes["strips"]): string {
  const full = Math.max(Number.isFinite(bill.cross) ? bill.cross : bill.entropy + 2, bill.huffman, 3);
  const x = (value: number): number => strips.left + ((strips.right - strips.left) * value) / full;
  const tall = (strips.bottom - strips.top) / 2 - 22;
  const [first, second] = [strips.top, strips.top + tall + 30];
  const far = Number.isFinite(bill.cross) ? x(bill.cross) : strips.right;
  let left = strips.left;
  const code = p.map((share, at) => {
    const wide = x(share * (bill.lengths[at] ?? 0)) - strips.left;
    left += wide;
    return wide > 0 ? rect(left - wide, second, Math.max(wide - 1, 0.5), tall, "code") : "";
  });
  return group(
    "strips",
    words(strips.left, first - 7, "entropy H(p), and what q costs on top", "name"),
    rect(x(0), first, x(bill.entropy) - x(0), tall, "own"),
    rect(x(bill.entropy), first, far - x(bill.entropy), tall, "excess"),
    words(strips.left, second - 7, "Huffman's code: probability × codeword length", "name"),
    ...code,
    line(x(bill.entropy), first - 3, x(bill.entropy), second + tall + 4, "bound"),
  );
}

function drawDigit({ chances }: Bill, { image }: Figure, size: Size): string {
  const side = size.narrow ? 14 : 19;
  const box = plot([-0.5, 9.5], [0, 1], 34, size.narrow ? 8 * side + 40 : 20, size.width - 8, size.height - 30);
  const corner = size.narrow ? size.width / 2 - 4 * side : size.width - 8 - 8 * side;
  const grey = image.flatMap((row, down) =>
    row.map((value, across) => rect(corner + across * side, 14 + down * side, side, side, `ink${Math.round(value * 8)}`)));
  const wide = (box.x(1) - box.x(0)) * 0.76;
  const parts = chances.map((share, at) => [
    rect(box.x(at) - wide / 2, box.y(share), wide, box.bottom - box.y(share), "model"),
    words(box.x(at), box.bottom + 18, String(at), "tick", "middle"),
  ].join(""));
  return group("digit", ...grey, line(box.left, box.bottom, box.right, box.bottom, "rule"), ...parts);
}

// --- the demo ----------------------------------------------------------------------------------------------------

function grips(state: Bet, bars: Plot, which: "p" | "q"): Handle<Bet>[] {
  const aside = (bars.x(1) - bars.x(0)) * 0.2 * (which === "p" ? -1 : 1);
  return LETTERS.map((letter, at) => {
    const values = which === "p" ? state.p : model(state);
    const now = values[at] ?? 0;
    // The slider starts anew from the q that is seen, so that it stays where it is.
    const set = (value: number): Bet => ({ ...state, q: model(state), apart: 1, [which]: redistribute(values, at, value) });
    return {
      name: `${which}${at}`, label: `${which} of ${letter}`, look: which === "p" ? "world" : "model",
      words: `${(100 * now).toFixed(1)} percent`,
      x: bars.x(at) + aside, y: bars.y(Math.min(now, TOP)),
      drag: (_x, y) => set(bars.fromY(y)),
      nudge: (right, up, far) => set(now + (up || right) * (far ? 0.05 : 0.01)),
    };
  });
}

const isBets = (state: Bet): boolean => state.view !== "softmax";

export const demo: Demo<Figure, Bet, Bill> = {
  slug: "information-theory",
  title: "Bet on eight letters",
  promise: "Drag the bars of the world p and of the model q. Entropy, cross-entropy, KL both ways and a Huffman code follow at once.",
  hint: "Drag the top of a bar, or move it by the arrow keys, farther with Shift; the other bars of its colour share what is left.",
  shape: { wide: 0.68, narrow: 1.25 },

  start: ({ start }) => ({ view: "bets", p: [...start[0]!], q: [...start[1]!], apart: 1, drags: "q", heat: 1 }),

  settle: (state, { start }) => ({
    view: state.view === "softmax" ? "softmax" : "bets",
    p: shares(state.p, start[0]!),
    q: shares(state.q, start[1]!),
    apart: clamp(state.apart, 0, 1),
    drags: state.drags === "p" ? "p" : "q",
    heat: Number(clamp(state.heat, 0.1, 10).toPrecision(3)),
  }),

  solve(state, { logits }) {
    const [{ p, heat }, q] = [state, model(state)];
    const [entropy, other] = [crossEntropy(p, p), crossEntropy(q, q)];
    const cross = crossEntropy(p, q);
    const lengths = huffman(p);
    const chances = softmax(logits, heat);
    return {
      entropy, cross, forward: Math.max(cross - entropy, 0), reverse: Math.max(crossEntropy(q, p) - other, 0), lengths,
      huffman: sum(p.map((share, at) => share * lengths[at]!)), chances, warmth: crossEntropy(chances, chances),
    };
  },

  draw(state, bill, figure, size) {
    if (!isBets(state)) return drawDigit(bill, figure, size);
    const { bars, strips } = boxes(size);
    return drawBars(state, bars) + drawStrips(state, bill, strips);
  },

  say(state, bill, { kind }) {
    if (!isBets(state)) {
      const winner = bill.chances.indexOf(Math.max(...bill.chances));
      return `At temperature ${state.heat} the entropy of the ten probabilities is ${spoken(bill.warmth)}. Class ${winner} leads; the digit is ${kind}.`;
    }
    return `The entropy of p is ${spoken(bill.entropy)}, the cross-entropy ${spoken(bill.cross)}. The KL divergence of p from q is ${spoken(bill.forward)}, that of q from p ${spoken(bill.reverse)}. Huffman's code needs ${spoken(bill.huffman)} a letter.`;
  },

  readouts: (state, bill) =>
    isBets(state)
      ? [
          { label: "entropy H(p)", value: bits(bill.entropy), ink: "first" },
          { label: "cross-entropy H(p, q)", value: bits(bill.cross) },
          { label: "KL of p from q", value: bits(bill.forward), ink: "error" },
          { label: "KL of q from p", value: bits(bill.reverse), ink: "error" },
          { label: "Huffman code, a letter", value: bits(bill.huffman) },
        ]
      : [
          { label: "entropy", value: bits(bill.warmth), ink: "first" },
          { label: "largest probability", value: `${(100 * Math.max(...bill.chances)).toFixed(1)} %`, ink: "second" },
        ],

  controls: [
    { kind: "choice", name: "view", label: "Picture", options: [["bets", "Two histograms"], ["softmax", "A softmax"]] },
    {
      kind: "slider", name: "heat", label: "Temperature T", low: -1, high: 1, step: 0.02, log: true,
      show: (value) => String(Number(value.toPrecision(2))), ends: ["sharp", "flat"], when: (state) => !isBets(state),
    },
    { kind: "choice", name: "drags", label: "On a phone, drag", options: [["p", "p, the world"], ["q", "q, the model"]], when: isBets },
    {
      kind: "slider", name: "apart", label: "Distance of q from p", low: 0, high: 1, step: 0.02,
      show: (value) => `${Math.round(100 * value)} %`, ends: ["equal", "as drawn"], when: isBets,
    },
    {
      kind: "row", label: "Set", when: isBets,
      buttons: [
        { name: "swap", label: "Swap p and q", press: (state) => ({ ...state, p: model(state), q: state.p, apart: 1 }) },
        { name: "same", label: "q = p", press: (state) => ({ ...state, q: state.p, apart: 1 }) },
        { name: "flat", label: "Flat q", press: (state) => ({ ...state, q: LETTERS.map(() => 1 / COUNT), apart: 1 }) },
      ],
    },
    {
      kind: "row", label: "Try", when: isBets,
      buttons: [
        { name: "hand", label: "The lesson's four letters", press: (state, _bill, { hand }) => ({ ...state, p: hand[0]!, q: hand[1]!, apart: 1 }) },
        { name: "halves", label: "Powers of one half", press: (state) => ({ ...state, p: HALVES, q: model(state), apart: 1 }) },
      ],
    },
  ],

  handles(state, _bill, _figure, size) {
    if (!isBets(state)) return [];
    const { bars } = boxes(size);
    if (size.narrow) return grips(state, bars, state.drags === "p" ? "p" : "q");
    return [...grips(state, bars, "p"), ...grips(state, bars, "q")];
  },

  stops: [
    { chapter: "entropy_is_the_average_surprise", words: "Four letters by hand", state: { p: [0.5, 0.25, 0.125, 0.125, 0, 0, 0, 0], q: [0.5, 0.25, 0.125, 0.125, 0, 0, 0, 0] } },
    { chapter: "the_excess_has_a_direction", words: "The wrong prices", state: { p: [0.5, 0.25, 0.125, 0.125, 0, 0, 0, 0], q: [0.125, 0.5, 0.25, 0.125, 0, 0, 0, 0] } },
    { chapter: "no_letter_code_gets_below_it", words: "Two bits for each of the four", state: { p: [0.5, 0.25, 0.125, 0.125, 0, 0, 0, 0], q: [0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0] } },
    { chapter: "temperature_dials_the_entropy", words: "A digit that is hard to read", state: { view: "softmax" } },
    { chapter: "temperature_dials_the_entropy", words: "The same at T = 0.25", state: { view: "softmax", heat: 0.25 } },
  ],

  quests: [
    {
      words: "Find p and q whose KL divergence is under 0.1 bits one way and infinite the other.",
      found: (_state, { forward, reverse }) => Math.min(forward, reverse) < 0.1 && Math.max(forward, reverse) === Infinity,
    },
    {
      words: "Find a p, not flat, with four letters or more, whose Huffman code needs exactly its entropy.",
      found: ({ p }, bill) => {
        const used = p.filter((share) => share > 0);
        return used.length > 3 && Math.max(...used) - Math.min(...used) > 0.01 && Math.abs(bill.huffman - bill.entropy) < 1e-6;
      },
    },
    {
      words: "In the softmax, turn the temperature until the entropy is under one bit.",
      found: (state, { warmth }) => !isBets(state) && warmth < 1,
    },
  ],
};
