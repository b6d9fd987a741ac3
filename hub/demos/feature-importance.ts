// What four rules pay twelve columns, what becomes of it where one stands there twice, and one patient's SHAP values.

import type { Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot } from "./frame/svg";
import { circle, group, line, plot, rect, words } from "./frame/svg";

export interface Figure {
  readonly names: readonly string[];
  /** What a rule pays on each split, column by column. */
  readonly paid: { readonly [rule: string]: readonly (readonly number[])[] };
  readonly twin: { readonly [rule: string]: { readonly alone: number; readonly one: number; readonly other: number; readonly both?: number } };
  /** The mean prediction; of each patient SHAP values, what the forest says, and what was true. */
  readonly base: number;
  readonly values: readonly (readonly number[])[];
  readonly said: readonly number[];
  readonly truth: readonly number[];
}

interface Asked extends State {
  /** A rule, or `patient`. */
  rule: string;
  /** `off`, or `on`: body mass stands in the table twice. */
  twin: string;
  /** Number of the patient, from 0. */
  patient: number;
}

interface Bar {
  readonly name: string;
  /** Where it begins and ends. */
  readonly from: number;
  readonly to: number;
  readonly look: string;
  /** What each split has. */
  readonly dots: readonly number[];
}

interface Paid {
  readonly bars: readonly Bar[];
  /** How many measured columns are paid less than the ticket, on average; of a patient, by size. */
  readonly below: number;
  /** Number of the feature that is paid most. */
  readonly top: string;
}

const RULES = ["impurity", "permutation", "drop", "shap", "patient"] as const;
const TITLES: { readonly [rule: string]: string } = {
  impurity: "impurity", permutation: "permutation", drop: "drop-column", shap: "mean |SHAP|", patient: "one patient",
};
const SCALES: { readonly [rule: string]: string } = {
  impurity: "share of all impurity decreases", permutation: "R² lost, column shuffled", drop: "R² lost, refitted without",
  shap: "mean of |SHAP values|", patient: "prediction",
};
const TICKET = 10;
const MASS = 2;

const digits = (rule: string): number => (rule === "shap" || rule === "patient" ? 1 : 3);
const fixed = (value: number, places: number): string => {
  const text = Math.abs(value).toFixed(places);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
};
const signed = (value: number): string => (value < 0 ? "" : "+") + fixed(value, 1);

/** The mean of each column of a table. */
export function means(table: readonly (readonly number[])[]): number[] {
  return table[0]!.map((_, column) => table.reduce((sum, row) => sum + row[column]!, 0) / table.length);
}

/** Numbers of values, the largest first. */
export const ranked = (values: readonly number[]): number[] => values.map((_, at) => at).sort((one, other) => values[other]! - values[one]! || one - other);

const kind = (column: number): string => (column >= TICKET ? "chance" : "measured");

function ofForest(rule: string, { names, paid }: Figure): Paid {
  const table = paid[rule]!;
  const each = means(table);
  const order = ranked(each);
  return {
    bars: order.map((column) => ({ name: names[column]!, from: 0, to: each[column]!, look: kind(column), dots: table.map((row) => row[column]!) })),
    below: each.filter((value, column) => column < TICKET && value < each[TICKET]!).length,
    top: names[order[0]!]!,
  };
}

function ofTwins(rule: string, figure: Figure): Paid {
  const { alone, one, other, both } = figure.twin[rule]!;
  const bars: Bar[] = [
    { name: "alone", from: 0, to: alone, look: "measured", dots: [] },
    { name: "kg/m²", from: 0, to: one, look: "measured", dots: [] },
    { name: "lb/ft²", from: 0, to: other, look: "twin", dots: [] },
  ];
  if (both !== undefined) bars.push({ name: "both at once", from: 0, to: both, look: "lit", dots: [] });
  return { bars, below: 0, top: figure.names[MASS]! };
}

function ofPatient(patient: number, { names, base, values, said }: Figure): Paid {
  const own = values[patient]!;
  const sizes = own.map(Math.abs);
  const order = ranked(sizes);
  let at = base;
  const steps = order.map((column) => {
    const from = at;
    at += own[column]!;
    return { name: names[column]!, from, to: at, look: kind(column), dots: [] };
  });
  return {
    bars: [
      { name: "base value", from: 0, to: base, look: "whole", dots: [] }, ...steps,
      { name: "prediction", from: 0, to: said[patient]!, look: "lit", dots: [] },
    ],
    below: sizes.filter((size, column) => column < TICKET && size < sizes[TICKET]!).length,
    top: names[order[0]!]!,
  };
}

