// Times the float32 matrix product: plain TypeScript against the WebAssembly kernel, with its copies and without (the kernel alone
// on operands that lie in its memory). The compared programs alternate in one run. Run: npx tsx bench/matmul.ts [--sweep]
import { buildMatmulModule, PANEL_BYTES } from "../packages/tensor/src/cpu/matmul-kernel.ts";
import { matmulPlainFloat32 } from "../packages/tensor/src/cpu/matmul-plain.ts";
import type { MatmulTask } from "../packages/tensor/src/cpu/matmul-task.ts";
import { matmulWasm } from "../packages/tensor/src/cpu/matmul-wasm.ts";

type Layout = "rows" | "columns";
type Shape = readonly [name: string, m: number, k: number, n: number, a: Layout, b: Layout];

const SHAPES: readonly Shape[] = [
  ["x·Wᵀ", 64, 784, 128, "rows", "columns"],
  ["x·W", 64, 784, 128, "rows", "rows"],
  ["δᵀ·x", 128, 64, 784, "columns", "rows"],
  ["x·Wᵀ", 64, 784, 10, "rows", "columns"],
  ["h·W", 64, 128, 10, "rows", "rows"],
  ["h·Wᵀ", 64, 128, 10, "rows", "columns"],
  ["δ·W", 64, 10, 128, "rows", "rows"],
  ["δᵀ·h", 10, 64, 128, "columns", "rows"],
  ["v·Wᵀ", 1, 784, 128, "rows", "columns"],
  ["W·v", 128, 784, 1, "rows", "rows"],
  ["square", 512, 512, 512, "rows", "rows"],
  ["square", 1024, 1024, 1024, "rows", "rows"],
  ["X·Wᵀ", 10000, 784, 10, "rows", "columns"],
  ["δᵀ·X", 10, 10000, 784, "columns", "rows"],
];
/** Cubes and thin products around the size from which the kernel pays. */
const SWEEP: readonly Shape[] = [2, 4, 6, 8, 10, 12, 16, 24].flatMap((size): Shape[] => [
  ["cube", size, size, size, "rows", "rows"],
  ["thin", size, 4 * size, 2, "rows", "columns"],
  ["row", 1, 4 * size, size, "rows", "columns"],
]);
/** Each measurement repeats its program for about this many milliseconds, and there are so many of them. */
const MEASURE_MS = 20;
const ROUNDS = 15;

interface Program {
  readonly run: () => void;
  readonly times: number[];
  repetitions: number;
}

function matrix(
  rows: number,
  columns: number,
  layout: Layout,
): { data: Float32Array; row: number; column: number } {
  const data = Float32Array.from({ length: rows * columns }, (_, i) => ((i * 7919) % 1009) / 1009 - 0.5);
  return layout === "rows" ? { data, row: columns, column: 1 } : { data, row: 1, column: rows };
}

function programs([, m, k, n, aLayout, bLayout]: Shape): Program[] {
  const a = matrix(m, k, aLayout);
  const b = matrix(k, n, bLayout);
  const task: MatmulTask = {
    m,
    k,
    n,
    a: a.data,
    aOffset: 0,
    aRowStride: a.row,
    aColumnStride: a.column,
    b: b.data,
    bOffset: 0,
    bRowStride: b.row,
    bColumnStride: b.column,
    c: new Float32Array(m * n),
    cOffset: 0,
  };
  const wasm = (): void => {
    if (!matmulWasm(task, 1)) matmulPlainFloat32(task);
  };
  const runs = [() => matmulPlainFloat32(task), wasm, kernelAlone(task)];
  return runs.map((run) => ({ run, times: [], repetitions: 1 }));
}

/** The kernel on operands that are in its memory already. */
function kernelAlone(task: MatmulTask): () => void {
  const { m, k, n } = task;
  const aAt = PANEL_BYTES;
  const bAt = aAt + 4 * m * k;
  const cAt = bAt + 4 * k * n;
  const pages = Math.ceil((cAt + 4 * m * (n + 4) + 64) / 2 ** 16);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const floats = new Float32Array(memory.buffer);
  floats.set(task.a, aAt / 4);
  floats.set(task.b, bAt / 4);
  const module = new WebAssembly.Module(buildMatmulModule(pages).toBytes());
  const run = new WebAssembly.Instance(module, { env: { memory } }).exports.run as (
    ...args: number[]
  ) => void;
  const strides = [task.aRowStride, task.aColumnStride, task.bRowStride, task.bColumnStride].map(
    (s) => 4 * s,
  );
  const [aRow = 0, aColumn = 0, bRow = 0, bColumn = 0] = strides;
  return () => run(aAt, aRow, aColumn, bAt, bRow, bColumn, cAt, m, k, n, 0);
}

function measure(program: Program): void {
  const start = performance.now();
  for (let i = 0; i < program.repetitions; i++) program.run();
  program.times.push((performance.now() - start) / program.repetitions);
}

function warmUp(program: Program): void {
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < 5 * MEASURE_MS) {
    program.run();
    count++;
  }
  program.repetitions = Math.max(1, Math.round(count / 5));
}

function report(shape: Shape): void {
  const [name, m, k, n] = shape;
  const compared = programs(shape);
  for (const program of compared) warmUp(program);
  for (let round = 0; round < ROUNDS; round++) for (const program of compared) measure(program);
  const cells = compared.map(({ times }) => {
    const sorted = times.toSorted((x, y) => x - y);
    const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
    const rate = (2 * m * k * n) / at(0.5) / 1e6;
    const spread = (100 * (at(0.75) - at(0.25))) / at(0.5);
    return `${(1000 * at(0.5)).toFixed(at(0.5) < 0.1 ? 2 : 0)} µs, ${rate.toFixed(1)} (±${(spread / 2).toFixed(0)}%)`;
  });
  console.log(`| ${name} | ${m}×${k}×${n} | ${cells.join(" | ")} |`);
}

console.log(
  `Node ${process.version}, ${process.arch}; median of ${ROUNDS}, GFLOP/s, half the quartile spread\n`,
);
console.log("| | m×k×n | plain | wasm with copies | kernel alone |\n|---|---|---|---|---|");
for (const shape of process.argv.includes("--sweep") ? SWEEP : SHAPES) report(shape);
