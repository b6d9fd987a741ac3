// What a demo is: a state of plain values, what follows from it, a picture of both, and controls that change it.

/** A state is flat, so that it fits into an address: numbers, words, and lists of numbers. */
export type State = { [name: string]: number | string | readonly number[] };

/** Pixels of the picture; `narrow` asks for the layout of a phone. */
export interface Size {
  readonly width: number;
  readonly height: number;
  readonly narrow: boolean;
}

interface Shared<S> {
  /** Whether the control means something in this state; it is hidden where it does not. */
  when?(state: S): boolean;
}

/** A slider.  With `log` its travel is the logarithm of the value. */
export interface Slider<S> extends Shared<S> {
  readonly kind: "slider";
  readonly name: keyof S & string;
  readonly label: string;
  /** Between `low` and `high` in steps of `step`; of log10 of the value where `log`. */
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly log?: boolean;
  /** The value with its unit, as it is shown and read out. */
  show(value: number): string;
  /** Words at the two ends. */
  readonly ends?: readonly [string, string];
}

/** One of a few: native radio buttons. */
export interface Choice<S> extends Shared<S> {
  readonly kind: "choice";
  readonly name: keyof S & string;
  readonly label: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  /** Whether one option can be had in this state. */
  offers?(state: S, value: string): boolean;
}

/** Buttons that lead from a state to another. */
export interface Row<S, R, F> extends Shared<S> {
  readonly kind: "row";
  readonly label: string;
  readonly buttons: readonly {
    readonly name: string;
    readonly label: string;
    press(state: S, result: R, figure: F): S;
  }[];
}

/** A button that lets the state run on by itself until it is pressed again or the state stops. */
export interface Play<S, R, F> extends Shared<S> {
  readonly kind: "play";
  readonly label: string;
  /** The state `elapsed` milliseconds on. */
  run(state: S, result: R, figure: F, elapsed: number): S;
  ended(state: S): boolean;
  /** Where a run begins that is started at its end. */
  rewind(state: S): S;
}

export type Control<S, R, F> = Slider<S> | Choice<S> | Row<S, R, F> | Play<S, R, F>;

/** Something in the picture that is dragged, or moved by the arrow keys. */
export interface Handle<S> {
  readonly name: string;
  /** What it is, and where it stands, in words. */
  readonly label: string;
  readonly words: string;
  /** Pixels of the picture. */
  readonly x: number;
  readonly y: number;
  /** A class of its own for its looks. */
  readonly look?: string;
  /** The state when it is dragged to a pixel. */
  drag(x: number, y: number): S;
  /** The state after an arrow key: right and up are 1; `far` with Shift. */
  nudge(right: number, up: number, far: boolean): S;
  /** Further keys, by `KeyboardEvent.key`. */
  readonly keys?: { readonly [key: string]: () => S };
}

/** A part of the picture that is switched on and off. */
export interface Toggle<S> {
  readonly name: string;
  readonly label: string;
  readonly pressed: boolean;
  /** Its upper left corner and its size in pixels of the picture. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  press(): S;
}

/** A number beside the picture. */
export interface Readout {
  readonly label: string;
  readonly value: string;
  /** The ink that the same thing has in the picture. */
  readonly ink?: string;
}

/** A state that a chapter of the lesson shows. */
export interface Stop<S> {
  /** The chapter's method in the lesson. */
  readonly chapter: string;
  readonly words: string;
  readonly state: Partial<S>;
}

/** Something to find out by hand. */
export interface Quest<S, R, F> {
  readonly words: string;
  found(state: S, result: R, figure: F): boolean;
}

/** F: the numbers that the lesson exported; S: the state; R: what is computed from both. */
export interface Demo<F, S extends State, R> {
  readonly slug: string;
  readonly title: string;
  readonly promise: string;
  /** Height of the picture by its width, wide and narrow. */
  readonly shape: { readonly wide: number; readonly narrow: number };
  start(figure: F): S;
  /** The nearest state that makes sense: bounds kept, nonsense from an address replaced. */
  settle(state: S, figure: F): S;
  /** Whether a state needs the figure's `later`, numbers in a file of their own that is fetched when it is asked for.
   * What has no need of them is solved and drawn without. */
  later?(state: S): boolean;
  solve(state: S, figure: F): R;
  /** The picture as SVG content, without the outer element. */
  draw(state: S, result: R, figure: F, size: Size): string;
  /** The whole picture in a sentence or two. */
  say(state: S, result: R, figure: F): string;
  readouts(state: S, result: R, figure: F): readonly Readout[];
  readonly controls: readonly Control<S, R, F>[];
  handles?(state: S, result: R, figure: F, size: Size): readonly Handle<S>[];
  toggles?(state: S, result: R, figure: F, size: Size): readonly Toggle<S>[];
  /** What pressing the picture at a pixel does; the named handle is then dragged on. */
  press?(state: S, result: R, figure: F, size: Size, x: number, y: number): { state: S; grab?: string } | null;
  /** How to move what can be moved, if anything can. */
  readonly hint?: string;
  readonly stops: readonly Stop<S>[];
  readonly quests: readonly Quest<S, R, F>[];
}

/** Any demo, as the frame keeps it. */
// The frame never looks into F, S or R, so that one erased type serves all demos.
export type AnyDemo = Demo<unknown, State, unknown>;

/** A demo without its own types, for the frame. */
export function erase<F, S extends State, R>(demo: Demo<F, S, R>): AnyDemo {
  return demo as unknown as AnyDemo;
}

/** Whether a picture of this width is laid out for a phone. */
export const NARROW = 480;

export function sizeFor(demo: AnyDemo, width: number): Size {
  const narrow = width < NARROW;
  return { width, height: Math.round(width * (narrow ? demo.shape.narrow : demo.shape.wide)), narrow };
}

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(Number.isFinite(value) ? value : low, low), high);
