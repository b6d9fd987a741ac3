// Searches as a page does.  Reads {"library": ..., "queries": [...]}, prints the hits of each query, and how often
// something else could be done while the index was made.
// usage: node ask.mjs BUNDLE, where BUNDLE is hub/web/find.ts as a module

import { readFileSync } from "node:fs";

const { Finder } = await import(process.argv[2]);
const { library, queries } = JSON.parse(readFileSync(0, "utf8"));
let turns = 0;
const turning = setInterval(() => turns++, 0);
const finder = await Finder.over(library);
clearInterval(turning);
console.log(JSON.stringify({ hits: queries.map((query) => finder.find(query)), turns }));
