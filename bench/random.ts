/**
 * How fast are random tensors?
 *
 * Prints the median and the range of the time for a million numbers of each distribution, the distributions taking turns.
 * Run: npx tsx bench/random.ts [rounds]
 */
import { Generator } from "@adjoint/tensor";

const rounds = Number(process.argv[2] ?? 15);
const count = 1_000_000;
const generator = new Generator(0);
const draws: Record<string, () => unknown> = {
  "random words": () => generator.bits([count]),
  "uniform float32": () => generator.uniform([count]),
  "uniform float64": () => generator.uniform([count], { dtype: "float64" }),
  "normal float32": () => generator.normal([count]),
  integers: () => generator.integers(0, 10, [count]),
  bernoulli: () => generator.bernoulli(0.5, [count]),
};

const times = new Map<string, number[]>(Object.keys(draws).map((name) => [name, []]));
for (let round = -3; round < rounds; round++) {
  for (const [name, draw] of Object.entries(draws)) {
    const started = performance.now();
    draw();
    // The first rounds warm the loops up.
    if (round >= 0) times.get(name)?.push(performance.now() - started);
  }
}

console.log(
  `node ${process.version}, ${rounds} rounds of ${count} numbers, milliseconds: median (lowest to highest)`,
);
for (const [name, list] of times) {
  const sorted = list.toSorted((a, b) => a - b);
  const [low = 0, middle = 0, high = 0] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
  console.log(
    `${name.padEnd(16)} ${middle.toFixed(1).padStart(7)} (${low.toFixed(1)} to ${high.toFixed(1)})`,
  );
}
