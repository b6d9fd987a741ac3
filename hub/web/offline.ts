// Pages, words and search without a network; a video too, where somebody asked to keep it.

/** Where kept videos lie; `worker.ts` answers from it. */
export const VIDEOS = "videos";

/** Have the service worker at `script` keep the site, where the browser has such workers. */
export function keepSite(script: string, scope: string): void {
  if (!("serviceWorker" in navigator)) return;
  addEventListener("load", () => {
    navigator.serviceWorker.register(script, { scope }).catch(() => {}); // private windows refuse; nothing is lost
  });
}

/** Make the button of a topic page work that keeps its video on the device, or lets it go. */
export function offerVideo(button: HTMLButtonElement): void {
  const source = new URL(button.dataset["keep"] ?? "", location.href).href;
  const size = button.dataset["size"] ?? "";
  if (!("caches" in window) || !("serviceWorker" in navigator)) return;
  const status = button.parentElement?.querySelector<HTMLElement>("[role=status]");
  let going: AbortController | undefined;

  const tell = (words: string) => {
    if (status) status.textContent = words;
  };
  const isKept = async () => (await (await caches.open(VIDEOS)).match(source)) !== undefined;
  const label = (kept: boolean) => {
    button.textContent = going ? "Stop" : kept ? "Remove from this device" : `Keep for offline (${size})`;
  };

  const keep = async () => {
    going = new AbortController();
    label(false);
    try {
      const answer = await fetch(source, { signal: going.signal });
      if (!answer.ok || !answer.body) throw new Error(`${answer.status}`);
      const whole = Number(answer.headers.get("content-length"));
      let read = 0;
      const counted = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          read += chunk.byteLength;
          if (whole) tell(`${Math.floor((100 * read) / whole)} %`);
          controller.enqueue(chunk);
        },
      });
      const { status: code, headers } = answer;
      const copy = new Response(answer.body.pipeThrough(counted), { status: code, headers });
      await (await caches.open(VIDEOS)).put(source, copy);
      tell("The video is on this device.");
    } catch (error) {
      const stopped = error instanceof DOMException && error.name === "AbortError";
      tell(stopped ? "Stopped." : "The video could not be kept: no network, or no room.");
    }
    going = undefined;
    label(await isKept());
  };

  button.addEventListener("click", async () => {
    if (going) return going.abort();
    if (!(await isKept())) return keep();
    await (await caches.open(VIDEOS)).delete(source);
    tell("Removed.");
    label(false);
  });
  isKept().then(
    (kept) => {
      label(kept);
      button.hidden = false;
    },
    () => {}, // storage is forbidden: there is nothing to offer
  );
}
