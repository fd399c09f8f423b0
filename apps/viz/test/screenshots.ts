/**
 * Takes the pictures of docs/inspector.md: npx tsx apps/viz/test/screenshots.ts [NAME…]
 *
 * Each is a state that the page's address holds, so that anyone can open it.
 */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InspectorBench, idle } from "./inspector-page.ts";

const folder = fileURLToPath(new URL("../../../docs/images", import.meta.url));
mkdirSync(folder, { recursive: true });
const bench = await InspectorBench.start();
const expression = encodeURIComponent("a = 2; b = 0; c = sqrt(a*b); d = a + 3; c*d");
const pictures = {
  "inspector-digits": { state: "#program=digits&step=99", height: 1560, press: "0" },
  "inspector-stepper": { state: "#program=digits&step=6", height: 900 },
  "inspector-expression": { state: "#program=expression&step=2", height: 900 },
  "inspector-nan": { state: `#program=expression&expression=${expression}&step=99&tab=health`, height: 900 },
  "inspector-attribution": { state: "#program=digits&step=99&node=1&entry=5083", height: 1100 },
  "inspector-timeline": { state: "#program=digits&train=300&at=37&step=4", height: 1100 },
  "inspector-draw": { state: "#program=digits&tab=draw", height: 1440, sample: "2" },
  "inspector-lesson": { state: "#tab=lessons&place=backward.5", height: 900 },
} as const;
const only = process.argv.slice(2);
for (const [name, picture] of Object.entries(pictures)) {
  if (only.length > 0 && !only.includes(name)) continue;
  const page = await bench.open(picture.state, 1440);
  await page.setViewportSize({ width: 1440, height: picture.height });
  if ("press" in picture) {
    await page.locator("#drawing").focus();
    await page.click("#fit");
  }
  if ("sample" in picture)
    await page
      .getByRole("button", { name: new RegExp(picture.sample) })
      .last()
      .click();
  await idle(page);
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.close();
}
await bench.stop();
for (const problem of bench.problems) console.error(problem);
