// The topic page without this script has the video, its captions and its words.  With it, words and chapters
// play the video from where they are said, and follow it.

import { remember } from "./progress.js";

const video = document.getElementById("video");
const script = document.getElementById("script");
const follow = document.getElementById("follow");
const keysOn = document.getElementById("keys-on");
const still = matchMedia("(prefers-reduced-motion: reduce)");

const timed = (selector) =>
  [...document.querySelectorAll(selector)].map((element) => ({ element, start: Number(element.dataset.t) }));
const lines = timed(".line");
const words = timed(".line span[data-t]");
const chapters = timed(".chapters a");

/** The last of `items` that has begun at `second`; -1 before the first. */
function begun(items, second) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle].start <= second + 0.001) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

// --- going to a second ---------------------------------------------------------------------------------------

/** Seconds that "83", "83.5", "1:23", "1h2m3s" mean; NaN for anything else. */
function seconds(text) {
  if (/^[\d.]+$/.test(text)) return Number(text);
  if (/^\d+(:\d\d?){1,2}(\.\d+)?$/.test(text)) return text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
  return text && parts ? (parts[1] ?? 0) * 3600 + (parts[2] ?? 0) * 60 + Number(parts[3] ?? 0) : NaN;
}

/** The second that the page's address asks for, or NaN; the fragment outranks the query. */
function wanted() {
  const fragment = new URLSearchParams(location.hash.slice(1)).get("t");
  return seconds(fragment ?? new URLSearchParams(location.search).get("t") ?? "");
}

/** Go to `second` as soon as the video knows its length. */
function seek(second) {
  if (!Number.isFinite(second)) return;
  following(true);
  if (video.readyState >= HTMLMediaElement.HAVE_METADATA) {
    video.currentTime = Math.min(Math.max(second, 0), video.duration);
    mark();
  } else {
    video.addEventListener("loadedmetadata", () => seek(second), { once: true });
    video.load();
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#t="]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (getSelection().toString() && link.classList.contains("line")) return; // words are being copied
  const spot = event.target.closest("[data-t]") ?? link;
  history.replaceState(null, "", link.hash);
  seek(Number(spot.dataset.t));
  if (!link.classList.contains("line")) {
    video.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" });
  }
  video.play().catch(() => {}); // a browser may want a press of its own button first
});

addEventListener("hashchange", () => seek(wanted()));

// --- following the voice -------------------------------------------------------------------------------------

let followed = true;
const now = { word: -2, line: -2, chapter: -2 };

function following(on) {
  followed = on;
  follow.hidden = on;
}

/** Move the mark of one list to what is said at `second`; true when it moved. */
function move(kind, items, second, show) {
  const index = begun(items, second);
  if (index === now[kind]) return false;
  if (items[now[kind]]) show(items[now[kind]].element, false);
  if (items[index]) show(items[index].element, true);
  now[kind] = index;
  return true;
}

const current = (element, on) => {
  if (on) element.setAttribute("aria-current", "true");
  else element.removeAttribute("aria-current");
};

function mark() {
  const second = video.currentTime;
  move("word", words, second, (element, on) => element.classList.toggle("now", on));
  move("chapter", chapters, second, current);
  const moved = move("line", lines, second, (element, on) => {
    current(element, on);
    if (!script.contains(document.activeElement) || document.activeElement === script) reach(element);
  });
  if (moved) keepInView();
}

function keepInView() {
  const line = lines[now.line]?.element;
  if (!followed || !line) return;
  const top = line.getBoundingClientRect().top - script.getBoundingClientRect().top;
  script.scrollTo({
    top: script.scrollTop + top - script.clientHeight / 3,
    behavior: still.matches || video.paused ? "auto" : "smooth",
  });
}

/** Only a hand turns these: our own scrolling makes no wheel, touch or key. */
for (const hand of ["wheel", "touchmove", "pointerdown"]) {
  script.addEventListener(
    hand,
    (event) => (hand !== "pointerdown" || event.target === script) && following(false),
    { passive: true },
  );
}

follow.addEventListener("click", () => {
  following(true);
  keepInView();
  script.focus({ preventScroll: true });
});

function frame() {
  mark();
  if (!video.paused && !video.ended) requestAnimationFrame(frame);
}
video.addEventListener("play", frame);
video.addEventListener("seeked", mark);
video.addEventListener("timeupdate", mark);

// --- keys ----------------------------------------------------------------------------------------------------

/** One sentence at a time is a stop of the Tab key; the arrows walk on from it. */
function reach(line) {
  for (const { element } of lines) element.tabIndex = -1;
  line.tabIndex = 0;
}

