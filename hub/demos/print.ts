// Run by Node when the site is built: reads what each figure starts from, prints what its page holds of it.

import { readFileSync } from "node:fs";
import type { AnyDemo } from "./frame/demo";
import type { Chapter } from "./frame/shell";
import { shell } from "./frame/shell";

interface Asked {
  readonly [slug: string]: { readonly figure: unknown; readonly chapters: readonly Chapter[] };
}

/** Print the inside of the figures that are asked for, each of which is one of `demos`. */
export function print(demos: readonly AnyDemo[]): void {
  const asked = JSON.parse(readFileSync(0, "utf-8")) as Asked;
  try {
    const printed = Object.entries(asked).map(([slug, { figure, chapters }]) => {
      const demo = demos.find((one) => one.slug === slug);
      if (!demo) throw new Error(`hub/demos/${slug}.ts: expected the slug ${JSON.stringify(slug)}.`);
      return [slug, shell(demo, figure, chapters)] as const;
    });
    process.stdout.write(JSON.stringify(Object.fromEntries(printed)));
  } catch (error) {
    process.stderr.write(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
