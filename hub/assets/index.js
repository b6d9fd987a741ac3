// The index without this script is complete; with it, a card plays its three seconds when it is looked at, and
// the rail says which section is in view.

const still = matchMedia("(prefers-reduced-motion: reduce)");
const thrifty = () => navigator.connection?.saveData === true || matchMedia("(prefers-reduced-data: reduce)").matches;

/** @param {HTMLImageElement} poster */
function play(poster) {
  if (still.matches || thrifty() || poster.parentElement.querySelector("video")) return;
  const clip = document.createElement("video");
  clip.muted = true;
  clip.playsInline = true;
  clip.disablePictureInPicture = true;
  clip.tabIndex = -1;
  clip.width = poster.width;
  clip.height = poster.height;
  clip.setAttribute("aria-hidden", "true");
  clip.addEventListener("playing", () => clip.classList.add("shown"), { once: true });
  clip.addEventListener("ended", () => clip.classList.remove("shown"));
  clip.src = poster.dataset.preview;
  poster.after(clip);
  clip.play().catch(() => clip.remove()); // a browser may refuse; the poster stays
}

/** @param {HTMLImageElement} poster */
function stop(poster) {
  const clip = poster.parentElement.querySelector("video");
  clip?.pause();
  clip?.remove();
}

for (const poster of document.querySelectorAll("img[data-preview]")) {
  const card = poster.closest(".card");
  card.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && play(poster));
  card.addEventListener("pointerleave", () => card.contains(document.activeElement) || stop(poster));
  card.addEventListener("focusin", () => play(poster));
  card.addEventListener("focusout", () => stop(poster));
}

const links = new Map([...document.querySelectorAll(".rail a")].map((link) => [link.hash.slice(1), link]));
const inView = new Set();
const watch = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inView.add(target.id);
      else inView.delete(target.id);
    }
    let first = true;
    for (const [slug, link] of links) {
      if (first && inView.has(slug)) {
        link.setAttribute("aria-current", "true");
        first = false;
      } else link.removeAttribute("aria-current");
    }
  },
  { rootMargin: "-20% 0px -60% 0px" },
);
for (const section of document.querySelectorAll(".section")) watch.observe(section);
