// What packages of others find wrong with pages: html-validate with the HTML, Adobe's validator with what search
// engines want of the structured data.  Prints one JSON object a finding.  usage: node judge.mjs PAGE...

import { readFile } from "node:fs/promises";
import Validator from "@adobe/structured-data-validator";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const rules = new StaticConfigLoader({ root: true, extends: ["html-validate:standard"] });
const html = new HtmlValidate(rules);
const found = (page, rule, message) => console.log(JSON.stringify({ page, rule, message }));

for (const page of process.argv.slice(2)) {
  const text = await readFile(page, "utf8");
  const report = await html.validateString(text, page);
  for (const { messages } of report.results) {
    for (const { ruleId, message, line, column } of messages) found(`${page}:${line}:${column}`, ruleId, message);
  }
  for (const [, block] of text.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
    const things = Object.groupBy(JSON.parse(block)["@graph"], (thing) => thing["@type"]);
    for (const { severity, issueMessage } of await new Validator().validate({ jsonld: things })) {
      if (severity === "ERROR") found(page, "structured-data", issueMessage);
    }
  }
}
