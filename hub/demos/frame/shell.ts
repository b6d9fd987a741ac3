// The figure as the page has it before any script: heading, still picture, controls, readouts, links into the lesson.

import type { AnyDemo, Control, Slider, State } from "./demo";
import { sizeFor } from "./demo";
import { el, escape } from "./svg";

/** A chapter of the lesson as it was rendered; `start` in seconds as an address writes them. */
export interface Chapter {
  readonly name: string;
  readonly title: string;
  readonly start: string;
  readonly clock: string;
}

const STILLS = [640, 340] as const;

/** The outer element of a picture. */
export function frame(content: string, width: number, height: number, look: string): string {
  return el("svg", { class: look, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", focusable: "false" }, content);
}

export const travel = (control: Slider<State>, value: number): number => (control.log ? Math.log10(value) : value);

/** Raises for a stop at a chapter that the lesson does not have. */
export function shell(demo: AnyDemo, figure: unknown, chapters: readonly Chapter[]): string {
  const state = demo.settle(demo.start(figure), figure);
  const result = demo.solve(state, figure);
  const stills = STILLS.map((width) => {
    const size = sizeFor(demo, width);
    return frame(demo.draw(state, result, figure, size), size.width, size.height, size.narrow ? "still narrow" : "still wide");
  });
  const readouts = demo
    .readouts(state, result, figure)
    .map(({ label, value, ink }) => `<div${ink ? ` data-ink="${ink}"` : ""}${label ? "" : " hidden"}><dt>${escape(label)}</dt><dd>${escape(value)}</dd></div>`);
  return [
    `<header><h2 id="demo-title">${escape(demo.title)}</h2><p>${escape(demo.promise)}</p></header>`,
    `<div class="demo-stage">`,
    `<div><div class="demo-picture"><div class="demo-view" role="img" aria-label="${escape(demo.say(state, result, figure))}">${stills.join("")}</div></div>`,
    demo.hint ? `<p class="demo-hint" id="demo-hint">${escape(demo.hint)}</p>` : "",
    `</div>`,
    `<div class="demo-panel">`,
    `<div class="demo-controls">${demo.controls.map((control, index) => markUp(control, index, state)).join("")}</div>`,
    `<dl class="demo-readouts">${readouts.join("")}</dl>`,
    `</div></div>`,
    `<div class="demo-foot">`,
    `<section class="demo-stops" aria-labelledby="demo-stops"><h3 id="demo-stops">As the lesson shows it</h3><ul>`,
    ...linked(demo, chapters),
    `</ul></section>`,
    `<section class="demo-quests" aria-labelledby="demo-quests"><h3 id="demo-quests">Find out by hand</h3><ul>`,
    ...demo.quests.map(({ words }, index) => `<li data-quest="${index}"><span class="unseen"></span>${escape(words)}</li>`),
    `</ul></section>`,
    `</div>`,
    `<p class="demo-link"><a href="#demo">Link to this very state</a> <button type="button" data-reset>Start again</button></p>`,
    `<p class="demo-status unseen" role="status"></p>`,
  ].join("\n");
}

/** A line for each chapter: the moment of the video, and the states that it shows. */
function linked(demo: AnyDemo, chapters: readonly Chapter[]): string[] {
  const names = [...new Set(demo.stops.map(({ chapter }) => chapter))];
  return names.map((name) => {
    const found = chapters.find((chapter) => chapter.name === name);
    if (!found) throw new Error(unknown(demo, name, chapters));
    const buttons = demo.stops.flatMap(({ chapter, words }, index) =>
      chapter === name ? [`<button type="button" data-stop="${index}">${escape(words)}</button>`] : [],
    );
    return (
      `<li><a href="#t=${found.start}" data-t="${found.start}"><span class="unseen">Video at </span>` +
      `<span class="clock">${found.clock}</span> ${escape(found.title)}</a><span class="states">${buttons.join(" ")}</span></li>`
    );
  });
}

function unknown(demo: AnyDemo, chapter: string, chapters: readonly Chapter[]): string {
  return (
    `hub/demos/${demo.slug}.ts: a stop names the chapter ${JSON.stringify(chapter)}, which the rendered lesson does not have; ` +
    `its chapters are ${chapters.map(({ name }) => name).join(", ")}.`
  );
}

function markUp(control: Control<State, unknown, unknown>, index: number, state: State): string {
  const hidden = control.when && !control.when(state) ? " hidden" : "";
  const id = `demo-${index}`;
  switch (control.kind) {
    case "slider": {
      const value = Number(state[control.name]);
      const ends = control.ends ? `<span class="ends" aria-hidden="true"><span>${control.ends[0]}</span><span>${control.ends[1]}</span></span>` : "";
      return (
        `<div class="slider" data-control="${index}"${hidden}><label for="${id}">${escape(control.label)}</label>` +
        `<span class="shown" aria-hidden="true">${escape(control.show(value))}</span>` +
        `<input type="range" id="${id}" min="${control.low}" max="${control.high}" step="${control.step}" ` +
        `value="${travel(control, value)}" aria-valuetext="${escape(control.show(value))}" autocomplete="off">${ends}</div>`
      );
    }
    case "choice":
      return (
        `<fieldset class="choice" data-control="${index}"${hidden}><legend>${escape(control.label)}</legend><div>` +
        control.options
          .map(
            ([value, label]) =>
              `<label><input type="radio" name="${id}" value="${value}"${state[control.name] === value ? " checked" : ""}` +
              `${control.offers && !control.offers(state, value) ? " disabled" : ""} autocomplete="off"><span>${escape(label)}</span></label>`,
          )
          .join("") +
        `</div></fieldset>`
      );
    case "row":
      return (
        `<div class="row" role="group" aria-label="${escape(control.label)}" data-control="${index}"${hidden}>` +
        control.buttons.map(({ name, label }) => `<button type="button" data-button="${name}">${escape(label)}</button>`).join("") +
        `</div>`
      );
    case "play":
      return `<div class="row" data-control="${index}"${hidden}><button type="button" class="play" data-play>${escape(control.label)}</button></div>`;
  }
}
