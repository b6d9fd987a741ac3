// Pictures as text: the same words draw the still at build time and the moving figure in the page.  Looks come from
// classes alone, since the pages forbid styles that stand in a tag.

export type Attributes = { readonly [name: string]: string | number | undefined };

/** Short decimal: a tenth of a pixel is enough. */
export const round = (value: number): string => String(Math.round(value * 10) / 10 + 0);

export const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign);

/** An element; numbers are pixels. */
export function el(name: string, attributes: Attributes, content = ""): string {
  let text = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) text += ` ${key}="${typeof value === "number" ? round(value) : escape(value)}"`;
  }
  return content ? `${text}>${content}</${name}>` : `${text}/>`;
}

export const group = (look: string, ...parts: readonly string[]): string => el("g", { class: look }, parts.join(""));

export const line = (x1: number, y1: number, x2: number, y2: number, look: string): string =>
  el("line", { x1, y1, x2, y2, class: look });

export const circle = (cx: number, cy: number, r: number, look: string): string =>
  el("circle", { cx, cy, r, class: look });

export const rect = (x: number, y: number, width: number, height: number, look: string, rx?: number): string =>
  el("rect", { x, y, width: Math.max(width, 0), height: Math.max(height, 0), class: look, rx });

/** Words; `anchor` is start, middle or end. */
export const words = (x: number, y: number, text: string, look = "", anchor = "start"): string =>
  el("text", { x, y, class: look || undefined, "text-anchor": anchor === "start" ? undefined : anchor }, escape(text));

export type Point = readonly [number, number];

export const path = (points: readonly Point[], look: string, closed = false): string =>
  points.length ? el("path", { d: trace(points) + (closed ? "Z" : ""), class: look }) : "";

export const trace = (points: readonly Point[]): string =>
  points.map(([x, y], index) => `${index ? "L" : "M"}${round(x)} ${round(y)}`).join("");

/** An arrow from one point to another with a solid head. */
export function arrow([x1, y1]: Point, [x2, y2]: Point, look: string, head = 11): string {
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (length < 1) return "";
  const size = Math.min(head, length * 0.6);
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [bx, by] = [x2 - ux * size, y2 - uy * size];
  const tip: Point[] = [[x2, y2], [bx - uy * size * 0.45, by + ux * size * 0.45], [bx + uy * size * 0.45, by - ux * size * 0.45]];
  return group(look, line(x1, y1, bx, by, "shaft"), path(tip, "tip", true));
}

/** A point's mark: disc, square, triangle by its class. */
export function mark(kind: number, x: number, y: number, r: number, look: string): string {
  if (kind === 0) return circle(x, y, r, look);
  if (kind === 1) return rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, look);
  return path([[x, y - r * 1.15], [x + r * 1.1, y + r * 0.85], [x - r * 1.1, y + r * 0.85]], look, true);
}

/** The line through two pairs: the first of `from` goes to the first of `to`, the second to the second. */
export const scale =
  ([a, b]: Point, [c, d]: Point) =>
  (value: number): number =>
    c + ((value - a) / (b - a)) * (d - c);

/** A plot: data to pixels, with its box. */
export interface Plot {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly fromX: (pixel: number) => number;
  readonly fromY: (pixel: number) => number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The largest plot of the two ranges in a box; with `equal` a unit is as long across as up. */
export function plot(
  xs: Point, ys: Point, left: number, top: number, right: number, bottom: number, equal = false,
): Plot {
  let [w, h] = [right - left, bottom - top];
  if (equal) {
    const unit = Math.min(w / (xs[1] - xs[0]), h / (ys[1] - ys[0]));
    [w, h] = [unit * (xs[1] - xs[0]), unit * (ys[1] - ys[0])];
    left += (right - left - w) / 2;
  }
  const [across, down]: [Point, Point] = [[left, left + w], [top + h, top]];
  return {
    x: scale(xs, across), y: scale(ys, down), fromX: scale(across, xs), fromY: scale(down, ys),
    left, top, right: left + w, bottom: top + h,
  };
}

/** Ticks and names of two axes. */
export function axes(box: Plot, xTicks: readonly number[], yTicks: readonly number[], xName: string, yName: string): string {
  return group(
    "axis",
    line(box.left, box.bottom, box.right, box.bottom, "rule"),
    ...xTicks.map((tick) => words(box.x(tick), box.bottom + 16, String(tick), "tick", "middle")),
    ...yTicks.map((tick) => words(box.left - 7, box.y(tick) + 4, String(tick), "tick", "end")),
    words(box.right, box.bottom + 32, xName, "name", "end"),
    words(box.left - 2, box.top - 9, yName, "name", "start"),
  );
}