script.addEventListener("keydown", (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const index = lines.findIndex(({ element }) => element === document.activeElement);
  if (!step || event.ctrlKey || event.metaKey || event.altKey) {
    if (["PageUp", "PageDown", "Home", "End", " "].includes(event.key)) following(false);
    return;
  }
  const next = index < 0 ? lines[Math.max(now.line, 0)] : lines[index + step];
  if (!next) return;
  event.preventDefault();
  following(false);
  reach(next.element);
  next.element.focus();
});

const KEYS = {
  k: () => (video.paused ? video.play() : video.pause()),
  j: () => seek(video.currentTime - 10),
  l: () => seek(video.currentTime + 10),
  ArrowLeft: () => seek(video.currentTime - 5),
  ArrowRight: () => seek(video.currentTime + 5),
  p: () => seek(chapters[Math.max(begun(chapters, video.currentTime - 2), 0)]?.start),
  n: () => seek(chapters[begun(chapters, video.currentTime) + 1]?.start),
  c: () => video.dispatchEvent(new Event("hub:captions")),
};

addEventListener("keydown", (event) => {
  const inPlayer = Boolean(event.target.closest?.(".plyr")) && event.target.type !== "range";
  const inControl =
    !inPlayer && event.target.closest?.("a, button, input, select, textarea, summary, video, [contenteditable]");
  const free = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey && !event.defaultPrevented;
  if (inControl || !free || !keysOn.checked || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});

const MEMORY = "keys-off";
try {
  keysOn.checked = localStorage.getItem(MEMORY) === null;
} catch {
  // Storage may be forbidden; then the choice lasts as long as the page.
}
keysOn.addEventListener("change", () => {
  try {
    if (keysOn.checked) localStorage.removeItem(MEMORY);
    else localStorage.setItem(MEMORY, "1");
  } catch {
    // As above.
  }
});

// --- words, links and code to take away -----------------------------------------------------------------------

const said = document.getElementById("script-said");

/** Put `text` on the clipboard and say on the button, and in `status`, that it is there. */
async function copy(button, text, status) {
  const label = button.firstChild;
  const before = label.textContent;
  try {
    await navigator.clipboard.writeText(text);
    label.textContent = "Copied";
    status.textContent = "Copied";
  } catch {
    status.textContent = "The browser does not allow copying here";
  }
  setTimeout(() => {
    label.textContent = before;
    status.textContent = "";
  }, 2000);
}

const wording = (element) => element.textContent.replace(/\s+/g, " ").trim();

document.getElementById("copy-words").addEventListener("click", (event) => {
  const text = [...script.children].map(wording).join("\n\n");
  copy(event.currentTarget, `${document.querySelector("h1").textContent}\n\n${text}\n`, said);
});

document.getElementById("copy-link").addEventListener("click", (event) => {
  const address = new URL(location.href);
  address.hash = "";
  address.search = `?t=${Math.floor(video.currentTime)}`;
  copy(event.currentTarget, address.href, said);
});

document.getElementById("copy-code")?.addEventListener("click", (event) => {
  copy(event.currentTarget, document.getElementById("code").textContent, document.getElementById("code-said"));
});

// Formulas and code are stops of the Tab key only where there is something to scroll to.
const stops = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const wide of document.querySelectorAll(".maths, .code pre")) stops.observe(wide);

// --- three questions -----------------------------------------------------------------------------------------

for (const question of document.querySelectorAll(".question")) {
  question.addEventListener("change", ({ target }) => {
    if (target.type !== "radio") return;
    const right = "right" in target.dataset;
    const answer = question.querySelector("details");
    question.dataset.answered = right ? "right" : "wrong";
    question.querySelector(".verdict").textContent = right ? "Right." : "Not quite.";
    answer.open = true;
  });
}

// --- where it was left ---------------------------------------------------------------------------------------

const slug = document.querySelector("article").dataset.slug;
let kept = -10;

function keep() {
  if (video.currentTime > 0 && Number.isFinite(video.duration)) remember(slug, video.currentTime, video.duration);
  kept = video.currentTime;
}
video.addEventListener("timeupdate", () => !video.paused && Math.abs(video.currentTime - kept) >= 5 && keep());
video.addEventListener("pause", keep);
video.addEventListener("ended", keep);
addEventListener("pagehide", () => kept >= 0 && keep());

// --- begin ---------------------------------------------------------------------------------------------------

document.getElementById("keys").hidden = false;
if (lines[0]) reach(lines[0].element);
if (Number.isFinite(wanted())) {
  // The fragment also names a place in the words, to which the browser scrolls when all is there and drawn: the
  // picture comes first.
  seek(wanted());
  const back = () => requestAnimationFrame(() => requestAnimationFrame(() => scrollTo({ top: 0, behavior: "instant" })));
  if (document.readyState === "complete") back();
  else addEventListener("load", back, { once: true });
}
