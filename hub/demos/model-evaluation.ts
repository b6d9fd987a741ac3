// One threshold through the scores of 1,797 digits: the four outcomes, both curves, and what the errors cost.

import type { Demo, Size, State } from "./frame/demo";
import { clamp } from "./frame/demo";
import type { Plot, Point } from "./frame/svg";
import { circle, group, line, path, plot, words } from "./frame/svg";

export interface Figure {
  /** Log-odds of the scores of both classes, falling. */
  readonly eights: readonly number[];
  readonly others: readonly number[];
  /** Log-odds, and on them the densities of eights and of others. */
  readonly grid: readonly number[];
  readonly humps: readonly (readonly number[])[];
  /** Price of a miss, where a false alarm costs one. */
  readonly miss: number;
}

interface Dials extends State {
  /** Log-odds of the threshold. */
  cut: number;
  /** Percent of the pictures that are eights; the others are weighed until it is so. */
  prevalence: number;
  miss: number;
}

/** Rates at every threshold, from none called to all called. */
interface Walk {
  readonly cuts: readonly number[];
  readonly fpr: readonly number[];
  readonly tpr: readonly number[];
}

interface Judged {
  readonly walk: Walk;
  /** False and true positive rate at the threshold. */
  readonly at: Point;
  /** Outcomes among as many pictures as there are. */
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
  readonly accuracy: number;
  /** Nothing where nothing is called. */
  readonly precision: number | null;
  readonly recall: number;
  readonly f1: number;
  readonly auc: number;
  readonly ap: number;
  readonly bill: number;
  readonly least: number;
  /** Log-odds of the threshold with the least bill. */
  readonly best: number;
  /** Precision and bill at every threshold of the walk. */
  readonly precisions: readonly number[];
  readonly bills: readonly number[];
}

const SHOWN: Point = [-9.2, 5.2];
const TICKS = [0.001, 0.01, 0.1, 0.5, 0.9];
const HIGH = 0.23;

const logOdds = (score: number): number => Math.log(score / (1 - score));
const score = (cut: number): number => 1 / (1 + Math.exp(-cut));
const short = (value: number): string => value.toFixed(2);
const whole = (value: number): string => Math.round(value).toLocaleString("en");
const told = (cut: number): string => (score(cut) < 0.01 ? score(cut).toFixed(4) : score(cut).toFixed(2));
/** A curve without the points that lie within a pixel of the one before. */
const thinned = (points: readonly Point[]): readonly Point[] => {
  const kept: Point[] = [];
  for (const [row, point] of points.entries()) {
    const last = kept[kept.length - 1];
    if (!last || row === points.length - 1 || Math.hypot(point[0] - last[0], point[1] - last[1]) >= 1) kept.push(point);
  }
  return kept;
};
const least = (values: readonly number[]): number => values.reduce((low, value) => Math.min(low, value), Infinity);

/** The walk of a threshold down the scores: an eight is a step up, another digit a step right. */
function walked({ eights, others }: Figure): Walk {
  const [cuts, fpr, tpr] = [[Infinity], [0], [0]];
  let [hits, alarms] = [0, 0];
  while (hits < eights.length || alarms < others.length) {
    const cut = Math.max(eights[hits] ?? -Infinity, others[alarms] ?? -Infinity);
    while (eights[hits] === cut) hits += 1;
    while (others[alarms] === cut) alarms += 1;
    cuts.push(cut);
    fpr.push(alarms / others.length);
    tpr.push(hits / eights.length);
  }
  return { cuts, fpr, tpr };
}

const mixed = (share: number, tpr: number, fpr: number): number => (share * tpr) / (share * tpr + (1 - share) * fpr);

interface Places {
  readonly humps: Plot;
  readonly bill: Plot;
  readonly roc: Plot;
  readonly pr: Plot;
}

