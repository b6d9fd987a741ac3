// The posterior by hand: a prior, words with their likelihoods, the square of areas and the balance of log-odds.

import type { Demo, Handle, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Point } from "./frame/svg";
import { group, line, path, rect, words } from "./frame/svg";

export interface Figure {
  readonly words: readonly string[];
  /** Of each word, how many spam and how many ham have it. */
  readonly have: readonly Point[];
  /** How many spam and how many ham there are. */
  readonly all: Point;
}

interface Mail extends State {
  prior: number;
  /** Numbers of words in the order in which they were read; the one after the last stands for a word of one's own. */
  read: readonly number[];
  /** Likelihoods of one's own word. */
  spam: number;
  ham: number;
}

interface Weight {
  readonly name: string;
  readonly spam: number;
  readonly ham: number;
  /** What it adds to the log-odds; without bound where a class has a share of zero. */
  readonly weight: number;
}

interface Weighed {
  readonly weights: readonly Weight[];
  /** Log-odds of the prior, of all before the last word, and of everything. */
  readonly start: number;
  readonly before: number;
  readonly z: number;
  readonly posterior: number;
}

const MOST = 6;
const SPAMMY = ["guaranteed", "credit", "income", "money", "remove", "offer", "business", "order", "free", "click", "your"];
const HAMMY = ["the", "was", "see", "file", "thanks", "meeting", "patch", "wrote", "perl"];
const OWN = "own word";
/** Radians of the beam under a large sum, and the sum that tilts it by three quarters of that. */
const [STEEP, SOFT] = [0.15, 3];

const logit = (p: number): number => Math.log(p / (1 - p));
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const percent = (p: number): string => (p === 0 || p === 1 ? `${100 * p} %` : p > 0.9995 ? `${(Math.floor(1e6 * p) / 1e4).toFixed(4)} %` : `${(100 * p).toFixed(p < 0.0005 ? 4 : 1)} %`);
const signed = (value: number): string => (Number.isFinite(value) ? `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}` : value < 0 ? "−∞" : "+∞");

function weightOf(index: number, { spam, ham }: Mail, { words: names, have, all }: Figure): Weight {
  const own = index >= names.length;
  const [one, other] = own ? [spam, ham] : [have[index]![0] / all[0], have[index]![1] / all[1]];
  return { name: own ? OWN : names[index]!, spam: one, ham: other, weight: one === other ? 0 : Math.log(one / other) };
}

/** A sum in which a share of zero has the last word: the first one that comes. */
const add = (z: number, weight: number): number => (Number.isFinite(z) ? z + weight : z);

// --- drawing -----------------------------------------------------------------------------------------------------

interface Box {
  readonly left: number;
  readonly top: number;
  readonly wide: number;
  readonly tall: number;
}

interface Places {
  readonly bar: Box;
  readonly square: Box;
  readonly strip: Box;
  readonly scale: Box;
}

function places({ width, height, narrow }: Size): Places {
  const wide = narrow ? width - 32 : width * 0.42;
  const full = narrow ? height * 0.52 : height;
  const left = narrow ? 16 : 14;
  return {
    bar: { left, top: 28, wide, tall: 20 },
    square: { left, top: 92, wide, tall: full - 92 - 70 },
    strip: { left, top: full - 34, wide, tall: 26 },
    scale: narrow
      ? { left: 8, top: full + 12, wide: width - 16, tall: height - full - 16 }
      : { left: left + wide + 26, top: 8, wide: width - wide - left - 34, tall: height - 14 },
  };
}

/** A bar that is ham on the left and spam on the right. */
function parted({ left, top, wide, tall }: Box, spam: number): string {
  const border = left + wide * (1 - spam);
  return rect(left, top, border - left, tall, "ham") + rect(border, top, left + wide - border, tall, "spam");
}

function areas({ weights, before }: Weighed, box: Box): string {
  const { left, top, wide, tall } = box;
  const last = weights[weights.length - 1];
  const spam = sigmoid(before);
  const border = left + wide * (1 - spam);
  const [low, high] = last ? [last.ham * tall, last.spam * tall] : [tall, tall];
  return group(
    "areas",
    rect(left, top, border - left, tall, "ham faded"), rect(border, top, left + wide - border, tall, "spam faded"),
    rect(left, top + tall - low, border - left, low, "ham"), rect(border, top + tall - high, left + wide - border, high, "spam"),
    words(left, top - 8, "ham", "ham-name"), words(left + wide, top - 8, "spam", "spam-name", "end"),
    words(left + wide / 2, top - 8, !last ? "areas: all mails" : weights.length > 1 ? `after the others, “${last.name}”` : `areas: mails that say “${last.name}”`, "note", "middle"),
  );
}

