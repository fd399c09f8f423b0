/**
 * How long a stroke event of the Draw tab takes, from the event until activations, probabilities and saliency of the new
 * drawing stand in the page: npx tsx apps/viz/test/measure-draw.ts
 */
import { InspectorBench, idle } from "./inspector-page.ts";

const events = 200;
const bench = await InspectorBench.start();
const page = await bench.open("#program=digits&tab=draw", 1440);
const box = await page.locator(".pad").first().boundingBox();
const [left, top, size] = [box?.x ?? 0, box?.y ?? 0, box?.width ?? 1];
await page.mouse.move(left + 0.3 * size, top + 0.3 * size);
await page.mouse.down();
await idle(page);
const measured = await page.evaluate(
  async ({ left, top, size, events }) => {
    interface Access {
      readonly adjointInspector: { idle(): Promise<void> };
    }
    const { adjointInspector } = globalThis as typeof globalThis & Access;
    const pad = document.querySelector(".pad");
    const whole: number[] = [];
    const handler: number[] = [];
    for (let i = 0; i < events; i++) {
      const clientX = left + size * (0.5 + 0.3 * Math.cos(i / 9));
      const clientY = top + size * (0.5 + 0.35 * Math.sin(i / 7));
      const begun = performance.now();
      pad?.dispatchEvent(new PointerEvent("pointermove", { clientX, clientY, buttons: 1, bubbles: true }));
      handler.push(performance.now() - begun);
      await adjointInspector.idle();
      whole.push(performance.now() - begun);
    }
    return { whole, handler };
  },
  { left, top, size, events },
);
const begun = performance.now();
await page.mouse.up();
await idle(page);
const end = performance.now() - begun;
await bench.stop();

const quantile = (numbers: readonly number[], q: number): string =>
  ([...numbers].sort((a, b) => a - b)[Math.floor(q * (numbers.length - 1))] ?? Number.NaN).toFixed(1);
for (const [name, numbers] of Object.entries(measured)) {
  console.log(`${name}: median ${quantile(numbers, 0.5)} ms, p95 ${quantile(numbers, 0.95)} ms`);
}
console.log(`end of the stroke, with the graph: ${end.toFixed(0)} ms`);
