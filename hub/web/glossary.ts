// The glossary's own script: terms are found as they are typed, and the arrow keys walk along what is shown.

import { fold } from "./find";

/** A term on the page, and its names as they are compared. */
interface Term {
  element: HTMLElement;
  link: HTMLAnchorElement;
  names: string;
}

const field = document.querySelector<HTMLInputElement>("#term-field")!;
const status = document.querySelector<HTMLElement>("#term-count")!;
const letters = document.querySelectorAll<HTMLAnchorElement>(".letters a");
const sections = [...document.querySelectorAll<HTMLElement>(".glossary section")].map((element) => ({
  element,
  terms: [...element.querySelectorAll<HTMLElement>("dl > div")].map(
    (term): Term => ({
      element: term,
      link: term.querySelector("a")!,
      names: fold(term.querySelector("dt")!.textContent!),
    }),
  ),
}));
const count = sections.reduce((sum, { terms }) => sum + terms.length, 0);

/** Show the terms that have what is asked for in one of their names; all of them for nothing. */
function show(): void {
  const asked = fold(field.value.trim());
  let found = 0;
  sections.forEach(({ element, terms }, at) => {
    let some = false;
    for (const term of terms) {
      const fits = term.names.includes(asked);
      if (term.element.hidden === fits) term.element.hidden = !fits;
      found += Number(fits);
      some ||= fits;
    }
    element.hidden = !some;
    letters[at]!.parentElement!.hidden = !some;
  });
  status.textContent = !asked ? `All ${count} terms` : found ? `${found} of ${count} terms` : "No term is called so";
}

/** Show everything again where an address leads to what is hidden. */
function reveal(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target?.closest("[hidden]")) return;
  field.value = "";
  show();
  target.scrollIntoView();
}

function shown(): HTMLAnchorElement[] {
  return sections.flatMap(({ terms }) => terms.filter(({ element }) => !element.hidden).map(({ link }) => link));
}

field.addEventListener("input", show);
field.form!.addEventListener("submit", (event) => {
  event.preventDefault();
  shown()[0]?.focus();
});
document.querySelector(".glossary")!.addEventListener("keydown", (event) => {
  const { key, target, ctrlKey, metaKey, altKey, shiftKey } = event as KeyboardEvent;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (!step || ctrlKey || metaKey || altKey || shiftKey) return;
  const links = shown();
  const at = target === field ? -1 : links.indexOf(target as HTMLAnchorElement);
  if (at < 0 && (target !== field || step < 0)) return;
  event.preventDefault();
  (links[at + step] ?? (step < 0 ? field : links[at]))?.focus();
});
addEventListener("hashchange", reveal);
show(); // a page that is gone back to still has what was asked for