function beam({ weights, start, z }: Weighed, { left, top, wide, tall }: Box): string {
  const [cx, cy] = [left + wide / 2, top + tall - 58];
  const arm = wide * 0.29;
  const angle = Number.isFinite(z) ? STEEP * Math.tanh(z / SOFT) : STEEP * Math.sign(z);
  const [dx, dy] = [arm * Math.cos(angle), arm * Math.sin(angle)];
  const all = [{ name: "prior", weight: start }, ...weights].filter(({ weight }) => Math.abs(weight) > 1e-9);
  const room = cy - top - 46 - Math.abs(dy);
  const heights = all.map(({ weight }) => Math.max(24, Number.isFinite(weight) ? 34 * Math.abs(weight) : 200));
  const side = (right: boolean): number => heights.filter((_, index) => all[index]!.weight > 0 === right).reduce((sum, each) => sum + each, 0);
  const shrink = Math.min(1, room / Math.max(side(true), side(false), 1));
  const blockWide = wide * 0.4;
  const level = [cy - dy - 14, cy + dy - 14];
  const blocks = all.map(({ name, weight }, index) => {
    const right = weight > 0 ? 1 : 0;
    const high = heights[index]! * shrink;
    level[right]! -= high;
    const x = (right ? cx + dx : cx - dx) - blockWide / 2;
    const middle = level[right]! + high / 2 + 4.5;
    return group(
      "block", rect(x, level[right]! + 0.5, blockWide, high - 1, right ? "spam" : "ham", 2),
      words(x + 6, middle, name, "in"), words(x + blockWide - 6, middle, signed(weight), "in", "end"),
    );
  });
  const plate = (x: number, y: number, look: string): string =>
    line(x, y, x, y - 14, "beam") + line(x - blockWide / 2 - 4, y - 13, x + blockWide / 2 + 4, y - 13, look);
  return group(
    "balance", path([[cx, cy], [cx - 22, cy + 40], [cx + 22, cy + 40]], "foot", true),
    line(cx - dx, cy - dy, cx + dx, cy + dy, "beam"), plate(cx - dx, cy - dy, "ham-plate"), plate(cx + dx, cy + dy, "spam-plate"),
    ...blocks, words(cx - arm, cy + 40, "ham", "ham-name", "middle"), words(cx + arm, cy + 40, "spam", "spam-name", "middle"),
  );
}

// --- the demo ----------------------------------------------------------------------------------------------------

const push = (state: Mail, index: number): Mail =>
  state.read.length < MOST && index >= 0 ? { ...state, read: [...state.read, index] } : state;

const buttons = (names: readonly string[]) =>
  names.map((name) => ({ name, label: name, press: (state: Mail, _result: Weighed, figure: Figure): Mail => push(state, figure.words.indexOf(name)) }));

