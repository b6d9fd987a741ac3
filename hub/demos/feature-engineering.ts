// Five values under three scalings, of which one is dragged away; and what noise scores when its columns were chosen
// with the held-out labels in view.

import type { Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { axes, circle, group, line, path, plot, scale, words } from "./frame/svg";

export interface Figure {
  /** The four values beside the outlier. */
  readonly values: readonly number[];
  /** Numbers of columns of noise to choose from, and how many are chosen. */
  readonly widths: readonly number[];
  readonly kept: number;
  /** Accuracies by width and shuffle: columns chosen on all rows, and on the training folds. */
  readonly outside: readonly (readonly number[])[];
  readonly inside: readonly (readonly number[])[];
}

interface View extends State {
  show: string;
  /** The fifth value. */
  last: number;
  /** Which of the widths, and which shuffle, from 0. */
  width: number;
  shuffle: number;
}

interface Scaling {
  readonly centre: number;
  readonly width: number;
  /** The five values, scaled. */
  readonly at: readonly number[];
  /** From the first to the last of the four, scaled. */
  readonly spread: number;
}

interface Found {
  readonly standard: Scaling;
  readonly minmax: Scaling;
  readonly robust: Scaling;
  /** Mean accuracies at the width, and those of the shuffle. */
  readonly outside: number;
  readonly inside: number;
  readonly leaked: number;
  readonly honest: number;
}

const VIEWS: readonly (readonly [string, string])[] = [["rulers", "One outlier, three rulers"], ["noise", "Noise that scores"]];
const NEAR = 5;
/** Where the fifth value lies at first. */
const FIRST = 10;
const FAR = 100;
const COIN = 0.5;
const RAW: Point = [-3, 106];
const SCALED: Point = [-2.2, 3.4];
const RULERS = [["standard", "standardisation"], ["minmax", "min-max scaling"], ["robust", "robust scaling"]] as const;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
const minus = (text: string): string => text.replace("-", "−");

/** The quantile of sorted values, straight between neighbours. */
function quantile(sorted: readonly number[], share: number): number {
  const spot = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(spot)] ?? 0, sorted[Math.ceil(spot)] ?? 0];
  return low + (spot - Math.floor(spot)) * (high - low);
}

function scaling(values: readonly number[], centre: number, width: number): Scaling {
  const at = values.map((value) => (value - centre) / width);
  const four = at.slice(0, -1);
  return { centre, width, at, spread: Math.max(...four) - Math.min(...four) };
}

const rawLine = ({ width }: Size): ((value: number) => number) => scale(RAW, [4, width - 4]);
const rowOf = (index: number, { height }: Size): number => ((index + 0.62) * height) / 4;

function drawRulers(found: Found, { values }: Figure, size: Size, last: number): string {
  const raw = rawLine(size);
  const unit = scale(SCALED, [4, size.width - 4]);
  const top = rowOf(0, size);
  return [
    words(4, top - 34, "the five values", "name"),
    line(raw(RAW[0]), top, raw(RAW[1]), top, "rule"),
    ...[0, 50, 100].map((tick) => words(raw(tick), top + 28, String(tick), "tick", "middle")),
    ...values.map((value) => circle(raw(value), top, 6, "value")),
    ...RULERS.map(([rule, name], index) => {
      const y = rowOf(index + 1, size);
      const { at, spread } = found[rule];
      const out = at[at.length - 1] ?? 0;
      return group(
        "ruler",
        words(4, y - 34, name, "name"),
        words(size.width - 4, y - 34, `the four: ${spread.toFixed(2)} wide`, "spread", "end"),
        line(unit(SCALED[0]), y, unit(SCALED[1]), y, "rule"),
        ...[-2, -1, 0, 1, 2, 3].map((tick) => line(unit(tick), y - 4, unit(tick), y + 4, "rule")),
        ...[-2, -1, 0, 1, 2, 3].map((tick) => words(unit(tick), y + 28, minus(String(tick)), "tick", "middle")),
        ...at.slice(0, -1).map((value) => circle(unit(value), y, 6, "value")),
        out <= SCALED[1] ? circle(unit(out), y, 7, "outlier") : words(size.width - 4, y - 12, `${out.toFixed(1)} →`, "gone", "end"),
      );
    }),
    words(raw(last), top - 14, last.toFixed(0), "gone", "middle"),
  ].join("");
}

const chart = ({ width, height }: Size): Plot => plot([1, 4], [0.26, 1.02], 44, 34, width - 12, height - 46);

