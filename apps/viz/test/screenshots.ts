/**
 * Takes the pictures of docs/inspector.md: npx tsx apps/viz/test/screenshots.ts
 *
 * Each is a state that the page's address holds, so that anyone can open it.
 */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InspectorBench } from "./inspector-page.ts";

const folder = fileURLToPath(new URL("../../../docs/images", import.meta.url));
mkdirSync(folder, { recursive: true });
const bench = await InspectorBench.start();
const pictures = {
  "inspector-digits": "#program=digits&step=99",
  "inspector-stepper": "#program=digits&step=4",
  "inspector-expression": "#program=expression&step=2",
  "inspector-nan":
    "#program=expression&expression=a%20%3D%202%3B%20b%20%3D%200%3B%20c%20%3D%20sqrt%28a%2Ab%29%3B%20d%20%3D%20a%20%2B%203%3B%20c%2Ad&tab=health",
  "inspector-attribution": "#program=digits&step=99&node=1&entry=5083",
};
for (const [name, state] of Object.entries(pictures)) {
  const page = await bench.open(state, 1440);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.close();
}
await bench.stop();
for (const problem of bench.problems) console.error(problem);
