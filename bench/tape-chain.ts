// Times the tape: a chain of 0-d multiplications forward and backward, in microseconds a node. The two passes alternate in one
// run and the median of the rounds is printed, with the quartiles. Beside it, the same products of Tensors without a tape: what
// the numbers alone cost. Run: npx tsx bench/tape-chain.ts [nodes] [rounds]
import { mul, type Value, Variable } from "@adjoint/autograd";
import { type Tensor, tensor } from "@adjoint/tensor";

const nodes = Number(process.argv[2] ?? 1000);
const rounds = Number(process.argv[3] ?? 300);
const WARM_UP_ROUNDS = 30;

const factor: Tensor = tensor(1.0001);
const x: Variable = new Variable(tensor(1) as Tensor, { requiresGrad: true });

function chain(start: Value): Value {
  let y = start;
  for (let i = 0; i < nodes; i++) y = mul(y, factor);
  return y;
}

const times: Record<"forward" | "backward" | "both" | "tensors alone", number[]> = {
  forward: [],
  backward: [],
  both: [],
  "tensors alone": [],
};
for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
  const start = performance.now();
  const y = chain(x) as Variable;
  const middle = performance.now();
  y.backward();
  const end = performance.now();
  chain(x.value);
  const plain = performance.now() - end;
  x.zeroGrad();
  if (round < 0) continue;
  times.forward.push(middle - start);
  times.backward.push(end - middle);
  times.both.push(end - start);
  times["tensors alone"].push(plain);
}

console.log(`chain of ${nodes} 0-d multiplications, ${rounds} rounds, Node ${process.version}: µs a node`);
for (const [name, samples] of Object.entries(times)) {
  const sorted = samples.map((ms) => (ms * 1000) / nodes).sort((a, b) => a - b);
  const at = (part: number): string =>
    (sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN).toFixed(3);
  console.log(`${name.padEnd(14)} ${at(0.5)}  (quartiles ${at(0.25)} to ${at(0.75)})`);
}
