// Times vmap: a two-layer net on a batch of rows, written for a batch, under vmap, and as a loop; and the gradients of each
// example. The variants alternate in one run; medians with quartiles, in milliseconds. Run: npx tsx bench/vmap.ts [rounds]
import { grad, linear, relu, sum, type Value, type Variable, vmap } from "@adjoint/autograd";
import { Generator, stack, type Tensor } from "@adjoint/tensor";

const rounds = Number(process.argv[2] ?? 30);
const batch = 64;
const generator = new Generator(1);
const weights = {
  first: generator.normal([128, 784]) as Tensor as Value,
  second: generator.normal([10, 128]) as Tensor as Value,
};
const images = generator.normal([batch, 784]) as Tensor;
const rows = Array.from({ length: batch }, (_, i) => images.slice(i) as Tensor);

const net = (w: typeof weights, x: Value): Value => linear(relu(linear(x, w.first)), w.second) as Value;
const loss = (w: typeof weights, x: Value): Value => sum(net(w, x));
const gradient = grad(loss) as (w: typeof weights, x: Value) => { first: Variable; second: Variable };
const perExample = vmap(gradient, { inAxes: [null, 0] });
const mapped = vmap(net, { inAxes: [null, 0] });

const variants: Record<string, () => unknown> = {
  "forward, written for a batch": () => net(weights, images),
  "forward, vmap": () => mapped(weights, images),
  "forward, loop": () => stack(rows.map((row) => net(weights, row) as Tensor)),
  "gradient of the batch": () => gradient(weights, images),
  "gradient of vmap": () => grad((w: typeof weights) => sum(mapped(w, images)))(weights),
  "each example's gradient, vmap": () => perExample(weights, images),
  "each example's gradient, loop": () => rows.map((row) => gradient(weights, row)),
};
const times = new Map(Object.keys(variants).map((name) => [name, [] as number[]]));
for (let round = -5; round < rounds; round++) {
  for (const [name, run] of Object.entries(variants)) {
    const start = performance.now();
    run();
    if (round >= 0) times.get(name)?.push(performance.now() - start);
  }
}
console.log(`batch ${batch}, 784-128-10, ${rounds} rounds, Node ${process.version}: ms`);
for (const [name, samples] of times) {
  const sorted = samples.sort((a, b) => a - b);
  const at = (part: number): string =>
    (sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN).toFixed(2);
  console.log(`${name.padEnd(32)} ${at(0.5).padStart(8)}  (quartiles ${at(0.25)} to ${at(0.75)})`);
}
