// The index without this script is complete; with it, a card plays its three seconds when it is looked at, and
// the rail says which section is in view.

import { forget, recall } from "./progress.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const thrifty = () => navigator.connection?.saveData === true || matchMedia("(prefers-reduced-data: reduce)").matches;

/** @param {HTMLImageElement} poster */
function play(poster) {
  if (still.matches || thrifty() || poster.parentElement.querySelector("video")) return;
  const clip = document.createElement("video");
  clip.muted = true;
  clip.playsInline = true;
  clip.disablePictureInPicture = true;
  clip.tabIndex = -1;
  clip.width = poster.width;
  clip.height = poster.height;
  clip.setAttribute("aria-hidden", "true");
  clip.addEventListener("playing", () => clip.classList.add("shown"), { once: true });
  clip.addEventListener("ended", () => clip.classList.remove("shown"));
  clip.src = poster.dataset.preview;
  poster.after(clip);
  clip.play().catch(() => clip.remove()); // a browser may refuse; the poster stays
}

/** @param {HTMLImageElement} poster */
function stop(poster) {
  const clip = poster.parentElement.querySelector("video");
  clip?.pause();
  clip?.remove();
}

for (const poster of document.querySelectorAll("img[data-preview]")) {
  const card = poster.closest(".card");
  card.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && play(poster));
  card.addEventListener("pointerleave", () => card.contains(document.activeElement) || stop(poster));
  card.addEventListener("focusin", () => play(poster));
  card.addEventListener("focusout", () => stop(poster));
}

const links = new Map([...document.querySelectorAll(".rail a")].map((link) => [link.hash.slice(1), link]));
const inView = new Set();
const watch = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inView.add(target.id);
      else inView.delete(target.id);
    }
    let first = true;
    for (const [slug, link] of links) {
      if (first && inView.has(slug)) {
        link.setAttribute("aria-current", "true");
        first = false;
      } else link.removeAttribute("aria-current");
    }
  },
  { rootMargin: "-20% 0px -60% 0px" },
);
for (const section of document.querySelectorAll(".section")) watch.observe(section);

// --- what was watched -----------------------------------------------------------------------------------------

const stops = new Map([...document.querySelectorAll(".stop")].map((stop) => [stop.dataset.slug, stop]));
const listed = (text) => (text ? text.split(" ") : []);
const needs = (stop) => listed(stop.dataset.needs).map((slug) => stops.get(slug));
const leads = (stop) => listed(stop.dataset.leads).map((slug) => stops.get(slug));
const ready = (stop) => stop.classList.contains("stop-ready");

/** Whether all that can be watched of what `stop` builds on, near or far, is in `seen`. */
const prepared = (stop, seen) => [...ground(stop)].every((need) => !ready(need) || seen.has(need.dataset.slug));

/** All that `stop` builds on, near or far. */
function ground(stop, found = new Set()) {
  for (const need of needs(stop)) if (!found.has(need)) ground(need, found.add(need));
  return found;
}

/** What to watch next, where the ground is laid: what builds on something seen, and first what builds on least. */
function following(seen) {
  const known = (stop) => [...ground(stop)].some((need) => seen.has(need.dataset.slug));
  return [...stops.values()]
    .filter((stop) => ready(stop) && !seen.has(stop.dataset.slug) && prepared(stop, seen))
    .sort((one, other) => known(other) - known(one) || ground(one).size - ground(other).size)[0];
}

function showWatched() {
  const kept = recall();
  const seen = new Set(Object.keys(kept).filter((slug) => kept[slug].seen && stops.has(slug)));
  const next = seen.size ? following(seen) : document.querySelector(".stop-start");
  for (const [slug, stop] of stops) {
    const mark = stop !== next ? "" : seen.size ? "Next for you" : "Start here";
    const label = stop.getAttribute("aria-label").replace(/^(Start here|Next for you): /, "").replace(/, watched$/, "");
    stop.classList.toggle("stop-done", seen.has(slug));
    stop.classList.toggle("stop-next", stop === next);
    stop.querySelector(".stop-mark").textContent = mark;
    stop.setAttribute("aria-label", (mark && `${mark}: `) + label + (seen.has(slug) ? ", watched" : ""));
  }
  for (const step of document.querySelectorAll(".step")) {
    step.classList.toggle("step-done", seen.has(step.dataset.slug));
    step.classList.toggle("step-next", step.dataset.slug === next?.dataset.slug);
  }
  const begin = document.getElementById("path-begin");
  if (begin && next) {
    const link = document.createElement("a");
    link.href = next.getAttribute("href");
    link.textContent = document.querySelector(`.card[data-slug="${next.dataset.slug}"] h3`).textContent.trim();
    begin.replaceChildren(seen.size ? "Next for you: " : "Begin with ", link);
  }
  for (const card of document.querySelectorAll(".card")) card.classList.toggle("card-seen", seen.has(card.dataset.slug));
}

document.getElementById("forget").addEventListener("click", () => {
  forget();
  document.getElementById("continue").hidden = true;
  showWatched();
  document.querySelector("main").focus({ preventScroll: true });
});

// --- walking the path -----------------------------------------------------------------------------------------

/** One topic of the path is a stop of the Tab key; the arrows walk on from it. */
function reach(stop) {
  for (const other of stops.values()) other.tabIndex = other === stop ? 0 : -1;
}