// --- drawing -----------------------------------------------------------------------------------------------------

/** Room for bars; of a patient, over the strip on which all predictions lie. */
function chart({ bars }: Paid, rule: string, { width, height, narrow }: Size): Plot {
  const ends = bars.flatMap(({ from, to, dots }) => [from, to, ...dots]);
  const [low, high] = [Math.min(0, ...ends), Math.max(...ends)];
  const foot = rule === "patient" ? 0.8 * height : height - 8;
  return plot([low, high], [bars.length, 0], narrow ? 92 : 112, 34, width - 66, foot);
}

function strip({ said }: Figure, { width, height }: Size): Plot {
  return plot([Math.min(...said) - 6, Math.max(...said) + 6], [0, 1], 16, 0.87 * height, width - 16, height - 22);
}

function bar(box: Plot, { name, from, to, look, dots }: Bar, row: number, rule: string): string {
  const [top, tall] = [box.y(row) + 2, Math.abs(box.y(row + 1) - box.y(row)) - 4];
  const [left, right] = [box.x(Math.min(from, to)), box.x(Math.max(from, to))];
  const step = rule === "patient" && look !== "whole" && look !== "lit";
  const far = Math.max(right, ...dots.map(box.x));
  return group("row",
    words(box.left - 8, top + tall / 2 + 5, name, "name", "end"),
    rect(left, top, right - left, tall, look, 2),
    ...dots.map((each, at) => circle(box.x(each), top + tall / 2 + ((at % 5) - 2) * tall * 0.16, 1.8, "split")),
    words(far + 6, top + tall / 2 + 5, step ? signed(to - from) : fixed(to, digits(rule)), "value"),
  );
}

function predictions(state: Asked, figure: Figure, size: Size): string {
  const box = strip(figure, size);
  const middle = (box.top + box.bottom) / 2;
  return group("strip",
    words(box.left, box.top - 8, `predictions for ${figure.said.length} patients`, "note"),
    line(box.left, middle, box.right, middle, "rule"),
    ...figure.said.map((said) => line(box.x(said), middle - 9, box.x(said), middle + 9, "tick")),
    words(box.left, box.bottom + 16, fixed(Math.min(...figure.said), 0), "note"),
    words(box.right, box.bottom + 16, fixed(Math.max(...figure.said), 0), "note", "end"),
    circle(box.x(figure.said[state.patient]!), middle, 7, "lit"),
  );
}

// --- the demo ----------------------------------------------------------------------------------------------------

/** The patient whose prediction is nearest to a value. */
export const nearest = (said: readonly number[], value: number): number =>
  said.reduce((best, each, at) => (Math.abs(each - value) < Math.abs(said[best]! - value) ? at : best), 0);

/** The patient who comes so many places later by prediction. */
export function beside(said: readonly number[], patient: number, by: number): number {
  const order = said.map((_, at) => at).sort((one, other) => said[one]! - said[other]! || one - other);
  return order[clamp(order.indexOf(patient) + by, 0, order.length - 1)]!;
}