/** Humps above the bill on one axis of scores; both curves beside them, or below on a phone. */
function places({ width, height, narrow }: Size, most: number): Places {
  const edge = 46;
  const right = narrow ? width - 10 : 0.56 * width;
  const floor = narrow ? 0.62 * height : height - 40;
  const parted = 24 + 0.5 * (floor - 24);
  const upper = plot(SHOWN, [0, HIGH], edge, 24, right, parted);
  const lower = plot(SHOWN, [0, most], edge, parted + 48, right, floor);
  if (narrow) {
    const [top, low, gap] = [floor + 66, height - 36, 0.5 * width];
    return { humps: upper, bill: lower, roc: plot([0, 1], [0, 1], 28, top, gap - 10, low), pr: plot([0, 1], [0, 1], gap + 28, top, width - 8, low) };
  }
  const [left, end, middle] = [right + 58, width - 8, height / 2];
  return { humps: upper, bill: lower, roc: plot([0, 1], [0, 1], left, 24, end, middle - 36), pr: plot([0, 1], [0, 1], left, middle + 28, end, height - 40) };
}

function hump(box: Plot, grid: readonly number[], heights: readonly number[], from: number, look: string): string {
  const rows = grid.map((at, row): Point => [at, heights[row] ?? 0]).filter(([at]) => at > from);
  const first = rows[0];
  if (!first) return "";
  const outline: Point[] = [[Math.max(from, SHOWN[0]), first[1]], ...rows];
  const rim = outline.map(([at, high]): Point => [box.x(at), box.y(high)]);
  return path([[rim[0]![0], box.bottom], ...rim, [box.right, box.bottom]], look, true);
}

function rates(box: Plot, x: string, y: string): string {
  return group(
    "axis",
    line(box.left, box.bottom, box.right, box.bottom, "rule"), line(box.left, box.top, box.left, box.bottom, "rule"),
    ...[0, 1].map((tick) => words(box.x(tick), box.bottom + 16, String(tick), "tick", "middle")),
    words(box.left - 7, box.top + 5, "1", "tick", "end"),
    words((box.left + box.right) / 2, box.bottom + 17, x, "name", "middle"),
    words(box.left - 6, box.top - 9, y, "name"),
  );
}

