// What every page does: search, and keeping the site.

import { keepSite, offerVideo } from "./offline";
import { openSearch } from "./search";

for (const box of document.querySelectorAll<HTMLElement>("[data-index]")) openSearch(box);
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-keep]")) offerVideo(button);

const { worker, scope } = document.body.dataset;
if (worker && scope) keepSite(worker, scope);
