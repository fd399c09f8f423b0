/**
 * Does the heap stay flat over 100,000 eager training steps?
 *
 * Trains a 16-32-4 net on random data, one tape a step, and prints what is in use after every tenth of the way, once as
 * it is and once after a full collection. Run: npx tsx --expose-gc bench/heap.ts [steps]
 */
import { CrossEntropyLoss, Linear, ReLU, Sequential, SGD } from "@adjoint/nn";
import { Generator } from "@adjoint/tensor";

const steps = Number(process.argv[2] ?? 100_000);
const generator = new Generator(0);
const model = new Sequential(new Linear(16, 32, { generator }), new ReLU(), new Linear(32, 4, { generator }));
const optimizer = new SGD(model.parameters(), { learningRate: 0.05, momentum: 0.9 });
const criterion = new CrossEntropyLoss();
const inputs = generator.normal([8, 16]);
const labels = generator.integers(0, 4, [8]);

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(2).padStart(8);
const collect = (globalThis as { gc?: () => void }).gc;
console.log(
  `node ${process.version}, ${steps} steps${collect ? "" : " (run with --expose-gc to see the live heap)"}`,
);
console.log("   steps  heap MiB  buffers MiB  live heap MiB  live buffers MiB  rss MiB      loss");
const started = performance.now();
for (let step = 0; step <= steps; step++) {
  optimizer.zeroGrad();
  const loss = criterion.forward(model.forward(inputs), labels);
  loss.backward();
  optimizer.step();
  if (step % Math.ceil(steps / 10) !== 0) continue;
  const now = process.memoryUsage();
  collect?.();
  const live = process.memoryUsage();
  console.log(
    `${String(step).padStart(8)}  ${megabytes(now.heapUsed)}     ${megabytes(now.arrayBuffers)}       ${megabytes(live.heapUsed)}          ${megabytes(live.arrayBuffers)} ${megabytes(live.rss)}  ${loss.item().toExponential(3)}`,
  );
}
console.log(`${(((performance.now() - started) * 1000) / steps).toFixed(1)} µs a step`);