function drawNoise(state: View, { widths, outside, inside }: Figure, size: Size): string {
  const box = chart(size);
  const across = widths.map((width) => box.x(Math.log10(width)));
  const here = across[state.width] ?? box.left;
  const dots = (table: Figure["outside"], look: string): string =>
    table
      .map((row, at) =>
        row
          .map((score, shuffle) => {
            const x = (across[at] ?? 0) + (shuffle - 9.5) * 0.9;
            const now = at === state.width;
            return circle(x, box.y(score), now && shuffle === state.shuffle ? 6 : 2.5, `${look} ${now ? "here" : "there"}`);
          })
          .join(""),
      )
      .join("");
  const curve = (table: Figure["outside"], look: string): string =>
    path(table.map((row, at): Point => [across[at] ?? 0, box.y(mean(row))]), look);
  return [
    line(here, box.top, here, box.bottom, "chosen"),
    line(box.left, box.y(COIN), box.right, box.y(COIN), "coin"),
    axes(box, [], [], "columns of noise to choose from", "held-out labels right"),
    ...widths.map((width, at) =>
      size.narrow && at % 2 ? "" : words(across[at] ?? 0, box.bottom + 16, width.toLocaleString("en"), "tick", "middle"),
    ),
    ...[0.5, 0.75, 1].map((share) => words(box.left - 6, box.y(share) + 4, (100 * share).toFixed(0), "tick", "end")),
    dots(outside, "leak"),
    dots(inside, "sound"),
    curve(outside, "leak-line"),
    curve(inside, "sound-line"),
    words(across[2] ?? 0, box.y(0.97), "chosen on all rows", "leak-name", "end"),
    words(across[0] ?? 0, box.y(0.29), "chosen on training folds", "sound-name"),
  ].join("");
}