export const demo: Demo<Figure, Dials, Judged> = {
  slug: "model-evaluation",
  title: "Where to cut?",
  promise: "Slide one threshold through the scores of the lesson’s detector. Matrix, curves and bill follow; then let eights become rare, or a miss dear.",
  hint: "Drag the threshold. The arrow keys move it too, farther with Shift.",
  shape: { wide: 0.72, narrow: 1.5 },

  start: ({ eights, others, miss }) => ({ cut: 0, prevalence: (100 * eights.length) / (eights.length + others.length), miss }),

  settle: (state) => ({
    cut: clamp(state.cut, ...SHOWN),
    prevalence: clamp(state.prevalence, 1, 50),
    miss: Math.round(clamp(state.miss, 1, 50)),
  }),

  solve({ cut, prevalence, miss }, figure) {
    const walk = walked(figure);
    const share = prevalence / 100;
    const count = figure.eights.length + figure.others.length;
    const row = walk.cuts.filter((each) => each >= cut).length - 1;
    const [fpr, tpr] = [walk.fpr[row]!, walk.tpr[row]!];
    const [tp, fp] = [count * share * tpr, count * (1 - share) * fpr];
    const [fn, tn] = [count * share - tp, count * (1 - share) - fp];
    const precisions = walk.tpr.map((each, at) => (at ? mixed(share, each, walk.fpr[at]!) : 1));
    const bills = walk.tpr.map((each, at) => count * (miss * share * (1 - each) + (1 - share) * walk.fpr[at]!));
    const low = least(bills);
    let [auc, ap] = [0, 0];
    for (let at = 1; at < walk.tpr.length; at += 1) {
      auc += ((walk.fpr[at]! - walk.fpr[at - 1]!) * (walk.tpr[at]! + walk.tpr[at - 1]!)) / 2;
      ap += (walk.tpr[at]! - walk.tpr[at - 1]!) * precisions[at]!;
    }
    return {
      walk, at: [fpr, tpr], tp, fp, fn, tn, accuracy: (tp + tn) / count,
      precision: tp + fp > 0 ? tp / (tp + fp) : null, recall: tpr, f1: (2 * tp) / (2 * tp + fp + fn),
      auc, ap, bill: miss * fn + fp, least: low, best: walk.cuts[bills.indexOf(low)]!, precisions, bills,
    };
  },

  draw({ cut, prevalence, miss }, { walk, at, precision, recall, bill, bills, precisions, best, least: low }, figure, size) {
    const count = figure.eights.length + figure.others.length;
    const most = count * Math.max((miss * prevalence) / 100, 1 - prevalence / 100);
    const { humps, bill: cost, roc, pr } = places(size, most);
    const across = humps.x(cut);
    const [right, wrong] = [figure.humps[0]!, figure.humps[1]!];
    const stairs = walk.tpr.slice(1).flatMap((each, row): Point[] => [[walk.tpr[row]!, precisions[row + 1]!], [each, precisions[row + 1]!]]);
    const valley: Point[] = walk.cuts.map((each, row): Point => [Math.min(each, SHOWN[1]), bills[row]!]).filter(([each]) => each > SHOWN[0]);
    return [
      hump(humps, figure.grid, wrong, -Infinity, "other pale"), hump(humps, figure.grid, right, -Infinity, "eight pale"),
      hump(humps, figure.grid, right, cut, "eight"), hump(humps, figure.grid, wrong, cut, "other"),
      words(humps.x(-5.2), humps.y(0.2), "others", "other-name", "end"), words(humps.x(1.1), humps.y(0.2), "eights", "eight-name"),
      group(
        "axis", line(humps.left, humps.bottom, humps.right, humps.bottom, "rule"), line(cost.left, cost.bottom, cost.right, cost.bottom, "rule"),
        ...TICKS.map((tick) => words(humps.x(logOdds(tick)), humps.bottom + 16, String(tick), "tick", "middle")),
        words(humps.right, humps.bottom + 16, "score", "name", "end"),
        words(cost.left - 2, cost.top - 8, "bill at each threshold", "name"),
        words(cost.left - 6, cost.bottom + 4, "0", "tick", "end"), words(cost.left - 6, cost.top + 5, whole(most), "tick", "end"),
      ),
      path(thinned(valley.map(([x, y]): Point => [cost.x(x), cost.y(y)])), "bill"),
      circle(cost.x(clamp(best, ...SHOWN)), cost.y(low), 4, "best"),
      line(across, humps.top - 10, across, humps.bottom, "cut"), line(across, cost.top, across, cost.bottom, "cut"), circle(across, cost.y(bill), 5.5, "now"),
      rates(roc, "false positive rate", "true positive rate"), rates(pr, "recall", "precision"),
      line(roc.x(0), roc.y(0), roc.x(1), roc.y(1), "guess"), line(pr.left, pr.y(prevalence / 100), pr.right, pr.y(prevalence / 100), "guess"),
      path(thinned(walk.fpr.map((each, row): Point => [roc.x(each), roc.y(walk.tpr[row]!)])), "roc"),
      path(thinned(stairs.map(([x, y]): Point => [pr.x(x), pr.y(y)])), "pr"),
      circle(roc.x(at[0]), roc.y(at[1]), 5.5, "now"),
      precision === null ? "" : circle(pr.x(recall), pr.y(precision), 5.5, "now"),
    ].join("");
  },

  say: ({ cut, prevalence }, { tp, fp, fn, tn, precision, recall, bill }) =>
    `At a threshold of ${told(cut)}, with ${prevalence.toFixed(1)} % eights: ${whole(tp)} hits, ${whole(fp)} false alarms, ${whole(fn)} misses, ${whole(tn)} true negatives. ` +
    `Precision is ${precision === null ? "undefined" : short(precision)}, recall ${short(recall)}, the bill ${whole(bill)}.`,

  readouts: (_state, { tp, fp, fn, tn, accuracy, precision, recall, f1, auc, ap, bill, least: low }) => [
    { label: "true positives · false negatives", value: `${whole(tp)} · ${whole(fn)}`, ink: "first" },
    { label: "false positives · true negatives", value: `${whole(fp)} · ${whole(tn)}`, ink: "second" },
    { label: "accuracy · never “eight”", value: `${short(accuracy)} · ${short((fp + tn) / (tp + fp + fn + tn))}` },
    { label: "precision · recall", value: `${precision === null ? "none" : short(precision)} · ${short(recall)}`, ink: "third" },
    { label: "F1", value: short(f1) },
    { label: "ROC-AUC · average precision", value: `${short(auc)} · ${short(ap)}` },
    { label: "bill · least", value: `${whole(bill)} · ${whole(low)}`, ink: "focus" },
  ],

  controls: [
    { kind: "slider", name: "cut", label: "Threshold", low: SHOWN[0], high: SHOWN[1], step: 0.01, show: told, ends: ["all are called", "none is"] },
    { kind: "slider", name: "prevalence", label: "Prevalence of eights", low: 1, high: 50, step: 0.1, show: (value) => `${value.toFixed(1)} %` },
    { kind: "slider", name: "miss", label: "Cost of a miss (a false alarm costs 1)", low: 1, high: 50, step: 1, show: (value) => String(value) },
    {
      kind: "row", label: "Threshold",
      buttons: [
        { name: "half", label: "At 0.5", press: (state) => ({ ...state, cut: 0 }) },
        { name: "least", label: "At the least bill", press: (state, { best }) => ({ ...state, cut: clamp(best, ...SHOWN) }) },
      ],
    },
  ],

  handles(state, _judged, _figure, size) {
    const { humps } = places(size, 1);
    return [
      {
        name: "threshold", label: "The threshold", words: told(state.cut),
        x: humps.x(state.cut), y: humps.top - 6, look: "grip",
        drag: (x) => ({ ...state, cut: humps.fromX(x) }),
        nudge: (right, up, far) => ({ ...state, cut: state.cut + (right + up) * (far ? 0.5 : 0.05) }),
      },
    ];
  },

  stops: [
    { chapter: "four_outcomes_and_no_fifth", words: "Threshold 0.5: more missed than found", state: {} },
    { chapter: "accuracy_and_its_baseline", words: "Nothing is called: accuracy 0.90", state: { cut: 5 } },
    { chapter: "one_number_that_needs_both", words: "Threshold 0.9: precise, and blind", state: { cut: 2.197 } },
    { chapter: "the_threshold_walks_the_roc_curve", words: "Threshold 0.1", state: { cut: -2.197 } },
    { chapter: "when_positives_are_rare", words: "One eight in a hundred", state: { prevalence: 1 } },
    { chapter: "the_task_picks_the_metric", words: "A miss costs ten: 1/11", state: { cut: -2.303, miss: 10 } },
  ],

  quests: [
    { words: "Find nine eights in ten, with as few false alarms as you can.", found: (_state, { recall }) => recall >= 0.9 && recall < 0.91 },
    { words: "Raise F1 to 0.65 without touching the prevalence.", found: (state, { f1 }, { eights, others }) => f1 >= 0.645 && Math.abs(state.prevalence - (100 * eights.length) / (eights.length + others.length)) < 0.1 },
    { words: "Keep the threshold at 0.5, and make precision fall below one quarter.", found: (state, { precision }) => Math.abs(state.cut) < 0.03 && precision !== null && precision < 0.25 },
    { words: "Set the price of a miss so that the least bill lies at a threshold near 0.5.", found: (state, { best }) => score(best) > 0.4 && score(best) < 0.6 && Math.abs(state.cut - best) < 0.2 },
  ],
};
