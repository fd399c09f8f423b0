/** Writes the documents that are made from the code: `npm run docs`. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { made, withText } from "./made.ts";

for (const { file, marker, text } of made) {
  const url = new URL(`../../${file}`, import.meta.url);
  const before = existsSync(url) ? readFileSync(url, "utf8") : "";
  const after = withText(before, marker, await text());
  if (after !== before) writeFileSync(url, after);
  console.log(`${file}: ${after === before ? "as it was" : "written"}`);
}
