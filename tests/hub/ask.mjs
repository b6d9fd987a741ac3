// Searches as a page does.  Reads {"library": ..., "queries": [...]}, prints the hits of each query.
// usage: node ask.mjs BUNDLE, where BUNDLE is hub/web/find.ts as a module

import { readFileSync } from "node:fs";

const { Finder } = await import(process.argv[2]);
const { library, queries } = JSON.parse(readFileSync(0, "utf8"));
const finder = new Finder(library);
console.log(JSON.stringify(queries.map((query) => finder.find(query))));