export const demo: Demo<Figure, Mail, Weighed> = {
  slug: "naive-bayes",
  title: "Weigh a mail word by word",
  promise: "Set the prior, read up to six words of a mail, real ones or your own. Areas, balance and posterior move together. A word counts by the share of real mails that have it.",
  hint: "Drag the border of the prior, or the likelihoods of your own word. The arrow keys move them too, farther with Shift.",
  shape: { wide: 0.62, narrow: 1.9 },

  start: ({ words: names, all }) => ({ prior: all[0] / (all[0] + all[1]), read: [names.indexOf("free")], spam: 0.4, ham: 0.1 }),

  settle: (state, { words: names, all }) => ({
    prior: clamp(Number.isFinite(state.prior) ? state.prior : all[0] / (all[0] + all[1]), 0.01, 0.99),
    read: state.read.filter((index) => Number.isInteger(index) && index >= 0 && index <= names.length).slice(0, MOST),
    spam: clamp(state.spam, 0, 1),
    ham: clamp(state.ham, 0, 1),
  }),

  solve(state, figure) {
    const weights = state.read.map((index) => weightOf(index, state, figure));
    const start = logit(state.prior);
    const before = weights.slice(0, -1).reduce((z, { weight }) => add(z, weight), start);
    const z = weights.reduce((sum, { weight }) => add(sum, weight), start);
    return { weights, start, before, z, posterior: sigmoid(z) };
  },

  draw(state, weighed, _figure, size) {
    const { bar, square, strip, scale } = places(size);
    return [
      words(bar.left, bar.top - 9, `prior: ${percent(state.prior)} spam`, "said"), parted(bar, state.prior),
      areas(weighed, square),
      words(strip.left, strip.top - 8, `posterior: ${percent(weighed.posterior)} spam`, "said"), parted(strip, weighed.posterior),
      beam(weighed, scale),
    ].join("");
  },

  say(state, { weights, z, posterior }) {
    const said = weights.length ? `The words read are ${weights.map(({ name }) => name).join(", ")}.` : "No word has been read.";
    return `The prior is ${percent(state.prior)} spam. ${said} The log-odds are ${signed(z)}, and the posterior is ${percent(posterior)} spam.`;
  },

  readouts(_state, { weights, start, z, posterior }) {
    const last = weights[weights.length - 1];
    return [
      { label: "log-odds of the prior", value: signed(start) },
      { label: "last word, spam · ham", value: last ? `${percent(last.spam)} · ${percent(last.ham)}` : "none" },
      { label: "sum of log-odds", value: signed(z), ink: z > 0 ? "second" : "first" },
      { label: "posterior of spam", value: percent(posterior), ink: "second" },
    ];
  },

  controls: [
    { kind: "slider", name: "prior", label: "Prior of spam", low: 0.01, high: 0.99, step: 0.001, show: percent },
    { kind: "row", label: "Read a word", buttons: buttons(SPAMMY) },
    { kind: "row", label: "Or one of these", buttons: buttons(HAMMY) },
    {
      kind: "row", label: "Or",
      buttons: [
        { name: "own", label: "A word of your own", press: (state, _result, { words: names }) => push(state, names.length) },
        { name: "copy", label: "The last one again", press: (state) => (state.read.length ? push(state, state.read[state.read.length - 1]!) : state) },
        { name: "back", label: "Take one back", press: (state) => ({ ...state, read: state.read.slice(0, -1) }) },
        { name: "empty", label: "An empty mail", press: (state) => ({ ...state, read: [] }) },
      ],
    },
    { kind: "slider", name: "spam", label: "Share of spam with your word", low: 0, high: 1, step: 0.01, show: percent, when: (state) => state.read.some((index) => index === SPAMMY.length + HAMMY.length) },
    { kind: "slider", name: "ham", label: "Share of ham with your word", low: 0, high: 1, step: 0.01, show: percent, when: (state) => state.read.some((index) => index === SPAMMY.length + HAMMY.length) },
  ],

  handles(state, { weights, before }, _figure, size) {
    const { bar, square } = places(size);
    const found: Handle<Mail>[] = [
      {
        name: "prior", label: "The prior", words: `${percent(state.prior)} spam`, look: "grip",
        x: bar.left + bar.wide * (1 - state.prior), y: bar.top + bar.tall / 2,
        drag: (x) => ({ ...state, prior: 1 - (x - bar.left) / bar.wide }),
        nudge: (right, up, far) => ({ ...state, prior: state.prior + (up - right) * (far ? 0.05 : 0.005) }),
      },
    ];
    if (weights[weights.length - 1]?.name !== OWN) return found;
    const border = square.left + square.wide * (1 - sigmoid(before));
    for (const [name, x] of [["ham", (square.left + border) / 2], ["spam", (border + square.left + square.wide) / 2]] as const) {
      found.push({
        name, label: `Share of ${name} with your word`, words: percent(state[name]), look: "grip",
        x: clamp(x, square.left + 14, square.left + square.wide - 14), y: square.top + square.tall * (1 - state[name]),
        drag: (_x, y) => ({ ...state, [name]: 1 - (y - square.top) / square.tall }),
        nudge: (_right, up, far) => ({ ...state, [name]: state[name] + up * (far ? 0.1 : 0.01) }),
      });
    }
    return found;
  },

  stops: [
    { chapter: "keep_what_fits_and_count_again", words: "“free” alone: 59 %", state: {} },
    { chapter: "keep_what_fits_and_count_again", words: "The same word where 5 % are spam", state: { prior: 0.05 } },
    { chapter: "pretend_that_words_do_not_know_each_other", words: "“credit”, and “offer” as if independent", state: { read: [1, 5] } },
    { chapter: "one_zero_overrules_everything", words: "Four words, and a share of zero", state: { read: [0, 8, 1, 5, 20], spam: 0, ham: 0.02 } },
    { chapter: "present_or_how_many", words: "The four words of our mail", state: { read: [0, 8, 1, 5] } },
    { chapter: "one_witness_asked_ten_times", words: "One word, counted three times", state: { prior: 0.5, read: [20, 20, 20], spam: 0.4, ham: 0.1 } },
  ],

  quests: [
    { words: "Find the prior that leaves “free” alone at 50 %.", found: ({ read }, { posterior }, { words: names }) => read.length === 1 && names[read[0]!] === "free" && Math.abs(posterior - 0.5) < 0.005 },
    { words: "Let a single word, read five times, claim more than 99.9 %.", found: ({ read }, { posterior }) => read.length >= 5 && new Set(read).size === 1 && posterior > 0.999 },
    { words: "Read “guaranteed”, and still leave the mail on the side of ham.", found: ({ read }, { z, weights }) => z < 0 && Number.isFinite(z) && read.length > 1 && weights.some(({ name }) => name === "guaranteed") },
    { words: "Let one share of zero overrule three other words.", found: ({ read }, { z }, { words: names }) => !Number.isFinite(z) && z < 0 && read.filter((index) => index < names.length).length >= 3 },
  ],
};
