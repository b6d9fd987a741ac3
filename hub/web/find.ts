// Finding words in all that the lessons say: pure, so that it is tested without a browser.

import MiniSearch, { type SearchResult } from "minisearch";

/** What `hub/search.py` writes.  Times are tenths of a second. */
export interface Library {
  /** Path, title, blurb, the chapters' titles with their beginnings; of what is only announced, in what state it is. */
  topics: [path: string, title: string, blurb: string, chapters: [title: string, start: number][], state: string][];
  /** A row a beat, in three columns: where it stands, its text, the times of its words. */
  where: [topic: number, chapter: number, start: number][];
  said: string[];
  times: string[];
  names: [topic: number, start: number, kind: string, name: string, words: string][];
}

export type Kind = "topic" | "chapter" | "formula" | "term" | "said" | "announced";

/** One thing found. */
export interface Hit {
  kind: Kind;
  topic: number;
  /** What was found, whole; `marks` are the stretches of it that match, as [from, to). */
  text: string;
  marks: [number, number][];
  /** The chapter in which it is said; empty for a topic, to watch or announced. */
  chapter: string;
  /** Seconds of the topic's video; null for the topic itself. */
  second: number | null;
}

interface Entry {
  id: number;
  kind: Kind;
  topic: number;
  chapter: number;
  start: number | null;
  title: string;
  text: string;
  times: string;
}

/** What can only be looked forward to comes after whatever can be watched and says the same in the same place. */
const BOOST: Record<Kind, number> = { topic: 4, chapter: 2.5, formula: 3, term: 3, said: 1, announced: 0.5 };
const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** A word as it is compared: without case, accents and raised figures (R² is r2). */
export function fold(word: string): string {
  return word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The words of a text with where they stand in it; an apostrophe or a point inside a word or number belongs to it. */
export function words(text: string): { word: string; from: number; to: number }[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+(?:['’.][\p{L}\p{N}]+)*/gu)].map((match) => ({
    word: fold(match[0]),
    from: match.index,
    to: match.index + match[0].length,
  }));
}

/** Tenths of a second at which each word of a beat that begins at `start` is said; empty where nobody knows. */
export function wordStarts(start: number, times: string): number[] {
  const starts: number[] = [];
  let tenth = start;
  for (const digit of times) {
    if (digit === "~") tenth += DIGITS.length - 1;
    else starts.push((tenth += DIGITS.indexOf(digit)));
  }
  return starts;
}

/** When what stands at character `at` of a beat's text is said. */
function tenthAt(entry: Entry, at: number): number | null {
  if (entry.start === null || at === 0) return entry.start;
  const starts = wordStarts(entry.start, entry.times);
  const before = entry.text.slice(0, at).match(/\S+\s+/g)?.length ?? 0;
  return starts[before] ?? entry.start;
}

/** Where the words of `phrase` stand side by side in `text`, the last of them perhaps only begun. */
function phraseAt(found: ReturnType<typeof words>, phrase: string[]): [number, number] | null {
  for (let at = 0; at + phrase.length <= found.length; at++) {
    const last = phrase.length - 1;
    const same = phrase.every((word, i) =>
      i === last ? found[at + i]!.word.startsWith(word) : found[at + i]!.word === word,
    );
    if (same) return [found[at]!.from, found[at + last]!.to];
  }
  return null;
}

/** Entries that are indexed at a stretch: some milliseconds, so that who types meanwhile is not kept waiting. */
const STRETCH = 150;

/** All that can be found. */
export class Finder {
  readonly #entries: Entry[] = [];
  readonly #index: MiniSearch<Entry>;
  readonly #library: Library;

  /** The finder of a library; a page lives on while it is made. */
  static async over(library: Library): Promise<Finder> {
    const finder = new Finder(library);
    await finder.#index.addAllAsync(finder.#entries, { chunkSize: STRETCH });
    return finder;
  }

  private constructor(library: Library) {
    this.#library = library;
    const add = (entry: Omit<Entry, "id">) => this.#entries.push({ ...entry, id: this.#entries.length });
    library.topics.forEach(([, title, blurb, chapters, state], topic) => {
      add({ kind: state ? "announced" : "topic", topic, chapter: -1, start: null, title, text: blurb, times: "" });
      chapters.forEach(([claim, start], chapter) =>
        add({ kind: "chapter", topic, chapter, start, title: claim, text: "", times: "" }),
      );
    });
    for (const [topic, start, kind, name, text] of library.names) {
      const chapters = library.topics[topic]![3];
      const chapter = chapters.findLastIndex(([, begins]) => begins <= start);
      add({ kind: kind as Kind, topic, chapter, start, title: name, text, times: "" });
    }
    for (const [beat, [topic, chapter, start]] of library.where.entries()) {
      const [text, times] = [library.said[beat]!, library.times[beat]!];
      add({ kind: "said", topic, chapter, start, title: "", text, times });
    }
    this.#index = new MiniSearch<Entry>({
      fields: ["title", "text"],
      tokenize: (text) => words(text).map(({ word }) => word),
      processTerm: (term) => term,
    });
  }

  /** The best matches of `query`, at most `limit`: phrases first, then all of its words, then some of them. */
  find(query: string, limit = 24): Hit[] {
    const asked = words(query).map(({ word }) => word);
    if (!asked.length) return [];
    const options = {
      boost: { title: 2 },
      prefix: (term: string) => term === asked.at(-1) && term.length > 1,
      fuzzy: (term: string) => (term.length > 4 ? 0.2 : false),
      boostDocument: (id: number) => BOOST[this.#entries[id]!.kind],
    };
    let results = this.#index.search(query, { ...options, combineWith: "AND" });
    if (!results.length) results = this.#index.search(query, { ...options, combineWith: "OR" });
    return results
      .map((result) => this.#hit(result, asked))
      .sort((one, other) => other.score - one.score)
      .slice(0, limit)
      .map(({ hit }) => hit);
  }

  #hit(result: SearchResult, asked: string[]): { hit: Hit; score: number } {
    const entry = this.#entries[result.id as number]!;
    const text = entry.title || entry.text;
    const found = words(text);
    const phrase = phraseAt(found, asked);
    const matched = new Set(result.terms);
    const marks: [number, number][] = phrase
      ? [phrase]
      : found.filter(({ word }) => matched.has(word)).map(({ from, to }) => [from, to]);
    const tenth = tenthAt(entry, entry.kind === "said" ? (marks[0]?.[0] ?? 0) : 0);
    const hit: Hit = {
      kind: entry.kind,
      topic: entry.topic,
      text,
      marks,
      chapter: this.#library.topics[entry.topic]![3][entry.chapter]?.[0] ?? "",
      second: tenth === null ? null : tenth / 10,
    };
    return { hit, score: result.score * (phrase && asked.length > 1 ? 4 : 1) };
  }
}