const middle = (stop) => {
  const { x, y, width, height } = stop.querySelector("rect").getBBox();
  return { x: x + width / 2, y: y + height / 2 };
};
/** The one of `some` in the nearest column, and there the nearest in height. */
function nearest(stop, some) {
  const here = middle(stop);
  const far = (other) => Math.abs(middle(other).x - here.x) * 1000 + Math.abs(middle(other).y - here.y);
  return some.toSorted((one, other) => far(one) - far(other))[0];
}
const column = (stop) =>
  [...stops.values()].filter((other) => middle(other).x === middle(stop).x).sort((a, b) => middle(a).y - middle(b).y);
const WALKS = {
  ArrowRight: (stop) => nearest(stop, leads(stop)),
  ArrowLeft: (stop) => nearest(stop, needs(stop)),
  ArrowDown: (stop) => column(stop)[column(stop).indexOf(stop) + 1],
  ArrowUp: (stop) => column(stop)[column(stop).indexOf(stop) - 1],
  Home: () => [...stops.values()][0],
  End: () => [...stops.values()].at(-1),
};

/** Bring out `stop`, all that it builds on, and what it leads to at once. */
function bringOut(stop) {
  const lit = new Set();
  const back = (one) => lit.has(one) || (lit.add(one), needs(one).forEach(back));
  if (stop) back(stop);
  const ahead = new Set(stop ? leads(stop) : []);
  frame.classList.toggle("path-lit", Boolean(stop));
  for (const one of stops.values()) one.classList.toggle("lit", lit.has(one) || ahead.has(one));
  for (const way of document.querySelectorAll(".ways path")) {
    const [from, to] = [stops.get(way.dataset.from), stops.get(way.dataset.to)];
    way.classList.toggle("lit", lit.has(to) || (from === stop && ahead.has(to)));
  }
}

const frame = document.querySelector(".path-frame");
frame.addEventListener("keydown", (event) => {
  const stop = event.target.closest(".stop");
  const walk = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey && WALKS[event.key];
  if (!stop || !walk) return;
  event.preventDefault();
  const next = walk(stop);
  if (!next) return;
  reach(next);
  next.focus();
});
frame.addEventListener("focusin", (event) => bringOut(event.target.closest(".stop")));
frame.addEventListener("focusout", () => bringOut(null));
frame.addEventListener("pointerover", (event) => event.pointerType === "mouse" && bringOut(event.target.closest(".stop")));
frame.addEventListener("pointerleave", () => bringOut(document.activeElement.closest(".stop")));

showWatched();
reach(document.querySelector(".stop-next") ?? [...stops.values()][0]);
// Where the path is wider than the screen, it begins a little before what is next.
if (frame.clientWidth) frame.scrollLeft = Math.max(middle(document.querySelector('.stop[tabindex="0"]')).x - frame.clientWidth / 2, 0);
addEventListener("pageshow", (event) => event.persisted && showWatched());

// --- filter ---------------------------------------------------------------------------------------------------

const chosen = {
  section: document.getElementById("filter-section"),
  level: document.getElementById("filter-level"),
};
const count = document.getElementById("filter-count");
const clear = document.getElementById("filter-clear");

function filter() {
  let shown = 0;
  const cards = [...document.querySelectorAll(".card")];
  for (const section of document.querySelectorAll(".section")) {
    let some = false;
    for (const card of section.querySelectorAll(".card")) {
      const fits =
        (!chosen.section.value || chosen.section.value === section.id) &&
        (!chosen.level.value || chosen.level.value === card.dataset.level);
      card.hidden = !fits;
      shown += fits;
      some ||= fits;
    }
    section.hidden = !some;
  }
  for (const stop of stops.values()) {
    const fits =
      (!chosen.section.value || chosen.section.value === stop.dataset.section) &&
      (!chosen.level.value || chosen.level.value === stop.dataset.level);
    stop.classList.toggle("stop-aside", !fits);
  }
  const all = shown === cards.length;
  clear.disabled = all;
  count.textContent = all ? `All ${shown} topics` : shown ? `${shown} of ${cards.length} topics` : "No topic is both";
}

/** Set the filter to what the page's address asks for. */
function ask() {
  const query = new URLSearchParams(location.search);
  for (const [key, select] of Object.entries(chosen)) {
    const value = query.get(key) ?? "";
    select.value = [...select.options].some((option) => option.value === value) ? value : "";
  }
  filter();
}

/** Say in the page's address what is chosen. */
function tell() {
  const address = new URL(location.href);
  for (const [key, select] of Object.entries(chosen)) {
    if (select.value) address.searchParams.set(key, select.value);
    else address.searchParams.delete(key);
  }
  history.replaceState(null, "", address);
  filter();
}

for (const select of Object.values(chosen)) select.addEventListener("change", tell);
clear.addEventListener("click", () => {
  for (const select of Object.values(chosen)) select.value = "";
  tell();
  chosen.section.focus();
});
addEventListener("popstate", ask);
ask();

// A link to a section or a topic that the filter hides shows it again.
addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const target = link && document.getElementById(link.getAttribute("href").slice(1));
  if (target?.closest("[hidden]")) clear.click();
});
