// The report without this script shows everything.  With it, findings can be sifted and places copied.

const filter = document.getElementById("filter");
const findings = [...document.querySelectorAll(".finding")];

/** The values that are ticked for `name`; all pass where none is. */
const wanted = (name) => [...filter.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value);

function sift() {
  const severities = wanted("severity");
  const kinds = wanted("kind");
  let shown = 0;
  for (const finding of findings) {
    const passes =
      (!severities.length || severities.includes(finding.dataset.severity)) &&
      (!kinds.length || kinds.includes(finding.dataset.kind));
    finding.hidden = !passes;
    shown += passes;
  }
  for (const chapter of document.querySelectorAll("#findings .chapter")) {
    chapter.hidden = !chapter.querySelector(".finding:not([hidden])");
  }
  document.getElementById("shown").textContent = `${shown} of ${findings.length} shown`;
}

/** A link to a finding that is sifted away brings all back. */
function reveal() {
  const target = findings.find((finding) => finding.id === location.hash.slice(1));
  if (target?.hidden) {
    filter.reset();
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  }
}

if (filter) {
  filter.hidden = false;
  filter.addEventListener("change", sift);
  filter.addEventListener("reset", () => {
    for (const box of filter.querySelectorAll("input")) box.checked = false;
    sift();
  });
  filter.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", reveal);
  sift();
}

/** Puts `text` on the clipboard; where a page from a file may not, by selecting it. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

for (const button of document.querySelectorAll(".copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await copy(button.dataset.copy);
    button.focus();
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
}
