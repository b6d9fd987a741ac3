// Brings a figure to life that stands in the page already: nothing is added or moved, so that nothing jumps.

import * as address from "./address";
import type { AnyDemo, Handle, Play, Size, State, Toggle } from "./demo";
import { sizeFor } from "./demo";
import { frame, travel } from "./shell";

const SPEAK_AFTER = 700;
/** Milliseconds between two pictures of a run where less motion is asked for. */
const CALM = 600;

const still = matchMedia("(prefers-reduced-motion: reduce)");

function one<E extends Element>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`the figure lacks ${selector}`);
  return found;
}

export async function mount(demo: AnyDemo): Promise<void> {
  const root = one<HTMLElement>(document, `[data-demo="${demo.slug}"]`);
  new Mounted(demo, root, (await numbers(root.dataset["figure"])) as object);
}

async function numbers(path = ""): Promise<unknown> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`the figure's numbers did not come: ${answer.status}`);
  return answer.json();
}

class Mounted {
  private readonly picture: HTMLElement;
  private readonly view: HTMLElement;
  private readonly status: HTMLElement;
  private readonly link: HTMLAnchorElement;
  private readonly start: State;
  private readonly handles = new Map<string, { element: HTMLElement; now: Handle<State> }>();
  private readonly toggles = new Map<string, { element: HTMLButtonElement; now: Toggle<State> }>();
  private state: State;
  private result: unknown;
  private size: Size;
  private playing: { button: HTMLButtonElement; play: Play<State, unknown, unknown>; last: number } | null = null;
  private grabbed: { name: string; pointer: number; dx: number; dy: number } | null = null;
  private speaking: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;
  private wish: State | null = null;
  /** Where to go when the numbers for it have come. */
  private awaited: State | null = null;
  private coming = false;
  /** What was found since the state was last said. */
  private news = "";

