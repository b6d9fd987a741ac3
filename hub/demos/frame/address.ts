// A state as an address says it: `#demo&C=10&gamma=0.5`.

import type { State } from "./demo";

export function write(state: State, start: State): string {
  const parts = Object.keys(start)
    .filter((key) => String(state[key]) !== String(start[key]))
    .map((key) => `${key}=${encodeURIComponent(String(state[key])).replace(/%2C/g, ",")}`);
  return ["#demo", ...parts].join("&");
}

/** The state that a fragment names, over `start`; null for a fragment that names none. */
export function read(fragment: string, start: State): State | null {
  if (!/^#demo(&|$)/.test(fragment)) return null;
  const asked = new URLSearchParams(fragment.slice(1));
  const state: State = { ...start };
  for (const [key, value] of Object.entries(start)) {
    const text = asked.get(key);
    if (text === null) continue;
    if (typeof value === "number") state[key] = Number(text);
    else if (typeof value === "string") state[key] = text;
    else state[key] = text === "" ? [] : text.split(",").map(Number);
  }
  return state;
}
