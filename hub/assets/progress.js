// What this browser remembers of what was watched.  It stays on the device: nothing is sent anywhere.

const KEY = "watched";
/** From this share of a lesson on it counts as seen: its last chapter is the remembering. */
const SEEN = 0.94;

/** @returns {Record<string, {at: number, of: number, when: number, seen: boolean}>} by topic */
export function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return Object.fromEntries(
      Object.entries(kept).filter(([, one]) => Number.isFinite(one?.at) && one.of > 0 && Number.isFinite(one.when)),
    );
  } catch {
    return {}; // storage may be forbidden, or hold something else
  }
}

/** Keep where `slug` was left, at second `at` of `of`. */
export function remember(slug, at, of) {
  const kept = recall();
  const seen = kept[slug]?.seen === true || at / of >= SEEN;
  kept[slug] = { at: Math.round(at * 10) / 10, of, when: Date.now(), seen };
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // As above; then nothing is remembered.
  }
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}

/** "1:23" */
export const clock = (second) => `${Math.floor(second / 60)}:${String(Math.floor(second % 60)).padStart(2, "0")}`;
