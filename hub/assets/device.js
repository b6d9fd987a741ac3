// Runs while the first page is still being read, right after the list it fills, so that nothing below is pushed
// away later: what this browser remembers of what was watched, the last first.

import { clock, recall } from "./progress.js";

const strip = document.getElementById("continue");
const items = new Map([...strip.querySelectorAll("li")].map((item) => [item.dataset.slug, item]));
const left = Object.entries(recall())
  .filter(([slug, one]) => items.has(slug) && one.at / one.of < 0.94 && one.at >= 5)
  .sort(([, one], [, other]) => other.when - one.when)
  .slice(0, 4);
for (const [slug, { at, of }] of left) {
  const item = items.get(slug);
  const link = item.querySelector("a");
  const bar = item.querySelector("progress");
  link.href += `?t=${Math.floor(at)}`;
  bar.max = of;
  bar.value = at;
  item.querySelector(".at").textContent = clock(at);
  item.hidden = false;
  item.parentElement.append(item);
}
strip.hidden = left.length === 0;
