// Plyr around the page's own video: the same controls in every browser, chapters and small pictures on the time
// line.  The video stays the page's; without this script it wears the browser's controls.

import Plyr from "plyr";

const video = document.getElementById("video");
const chapters = [...document.querySelectorAll(".chapters a")].map((link) => ({
  time: Number(link.dataset.t),
  label: link.querySelector(".claim").textContent,
}));
const captions = [...video.textTracks].find((track) => track.kind === "captions");

const player = new Plyr(video, {
  title: document.querySelector("h1").textContent,
  iconUrl: video.dataset.controls,
  loadSprite: false,
  controls: ["play-large", "play", "progress", "current-time", "duration", "mute", "volume", "captions", "settings", "pip", "fullscreen"],
  settings: ["speed"],
  speed: { selected: 1, options: [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] },
  captions: { active: captions?.mode === "showing", language: "en" },
  // topic.js knows the page's keys, inside the player and outside of it.
  keyboard: { focused: false, global: false },
  markers: { enabled: true, points: chapters },
  previewThumbnails: { enabled: Boolean(video.dataset.storyboard), src: video.dataset.storyboard ?? "" },
  tooltips: { controls: false, seek: true },
  invertTime: false,
  toggleInvert: false,
  disableContextMenu: false,
  storage: { enabled: true, key: "player" },
  i18n: { pip: "Picture in picture", enableCaptions: "Show captions", disableCaptions: "Hide captions" },
});

// The page's own script tells the player about captions by this event, for Plyr draws them itself.
video.addEventListener("hub:captions", () => player.toggleCaptions());