  constructor(
    private readonly demo: AnyDemo,
    private readonly root: HTMLElement,
    private figure: object,
  ) {
    this.picture = one(root, ".demo-picture");
    this.view = one(root, ".demo-view");
    this.status = one(root, ".demo-status");
    this.link = one(root, ".demo-link a");
    this.start = demo.settle(demo.start(figure), figure);
    const asked = address.read(location.hash, this.start);
    this.state = asked && !this.lacks(asked) ? demo.settle(asked, figure) : this.start;
    this.result = demo.solve(this.state, figure);
    this.size = sizeFor(demo, this.picture.clientWidth);
    this.listen();
    this.show();
    new ResizeObserver(() => {
      const width = this.picture.clientWidth;
      if (width > 0 && width !== this.size.width) {
        this.size = sizeFor(demo, width);
        this.show();
      }
    }).observe(this.picture);
    if (asked && this.lacks(asked)) this.go(asked);
    else root.dataset["ready"] = "";
    if (asked) root.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /** Go to `state` as if by hand: whatever it does not name stays. */
  private jump(state: Partial<State>): void {
    this.go({ ...this.state, ...state } as State);
  }

  private lacks(state: State): boolean {
    return !("later" in this.figure) && (this.demo.later?.(state) ?? false);
  }

  /** Go to a state when its numbers have come; whatever is asked for meanwhile is gone to instead. */
  private async goLater(): Promise<void> {
    this.coming = true;
    this.root.ariaBusy = "true";
    try {
      this.figure = { ...this.figure, later: await numbers(this.root.dataset["later"]) };
    } catch {
      this.status.textContent = "The numbers for this did not come. Try again when you are online.";
    }
    this.coming = false;
    this.root.ariaBusy = null;
    const { awaited } = this;
    this.awaited = null;
    if (awaited && !this.lacks(awaited)) this.go(awaited);
    else this.show();
    this.root.dataset["ready"] = "";
  }

  private go(state: State): void {
    if (this.lacks(state)) {
      this.awaited = state;
      if (!this.coming) void this.goLater();
      return;
    }
    this.awaited = null;
    this.state = this.demo.settle(state, this.figure);
    this.result = this.demo.solve(this.state, this.figure);
    this.show();
    this.speak();
  }

  // --- showing -----------------------------------------------------------------------------------------------

  private show(): void {
    const { demo, state, result, figure, size } = this;
    this.view.innerHTML = frame(demo.draw(state, result, figure, size), size.width, size.height, "live");
    this.link.href = address.write(state, this.start);
    this.showControls();
    this.showHandles();
    this.showToggles();
    this.showReadouts();
    demo.quests.forEach((quest, index) => {
      const place = one<HTMLElement>(this.root, `[data-quest="${index}"]`);
      if (place.classList.contains("found") || !quest.found(state, result, figure)) return;
      place.classList.add("found");
      one(place, ".unseen").textContent = "Found: ";
      this.news = `Found: ${quest.words} `;
    });
  }

  /** A state may have more or fewer numbers to tell than the one before. */
  private showReadouts(): void {
    const told = this.demo.readouts(this.state, this.result, this.figure);
    const list = one<HTMLElement>(this.root, ".demo-readouts");
    while (list.children.length < told.length) list.append(one(list, "div").cloneNode(true));
    [...list.children].forEach((child, index) => {
      const place = child as HTMLElement;
      const { label = "", value = "", ink = "" } = told[index] ?? {};
      one(place, "dt").textContent = label;
      one(place, "dd").textContent = value;
      if (ink) place.dataset["ink"] = ink;
      else delete place.dataset["ink"];
      place.hidden = !label;
    });
  }

  private showControls(): void {
    this.demo.controls.forEach((control, index) => {
      const place = this.control(index);
      place.hidden = control.when !== undefined && !control.when(this.state);
      if (control.kind === "slider") {
        const input = one<HTMLInputElement>(place, "input");
        const value = Number(this.state[control.name]);
        const text = control.show(value);
        input.value = String(travel(control, value));
        input.setAttribute("aria-valuetext", text);
        one(place, ".shown").textContent = text;
        const [low, high] = [Number(input.min), Number(input.max)];
        input.style.setProperty("--share", String((Number(input.value) - low) / (high - low)));
      } else if (control.kind === "choice") {
        for (const input of place.querySelectorAll("input")) {
          input.checked = this.state[control.name] === input.value;
          input.disabled = control.offers !== undefined && !control.offers(this.state, input.value);
        }
      }
    });
  }

  private showHandles(): void {
    const wanted = this.demo.handles?.(this.state, this.result, this.figure, this.size) ?? [];
    for (const [name, { element }] of this.handles) {
      if (!wanted.some((handle) => handle.name === name)) {
        element.remove();
        this.handles.delete(name);
      }
    }
    for (const handle of wanted) {
      const element = this.handles.get(handle.name)?.element ?? this.makeHandle(handle.name);
      this.handles.set(handle.name, { element, now: handle });
      element.className = `demo-handle ${handle.look ?? ""}`;
      element.style.left = `${handle.x}px`;
      element.style.top = `${handle.y}px`;
      element.setAttribute("aria-label", handle.label);
      element.setAttribute("aria-valuetext", handle.words);
      element.setAttribute("aria-valuenow", String(Math.round((100 * handle.x) / this.size.width)));
    }
  }

  private makeHandle(name: string): HTMLElement {
    const element = document.createElement("div");
    element.tabIndex = 0;
    element.dataset["handle"] = name;
    for (const [key, value] of [
      ["role", "slider"],
      ["aria-roledescription", "movable point"],
      ["aria-describedby", "demo-hint"],
      ["aria-valuemin", "0"],
      ["aria-valuemax", "100"],
    ] as const) {
      element.setAttribute(key, value);
    }
    element.addEventListener("keydown", (event) => this.onKey(event, name));
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.stopPropagation();
      this.grab(name, event);
    });
    this.picture.append(element);
    return element;
  }

  private showToggles(): void {
    const wanted = this.demo.toggles?.(this.state, this.result, this.figure, this.size) ?? [];
    for (const [name, { element }] of this.toggles) {
      if (!wanted.some((toggle) => toggle.name === name)) {
        element.remove();
        this.toggles.delete(name);
      }
    }
    for (const toggle of wanted) {
      const element = this.toggles.get(toggle.name)?.element ?? this.makeToggle(toggle.name);
      this.toggles.set(toggle.name, { element, now: toggle });
      for (const [side, value] of [["left", toggle.x], ["top", toggle.y], ["width", toggle.width], ["height", toggle.height]] as const) {
        element.style[side] = `${value}px`;
      }
      element.setAttribute("aria-label", toggle.label);
      element.setAttribute("aria-pressed", String(toggle.pressed));
    }
  }

  private makeToggle(name: string): HTMLButtonElement {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "demo-toggle";
    element.dataset["toggle"] = name;
    element.addEventListener("pointerdown", (event) => event.stopPropagation());
    element.addEventListener("click", () => {
      const toggle = this.toggles.get(name)?.now;
      this.stop();
      if (toggle) this.go(toggle.press());
    });
    this.picture.append(element);
    return element;
  }

  /** Say the state when the hand rests. */
  private speak(): void {
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => {
      const text = this.demo.say(this.state, this.result, this.figure);
      this.view.setAttribute("aria-label", text);
      if (this.playing) return;
      this.status.textContent = this.news + text;
      this.news = "";
    }, SPEAK_AFTER);
  }

  // --- listening ---------------------------------------------------------------------------------------------

  private control(index: number): HTMLElement {
    return one(this.root, `[data-control="${index}"]`);
  }

  private listen(): void {
    this.demo.controls.forEach((control, index) => {
      const place = this.control(index);
      if (control.kind === "slider") {
        const input = one<HTMLInputElement>(place, "input");
        input.addEventListener("input", () => {
          const value = Number(input.value);
          this.stop();
          this.soon({ ...this.state, [control.name]: control.log ? 10 ** value : value });
        });
      } else if (control.kind === "choice") {
        place.addEventListener("change", (event) => {
          this.stop();
          this.jump({ [control.name]: (event.target as HTMLInputElement).value });
        });
      } else if (control.kind === "row") {
        for (const { name, press } of control.buttons) {
          one(place, `[data-button="${name}"]`).addEventListener("click", () => {
            this.stop();
            this.go(press(this.state, this.result, this.figure));
          });
        }
      } else {
        const button = one<HTMLButtonElement>(place, "button");
        button.addEventListener("click", () => (this.playing ? this.stop() : this.play(control, button)));
      }
    });
    this.root.addEventListener("click", (event) => {
      const stop = (event.target as Element).closest<HTMLElement>("[data-stop]");
      const chosen = stop && this.demo.stops[Number(stop.dataset["stop"])];
      if (chosen) {
        this.stop();
        this.go({ ...this.start, ...chosen.state } as State);
        this.picture.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" });
      }
    });
    one(this.root, "[data-reset]").addEventListener("click", () => {
      this.stop();
      this.go(this.start);
    });
    addEventListener("hashchange", () => {
      const state = address.read(location.hash, this.start);
      if (state) this.go(state);
    });
    this.picture.addEventListener("pointerdown", (event) => this.onPress(event));
    this.picture.addEventListener("pointermove", (event) => this.onMove(event));
    for (const end of ["pointerup", "pointercancel"] as const) {
      this.picture.addEventListener(end, (event) => {
        if (this.grabbed?.pointer === event.pointerId) this.release();
      });
    }
  }

  private at(event: PointerEvent): [number, number] {
    const box = this.picture.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  private onPress(event: PointerEvent): void {
    if (event.button !== 0 || !this.demo.press) return;
    const [x, y] = this.at(event);
    const done = this.demo.press(this.state, this.result, this.figure, this.size, x, y);
    if (!done) return;
    this.stop();
    this.go(done.state);
    // A finger on the picture may want to scroll the page: it drags only what has a handle.
    if (done.grab && event.pointerType === "mouse") {
      event.preventDefault();
      this.grab(done.grab, event);
    }
  }

  private grab(name: string, event: PointerEvent): void {
    const handle = this.handles.get(name);
    if (!handle) return;
    this.stop();
    const [x, y] = this.at(event);
    handle.element.focus({ preventScroll: true });
    handle.element.classList.add("held");
    this.picture.setPointerCapture(event.pointerId);
    this.grabbed = { name, pointer: event.pointerId, dx: handle.now.x - x, dy: handle.now.y - y };
  }

  private onMove(event: PointerEvent): void {
    if (this.grabbed?.pointer !== event.pointerId) return;
    const handle = this.handles.get(this.grabbed.name);
    if (!handle) return this.release();
    const [x, y] = this.at(event);
    this.soon(handle.now.drag(x + this.grabbed.dx, y + this.grabbed.dy));
  }

  private release(): void {
    this.grabbed = null;
    this.show();
  }

  private onKey(event: KeyboardEvent, name: string): void {
    const handle = this.handles.get(name)?.now;
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const further = handle?.keys?.[event.key];
    if (!handle || event.ctrlKey || event.metaKey || event.altKey || (!way && !further)) return;
    event.preventDefault();
    this.stop();
    if (further) this.go(further());
    else if (way) this.go(handle.nudge(way[0] ?? 0, way[1] ?? 0, event.shiftKey));
  }

  /** Take the last of many wishes that come between two frames. */
  private soon(state: State): void {
    this.wish = state;
    if (this.asked) return;
    this.asked = requestAnimationFrame(() => {
      this.asked = 0;
      if (this.wish) this.go(this.wish);
      this.wish = null;
    });
  }

  // --- playing -----------------------------------------------------------------------------------------------

  private play(play: Play<State, unknown, unknown>, button: HTMLButtonElement): void {
    if (play.ended(this.state)) this.go(play.rewind(this.state));
    this.playing = { button, play, last: performance.now() };
    button.textContent = "Pause";
    requestAnimationFrame(this.frame);
  }

  private readonly frame = (now: number): void => {
    if (!this.playing) return;
    const elapsed = now - this.playing.last;
    if (elapsed >= (still.matches ? CALM : 0)) {
      this.playing.last = now;
      this.go(this.playing.play.run(this.state, this.result, this.figure, Math.min(elapsed, CALM)));
      if (this.playing.play.ended(this.state)) return this.stop();
    }
    requestAnimationFrame(this.frame);
  };

  private stop(): void {
    if (!this.playing) return;
    this.playing.button.textContent = this.playing.play.label;
    this.playing = null;
    this.speak();
  }
}