export const demo: Demo<Figure, Asked, Paid> = {
  slug: "feature-importance",
  title: "Ask who earned it",
  promise: "Choose a rule and see what it pays twelve columns on twenty splits. Put body mass into the table twice. Or take one patient, and see her or his SHAP values add up.",
  hint: "For one patient, drag the point along the predictions. The arrow keys move it too, farther with Shift.",
  shape: { wide: 0.66, narrow: 1.15 },

  start: () => ({ rule: "patient", twin: "off", patient: 1 }),

  settle: (state, { said }) => ({
    rule: (RULES as readonly string[]).includes(String(state.rule)) ? String(state.rule) : "patient",
    twin: String(state.twin) === "on" && String(state.rule) !== "patient" ? "on" : "off",
    patient: Math.round(clamp(Number.isFinite(state.patient) ? state.patient : 0, 0, said.length - 1)),
  }),

  solve(state, figure) {
    if (state.rule === "patient") return ofPatient(state.patient, figure);
    return state.twin === "on" ? ofTwins(state.rule, figure) : ofForest(state.rule, figure);
  },

  draw(state, paid, figure, size) {
    const box = chart(paid, state.rule, size);
    const what = state.rule !== "patient" && state.twin === "on" ? `body mass twice: ${SCALES[state.rule]!}` : SCALES[state.rule]!;
    const zero = line(box.x(0), box.top, box.x(0), box.bottom, "rule");
    return words(box.left, 20, what, "note") + zero + paid.bars.map((each, row) => bar(box, each, row, state.rule)).join("")
      + (state.rule === "patient" ? predictions(state, figure, size) : "");
  },

  say(state, { bars, top }, { base, said, truth }) {
    if (state.rule === "patient") {
      const at = state.patient;
      return `Patient ${at + 1}: from the base value ${fixed(base, 1)}, the SHAP values lead to the prediction ${fixed(said[at]!, 1)}. The largest is that of ${top}. The truth was ${fixed(truth[at]!, 0)}.`;
    }
    const listed = bars.slice(0, 4).map(({ name, to }) => `${name} ${fixed(to, digits(state.rule))}`).join(", ");
    return state.twin === "on"
      ? `Body mass stands in the table twice. By ${TITLES[state.rule]!}: ${listed}.`
      : `By ${TITLES[state.rule]!}, on average of twenty splits, these are paid most: ${listed}.`;
  },

  readouts(state, { bars, below, top }, { said, truth }) {
    if (state.rule === "patient") {
      return [
        { label: "prediction", value: fixed(said[state.patient]!, 1), ink: "focus" },
        { label: "truth", value: fixed(truth[state.patient]!, 0), ink: "truth" },
        { label: "largest SHAP value", value: top },
        { label: "measured columns under the ticket", value: String(below) },
      ];
    }
    if (state.twin === "on") {
      const [alone, one, other] = [bars[0]!.to, bars[1]!.to, bars[2]!.to];
      return [
        { label: "alone", value: fixed(alone, digits(state.rule)) },
        { label: "twins together", value: fixed(one + other, digits(state.rule)) },
        { label: "of it", value: `${fixed((100 * (one + other)) / alone, 0)} %`, ink: "third" },
      ];
    }
    return [
      { label: "paid most", value: top, ink: "first" },
      { label: "the ticket is paid", value: fixed(bars.find(({ name }) => name === "ticket")!.to, digits(state.rule)), ink: "second" },
      { label: "measured columns under the ticket", value: String(below) },
    ];
  },

  controls: [
    { kind: "choice", name: "rule", label: "Rule", options: RULES.map((each) => [each, TITLES[each]!]) },
    { kind: "choice", name: "twin", label: "Body mass in the table", options: [["off", "once"], ["on", "twice"]], when: (state) => state.rule !== "patient" },
    { kind: "slider", name: "patient", label: "Patient", low: 0, high: 132, step: 1, show: (value) => String(value + 1), when: (state) => state.rule === "patient" },
  ],

  handles(state, _paid, figure, size) {
    if (state.rule !== "patient") return [];
    const box = strip(figure, size);
    const at = figure.said[state.patient]!;
    return [{
      name: "patient", label: "The patient, by prediction", words: fixed(at, 1), look: "grip",
      x: box.x(at), y: (box.top + box.bottom) / 2,
      drag: (x) => ({ ...state, patient: nearest(figure.said, box.fromX(x)) }),
      nudge: (right, up, far) => ({ ...state, patient: beside(figure.said, state.patient, (right || up) * (far ? 10 : 1)) }),
    }];
  },

  press(state, _paid, figure, size, x, y) {
    const box = strip(figure, size);
    return state.rule !== "patient" || y < box.top - 14 ? null : { state: { ...state, patient: nearest(figure.said, box.fromX(x)) }, grab: "patient" };
  },

  stops: [
    { chapter: "pays_a_ticket", words: "Impurity pays the ticket", state: { rule: "impurity" } },
    { chapter: "shuffle_a_column", words: "Permutation does not", state: { rule: "permutation" } },
    { chapter: "remove_and_refit", words: "Drop-column: who can be spared", state: { rule: "drop" } },
    { chapter: "shares_add_up", words: "The shares of one patient", state: { rule: "patient", patient: 0 } },
    { chapter: "four_rules", words: "Twins lose their credit", state: { rule: "permutation", twin: "on" } },
  ],

  quests: [
    { words: "Find a rule that pays the ticket more than at least four of the measured columns.", found: (state, { below }) => state.rule !== "patient" && state.twin === "off" && below >= 4 },
    { words: "Find a rule by which twins together get less than a tenth of what body mass got alone.", found: (state, { bars }) => state.twin === "on" && bars[1]!.to + bars[2]!.to < 0.1 * bars[0]!.to },
    { words: "Find a patient whose largest SHAP value is neither body mass nor s5.", found: (state, { top }) => state.rule === "patient" && top !== "body mass" && top !== "s5" },
  ],
};
