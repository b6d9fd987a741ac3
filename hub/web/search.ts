// The search of every page: a dialog that finds words as they are typed and leads to the second they are said.

import { Finder, type Hit, type Library } from "./find";

const KINDS: Record<Exclude<Hit["kind"], "announced">, string> = {
  topic: "Topic",
  chapter: "Chapter",
  formula: "Formula",
  term: "Term",
  said: "Said",
};

/** Make the search of a page work.  `box` holds a button, a dialog, and where the index lies. */
export function openSearch(box: HTMLElement): void {
  const part = <T extends HTMLElement>(selector: string) => box.querySelector<T>(selector)!;
  const button = part<HTMLButtonElement>(".search-open");
  const dialog = part<HTMLDialogElement>("dialog");
  const field = part<HTMLInputElement>("input");
  const status = part("[role=status]");
  const list = part<HTMLOListElement>(".hits");
  const root = box.dataset["root"] ?? "";
  let library: Library | undefined;
  let finder: Promise<Finder> | undefined;
  let latest = 0;

  const load = () =>
    (finder ??= fetch(box.dataset["index"] ?? "")
      .then((answer) => {
        if (!answer.ok) throw new Error(`${answer.status}`);
        return answer.json() as Promise<Library>;
      })
      .then((read) => Finder.over((library = read)))
      .catch((error: unknown) => {
        finder = undefined; // the next letter tries again
        throw error;
      }));

  const show = async () => {
    const turn = ++latest;
    const query = field.value.trim();
    try {
      const hits = query ? (await load()).find(query) : [];
      if (turn !== latest) return;
      list.replaceChildren(...hits.map((hit) => row(hit, library!, root)));
      status.textContent = !query ? "" : hits.length ? count(hits.length) : `Nothing says “${query}”.`;
    } catch {
      if (turn === latest) status.textContent = "The index of what is said could not be loaded.";
    }
  };

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    field.select();
    load().catch(() => {}); // told when something is asked
    if (field.value) void show();
  };

  box.dataset["ready"] = "";
  button.addEventListener("click", open);
  field.addEventListener("input", () => void show());
  field.form!.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  dialog.addEventListener("click", (event) => {
    // A press beside the box, or on a hit (which may lie on this very page), closes it.
    if (event.target === dialog || (event.target as Element).closest(".hits a, .search-close")) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || (at < 0 && step < 0)) return;
    event.preventDefault();
    (at + step < 0 ? field : (links[at + step] ?? links.at(-1)))?.focus();
  });
  window.addEventListener("keydown", (event) => {
    const asked = event.key === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!asked) return;
    event.preventDefault();
    open();
  });
}

function count(hits: number): string {
  return hits === 1 ? "1 place" : `${hits} places`;
}

function row(hit: Hit, library: Library, root: string): HTMLLIElement {
  const [path, title, , , state] = library.topics[hit.topic]!;
  const link = document.createElement("a");
  link.href = root + path + (hit.second === null ? "" : `#t=${hit.second}`);
  const words = element("span", "hit-words");
  let at = 0;
  for (const [from, to] of hit.marks) {
    const mark = document.createElement("mark");
    mark.textContent = hit.text.slice(from, to);
    words.append(hit.text.slice(at, from), mark);
    at = to;
  }
  words.append(hit.text.slice(at));
  const kind = element("span", "hit-kind", hit.kind === "announced" ? state : KINDS[hit.kind]);
  const where = [title, hit.chapter].filter((name) => name && name !== hit.text).join(" · ");
  link.append(kind, words);
  if (where || hit.second !== null) {
    const time = hit.second === null ? "" : clock(hit.second);
    link.append(element("span", "hit-where", [where, time].filter(Boolean).join(" · ")));
  }
  const item = document.createElement("li");
  item.append(link);
  return item;
}

function element(name: string, style: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  made.className = style;
  made.textContent = text;
  return made;
}

function clock(second: number): string {
  const whole = Math.floor(second);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
