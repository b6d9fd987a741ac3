// The service worker: the whole site but its videos, kept on the device as one version after the other.
//
// The build puts three names before this script: SITE, the digest of all that is kept, FILES, the paths that make it
// up, and MEDIA, those of the videos, which are kept on request, or their full addresses where they lie elsewhere.  A
// path with a digest in its name never changes, so that it is taken over from the version before.

export {}; // a module for the compiler: its names are its own

declare const self: ServiceWorkerGlobalScope;
declare const SITE: string;
declare const FILES: string[];
declare const MEDIA: string[];

const VIDEOS = "videos";
const OURS = `site-${SITE}`;
const VIDEO_ADDRESSES = new Set(MEDIA.map((path) => new URL(path, self.registration.scope).href));
const NAMED = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clear().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const ours = request.url.startsWith(self.registration.scope) || VIDEO_ADDRESSES.has(request.url);
  if (request.method !== "GET" || !ours) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.headers.has("range")) event.respondWith(stretch(request));
  else event.respondWith(file(request));
});

/** Keep every file of this version; those that it shares with an older one are not fetched again. */
async function fill(): Promise<void> {
  const ours = await caches.open(OURS);
  const fetched = FILES.map(async (path) => {
    const address = new URL(path, self.registration.scope).href;
    const known = NAMED.test(path) ? await caches.match(address) : undefined;
    const answer = known ?? (await fetch(address, { cache: NAMED.test(path) ? "default" : "no-cache" }));
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    // Some hosts lead from index.html to its folder, and no page may be answered with what was led elsewhere.
    await ours.put(address, answer.redirected ? new Response(answer.body, { headers: answer.headers }) : answer);
  });
  await Promise.all(fetched);
}

/** Let older versions go, and kept videos that the site no longer has. */
async function clear(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith("site-") && name !== OURS) await caches.delete(name);
  }
  const videos = await caches.open(VIDEOS);
  for (const kept of await videos.keys()) if (!VIDEO_ADDRESSES.has(kept.url)) await videos.delete(kept);
}

/** A page: the newest one there is. */
async function page(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.status < 500) return answer;
  } catch {
    // No network: what was kept, below.
  }
  const address = new URL(request.url);
  address.search = address.hash = "";
  if (address.pathname.endsWith("/")) address.pathname += "index.html";
  const ours = await caches.open(OURS);
  const missing = new URL("404.html", self.registration.scope).href;
  return (await ours.match(address.href)) ?? (await ours.match(missing)) ?? Response.error();
}

/** A file that a page names: kept ones first, since their names tell their content. */
async function file(request: Request): Promise<Response> {
  const kept = await caches.match(request.url, { ignoreVary: true });
  return kept ?? fetch(request);
}

/** A stretch of a video, cut from the kept one where there is one. */
async function stretch(request: Request): Promise<Response> {
  const kept = await (await caches.open(VIDEOS)).match(request.url);
  if (!kept) return fetch(request);
  const whole = await kept.blob();
  const asked = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (!asked || (!asked[1] && !asked[2])) return new Response(whole, { headers: kept.headers });
  const from = asked[1] ? Number(asked[1]) : Math.max(whole.size - Number(asked[2]), 0);
  const to = asked[1] && asked[2] ? Math.min(Number(asked[2]), whole.size - 1) : whole.size - 1;
  if (from > to) {
    return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${whole.size}` } });
  }
  return new Response(whole.slice(from, to + 1), {
    status: 206,
    headers: {
      "Content-Type": kept.headers.get("content-type") ?? "video/mp4",
      "Content-Range": `bytes ${from}-${to}/${whole.size}`,
      "Content-Length": String(to + 1 - from),
      "Accept-Ranges": "bytes",
    },
  });
}
