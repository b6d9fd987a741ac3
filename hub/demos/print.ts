// Run by Node when the site is built: reads what each figure starts from, prints what its page holds of it.

import { readFileSync } from "node:fs";
import type { AnyDemo } from "./frame/demo";
import { erase } from "./frame/demo";
import type { Chapter } from "./frame/shell";
import { shell } from "./frame/shell";
import { demo as linearAlgebra } from "./linear-algebra";
import { demo as reinforcementLearning } from "./reinforcement-learning";
import { demo as svm } from "./svm";
import { demo as transformers } from "./transformers";

const DEMOS: readonly AnyDemo[] = [erase(linearAlgebra), erase(reinforcementLearning), erase(svm), erase(transformers)];

interface Asked {
  readonly [slug: string]: { readonly figure: unknown; readonly chapters: readonly Chapter[] };
}

const asked = JSON.parse(readFileSync(0, "utf-8")) as Asked;
try {
  const printed = Object.entries(asked).map(([slug, { figure, chapters }]) => {
    const demo = DEMOS.find((one) => one.slug === slug);
    if (!demo) throw new Error(`hub/demos/print.ts: there is no demo for ${slug}.`);
    return [slug, shell(demo, figure, chapters)] as const;
  });
  process.stdout.write(JSON.stringify(Object.fromEntries(printed)));
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
