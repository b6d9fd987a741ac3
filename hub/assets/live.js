// Only what `mlhub watch` serves has this script: it tells what is being drawn, and shows each new version.

const loaded = document.currentScript.dataset.version;
const video = document.getElementById("video");
const PLAYED = "live-played";

const panel = document.createElement("aside");
panel.id = "live";
panel.setAttribute("role", "status");
panel.setAttribute("aria-label", "What is being drawn");
panel.hidden = true;
document.body.append(panel);

function line(kind, text) {
  const element = document.createElement(kind);
  element.textContent = text;
  return element;
}

function show(news) {
  panel.hidden = news.state === "shown";
  panel.dataset.state = news.state;
  const parts = [line("p", news.told)];
  if (news.place) parts.unshift(line("code", news.place));
  if (news.trace) {
    const trace = document.createElement("details");
    trace.open = panel.querySelector("details")?.open ?? false;
    trace.append(line("summary", "The trace"), line("pre", news.trace));
    parts.push(trace);
  }
  panel.replaceChildren(...parts);
}

/** Load the page anew, with the video where the edited chapter starts, and playing if it played. */
function reload(news) {
  if (news.page === location.pathname) {
    const second = news.second ?? (video && video.currentTime);
    if (Number.isFinite(second)) history.replaceState(null, "", `#t=${Math.round(second * 1000) / 1000}`);
    sessionStorage.setItem(PLAYED, video && !video.paused ? "yes" : "");
  }
  location.reload();
}

new EventSource("/-/news").onmessage = (event) => {
  const news = JSON.parse(event.data);
  if (news.version && news.version !== loaded) reload(news);
  else show(news);
};

if (sessionStorage.getItem(PLAYED)) {
  sessionStorage.removeItem(PLAYED);
  video?.play().catch(() => {}); // a browser may want a press of its own button first
}