export const demo: Demo<Figure, View, Found> = {
  slug: "feature-engineering",
  title: "Move the outlier, catch the leak",
  promise: "Drag one value away and see which scaling keeps the others apart. Then let noise score, and find out how far a single run can mislead.",
  hint: "Drag the ringed value, or the line of the chosen width. The arrow keys move them too, farther with Shift.",
  shape: { wide: 0.72, narrow: 1.15 },

  start: () => ({ show: "rulers", last: FIRST, width: 0, shuffle: 0 }),

  settle: (state, { widths, outside }) => ({
    show: VIEWS.some(([name]) => name === state.show) ? state.show : "rulers",
    last: Math.round(clamp(state.last, NEAR, FAR)),
    width: Math.round(clamp(state.width, 0, widths.length - 1)),
    shuffle: Math.round(clamp(state.shuffle, 0, (outside[0]?.length ?? 1) - 1)),
  }),

  solve({ last, width, shuffle }, { values, outside, inside }) {
    const five = [...values, last];
    const sorted = [...five].sort((one, two) => one - two);
    const middle = mean(five);
    const low = sorted[0] ?? 0;
    return {
      standard: scaling(five, middle, Math.sqrt(mean(five.map((value) => (value - middle) ** 2)))),
      minmax: scaling(five, low, (sorted[sorted.length - 1] ?? 0) - low),
      robust: scaling(five, quantile(sorted, 0.5), quantile(sorted, 0.75) - quantile(sorted, 0.25)),
      outside: mean(outside[width] ?? []),
      inside: mean(inside[width] ?? []),
      leaked: outside[width]?.[shuffle] ?? 0,
      honest: inside[width]?.[shuffle] ?? 0,
    };
  },

  draw: (state, found, figure, size) =>
    state.show === "rulers" ? drawRulers(found, figure, size, state.last) : drawNoise(state, figure, size),

  say(state, found, { widths }) {
    if (state.show === "rulers")
      return `The fifth value is ${state.last}. The other four are ${found.standard.spread.toFixed(2)} wide standardised, ${found.minmax.spread.toFixed(2)} by min-max scaling, and ${found.robust.spread.toFixed(2)} by robust scaling.`;
    return `With ${widths[state.width]} columns to choose from, ${percent(found.outside)} of held-out labels are right if columns are chosen on all rows, ${percent(found.inside)} if they are chosen on the training folds; means of 20 shuffles.`;
  },

  readouts: (state, found) =>
    state.show === "rulers"
      ? [
          { label: "standard deviation", value: found.standard.width.toFixed(1), ink: "error" },
          { label: "whole range", value: found.minmax.width.toFixed(0), ink: "error" },
          { label: "median", value: found.robust.centre.toFixed(0) },
          { label: "interquartile range", value: found.robust.width.toFixed(0), ink: "truth" },
        ]
      : [
          { label: "chosen on all rows, mean of 20", value: percent(found.outside), ink: "error" },
          { label: "chosen on training folds, mean of 20", value: percent(found.inside), ink: "truth" },
          { label: "this shuffle, on all rows", value: percent(found.leaked), ink: "error" },
          { label: "this shuffle, on training folds", value: percent(found.honest), ink: "truth" },
        ],

  controls: [
    { kind: "choice", name: "show", label: "Look at", options: VIEWS },
    {
      kind: "slider", name: "last", label: "The fifth value", low: NEAR, high: FAR, step: 1,
      show: (value) => String(value), when: (state) => state.show === "rulers",
    },
    {
      kind: "slider", name: "width", label: "Columns of noise", low: 0, high: 4, step: 1, ends: ["20", "5,000"],
      show: (value) => `step ${value + 1} of 5`, when: (state) => state.show === "noise",
    },
    {
      kind: "slider", name: "shuffle", label: "Shuffle", low: 0, high: 19, step: 1,
      show: (value) => `${value + 1} of 20`, when: (state) => state.show === "noise",
    },
    {
      kind: "row", label: "Try", when: (state) => state.show === "rulers",
      buttons: [
        { name: "row", label: "Five in a row", press: (state) => ({ ...state, last: NEAR }) },
        { name: "twice", label: "Twice as far", press: (state) => ({ ...state, last: 2 * state.last }) },
      ],
    },
    {
      kind: "row", label: "Try", when: (state) => state.show === "noise",
      buttons: [
        { name: "wider", label: "More columns", press: (state) => ({ ...state, width: state.width + 1 }) },
        { name: "again", label: "Shuffle again", press: (state) => ({ ...state, shuffle: (state.shuffle + 1) % 20 }) },
      ],
    },
  ],

  handles(state, _found, { widths }, size) {
    if (state.show === "rulers") {
      const raw = rawLine(size);
      const back = scale([4, size.width - 4], RAW);
      return [
        {
          name: "outlier", label: "The fifth value", words: String(state.last), x: raw(state.last), y: rowOf(0, size), look: "grip",
          drag: (x) => ({ ...state, last: back(x) }),
          nudge: (right, up, far) => ({ ...state, last: state.last + (right + up) * (far ? 10 : 1) }),
        },
      ];
    }
    const box = chart(size);
    const log = (at: number): number => Math.log10(widths[at] ?? 1);
    return [
      {
        name: "width", label: "Columns of noise", words: `${widths[state.width]} columns`, x: box.x(log(state.width)), y: box.top, look: "grip",
        drag: (x) => {
          const away = widths.map((_, at) => Math.abs(log(at) - box.fromX(x)));
          return { ...state, width: away.indexOf(Math.min(...away)) };
        },
        nudge: (right, up) => ({ ...state, width: state.width + right + up }),
      },
    ];
  },

  stops: [
    { chapter: "noise_scores", words: "5,000 columns, chosen on all rows", state: { show: "noise", width: 4 } },
    { chapter: "the_answers_leaked", words: "20 columns of 20: nothing to choose", state: { show: "noise", width: 0 } },
    { chapter: "the_answers_leaked", words: "500 columns: a leak already", state: { show: "noise", width: 2 } },
    { chapter: "one_outlier_three_rulers", words: "Five values in a row", state: { show: "rulers", last: NEAR } },
    { chapter: "one_outlier_three_rulers", words: "The fifth at 100", state: { show: "rulers", last: FAR } },
  ],

  quests: [
    {
      words: "Push the fifth value until min-max scaling leaves the other four a tenth of its ruler.",
      found: (state, { minmax }) => state.show === "rulers" && minmax.spread <= 0.1,
    },
    {
      words: "Find where robust scaling no longer shows the fifth value within five units.",
      found: (state, { robust }) => state.show === "rulers" && (robust.at[4] ?? 0) > 5,
    },
    {
      words: "Find a shuffle in which honest columns of noise are right 60 % of the time: a lucky run.",
      found: (state, { honest }) => state.show === "noise" && honest >= 0.6,
    },
    {
      words: "Find the fewest columns with which each of the twenty leaking scores is above 60 %.",
      found: (state, _found, { outside }) =>
        state.show === "noise" && state.width === outside.findIndex((row) => Math.min(...row) > 0.6),
    },
  ],
};
