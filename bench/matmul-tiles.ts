// Times the shapes that the matrix product's inner loop could have: rows × vectors of four columns held in registers, and how many
// steps along k a turn of the loop takes. Each tile passes over 64 rows of A (row-major, 784 wide) and a packed panel of B, 256 deep.
// The shapes alternate in one run. Run: npx tsx bench/matmul-tiles.ts, or bundle it with esbuild for another Node.
import { f32x4, i32, type Local, ModuleBuilder, supportsRelaxedSimd, v128 } from "@adjoint/wasm";

interface Shape {
  readonly rows: number;
  readonly vectors: number;
  readonly unroll: number;
  readonly fused: boolean;
}

const DEPTH = 256;
const A_ROW = 4 * 784;
const ROWS = 64;
const PANEL_AT = ROWS * A_ROW;
const C_AT = PANEL_AT + DEPTH * 64;
const ROUNDS = 25;
const MEASURE_MS = 8;

/** `run(rows)`: tiles of C = A · panel, as many as fit into the rows. */
function build({ rows, vectors, unroll, fused }: Shape): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder();
  module.setMemory({ initial: 8 });
  const tile = module.func("run", { count: "i32" }, "void", (f, { count }) => {
    const repeat = (make: () => Local<"v128">, times: number): Local<"v128">[] =>
      Array.from({ length: times }, make);
    const sums = Array.from({ length: rows }, () => repeat(() => f.local("v128", "sum"), vectors));
    const columns = repeat(() => f.local("v128", "b"), vectors);
    const pointers = Array.from({ length: rows }, () => f.local("i32", "a"));
    const [x, panel, row, zero] = [
      f.local("v128", "x"),
      f.local("i32", "panel"),
      f.local("i32", "row"),
      f.local("v128"),
    ];
    f.for(row, 0, count, rows, () => {
      for (const [r, pointer] of pointers.entries()) f.set(pointer, i32.mul(i32.add(row, r), A_ROW));
      for (const sum of sums.flat()) f.set(sum, zero);
      f.for(panel, 0, DEPTH * vectors * 16, unroll * vectors * 16, () => {
        for (let u = 0; u < unroll; u++) {
          for (const [v, column] of columns.entries()) {
            f.set(column, v128.load(panel, PANEL_AT + 16 * (u * vectors + v)));
          }
          sums.forEach((line, r) => {
            f.set(x, v128.load32_splat(pointers[r] as Local<"i32">, 4 * u));
            line.forEach((sum, v) => {
              const column = columns[v] as Local<"v128">;
              f.set(sum, fused ? f32x4.relaxed_madd(x, column, sum) : f32x4.add(sum, f32x4.mul(x, column)));
            });
          });
        }
        for (const pointer of pointers) f.set(pointer, i32.add(pointer, 4 * unroll));
      });
      for (const [i, sum] of sums.flat().entries()) {
        f.run(v128.store(i32.mul(row, vectors * 16), sum, C_AT + 16 * i));
      }
    });
  });
  module.export("run", tile);
  return module.toBytes();
}

const SHAPES: readonly (readonly [rows: number, vectors: number])[] = [
  [4, 2],
  [5, 2],
  [6, 2],
  [8, 1],
  [2, 3],
  [3, 3],
  [4, 3],
  [2, 4],
  [3, 4],
];

function measure(): void {
  const variants = SHAPES.flatMap(([rows, vectors]) =>
    [1, 2, 4].flatMap((unroll) => [false, true].map((fused): Shape => ({ rows, vectors, unroll, fused }))),
  ).filter(({ fused, unroll }) => !fused || (supportsRelaxedSimd() && unroll === 1));
  const timed = variants.map((shape) => {
    const { run } = new WebAssembly.Instance(new WebAssembly.Module(build(shape))).exports;
    const tiles = Math.floor(ROWS / shape.rows) * shape.rows;
    const flop = 2 * tiles * DEPTH * shape.vectors * 4;
    return {
      shape,
      flop,
      run: () => (run as (rows: number) => void)(tiles),
      rates: [] as number[],
      repetitions: 1,
    };
  });
  for (const program of timed) {
    let count = 0;
    for (const start = performance.now(); performance.now() - start < 10 * MEASURE_MS; count++) program.run();
    program.repetitions = Math.ceil(count / 10);
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const { run, flop, rates, repetitions } of timed) {
      const start = performance.now();
      for (let i = 0; i < repetitions; i++) run();
      rates.push((flop * repetitions) / (performance.now() - start) / 1e6);
    }
  }
  console.log(`Node ${process.version}, GFLOP/s: median (best) of ${ROUNDS}\n`);
  console.log("| rows × vectors | one step a turn | two | four | one, relaxed madd |\n|---|---|---|---|---|");
  for (const [rows, vectors] of SHAPES) {
    const own = timed.filter(({ shape }) => shape.rows === rows && shape.vectors === vectors);
    const cell = (unroll: number, fused: boolean): string => {
      const rates = own
        .find(({ shape }) => shape.unroll === unroll && shape.fused === fused)
        ?.rates.toSorted((x, y) => x - y);
      return rates ? `${rates[ROUNDS >> 1]?.toFixed(1)} (${rates.at(-1)?.toFixed(1)})` : "–";
    };
    console.log(
      `| ${rows}×${vectors} | ${cell(1, false)} | ${cell(2, false)} | ${cell(4, false)} | ${cell(1, true)} |`,
    );
  }
}

measure();
