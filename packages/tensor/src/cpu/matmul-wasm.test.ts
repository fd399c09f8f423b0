import { supportsSimd } from "@adjoint/wasm";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { matmulPlainFloat32, matmulPlainFloat64, matmulPlainInt32 } from "./matmul-plain.ts";
import { ACCUMULATION_BLOCK, type MatmulTask } from "./matmul-task.ts";
import { matmulWasm } from "./matmul-wasm.ts";

type Data = Float32Array | Float64Array | Int32Array;
type Layout = "rows" | "columns" | "sparseRows" | "reversedRows" | "reversedColumns" | "any";

/** One matrix in an array: where element (row, column) lies. */
interface Placed {
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
  readonly length: number;
}

interface Case {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly aLayout: Layout;
  readonly bLayout: Layout;
  readonly strides: readonly [number, number];
  readonly gap: number;
  readonly seed: number;
  readonly special: number;
}

const LAYOUTS: readonly Layout[] = [
  "rows",
  "columns",
  "sparseRows",
  "reversedRows",
  "reversedColumns",
  "any",
];
const SPECIALS = [-0, 0, Number.NaN, Infinity, -Infinity, 1e-45, -1e-42, 3.4e38, -3.4e38, 1e-30];

const size = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most });
const cases = (m: number, k: number, n: number): fc.Arbitrary<Case> =>
  fc.record({
    m: size(m),
    k: size(k),
    n: size(n),
    aLayout: fc.constantFrom(...LAYOUTS),
    bLayout: fc.constantFrom(...LAYOUTS),
    strides: fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -3, max: 3 })),
    gap: fc.integer({ min: 0, max: 5 }),
    seed: fc.integer(),
    special: fc.constantFrom(0, 0, 0.05),
  });

function place(rows: number, columns: number, layout: Layout, { strides, gap }: Case): Placed {
  const [rowStride, columnStride] = {
    rows: [columns, 1],
    columns: [1, rows],
    sparseRows: [columns + gap, 1],
    reversedRows: [-columns, 1],
    reversedColumns: [1, -(rows + gap)],
    any: strides,
  }[layout] as [number, number];
  const ends = [rowStride * Math.max(0, rows - 1), columnStride * Math.max(0, columns - 1)];
  const lowest = ends.reduce((sum, end) => sum + Math.min(0, end), 0);
  const highest = ends.reduce((sum, end) => sum + Math.max(0, end), 0);
  return { offset: gap - lowest, rowStride, columnStride, length: gap - lowest + highest + 1 };
}

/** A small generator of our own (mulberry32): fast-check's values would be slow by the thousand. */
function numbers(seed: number, special: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => (uniform() < special ? SPECIALS[Math.floor(uniform() * SPECIALS.length)]! : uniform() * 4 - 2);
}

function makeTask<D extends Data>(make: (length: number) => D, given: Case, scale = 1): MatmulTask<D> {
  const { m, k, n, seed, special, gap } = given;
  const next = numbers(seed, special);
  const [a, b] = [place(m, k, given.aLayout, given), place(k, n, given.bLayout, given)];
  const fill = (length: number): D => {
    const data = make(length);
    for (let i = 0; i < length; i++) data[i] = next() * scale;
    return data;
  };
  return {
    m,
    k,
    n,
    a: fill(a.length),
    aOffset: a.offset,
    aRowStride: a.rowStride,
    aColumnStride: a.columnStride,
    b: fill(b.length),
    bOffset: b.offset,
    bRowStride: b.rowStride,
    bColumnStride: b.columnStride,
    c: fill(m * n + 2 * gap),
    cOffset: gap,
  };
}

/** The definition of the order of additions, with the type's own product and sum. */
function naive<D extends Data>(
  task: MatmulTask<D>,
  multiply: (x: number, y: number) => number,
  add: (x: number, y: number) => number,
): D {
  const c = task.c.slice() as D;
  for (let i = 0; i < task.m; i++) {
    for (let j = 0; j < task.n; j++) {
      let total = 0;
      for (let start = 0; start < task.k; start += ACCUMULATION_BLOCK) {
        let sum = 0;
        for (let p = start; p < Math.min(task.k, start + ACCUMULATION_BLOCK); p++) {
          const x = task.a[task.aOffset + i * task.aRowStride + p * task.aColumnStride]!;
          const y = task.b[task.bOffset + p * task.bRowStride + j * task.bColumnStride]!;
          sum = add(sum, multiply(x, y));
        }
        total = start === 0 ? sum : add(total, sum);
      }
      c[task.cOffset + i * task.n + j] = total;
    }
  }
  return c;
}

const naiveFloat32 = (task: MatmulTask): Float32Array =>
  naive(
    task,
    (x, y) => Math.fround(x * y),
    (x, y) => Math.fround(x + y),
  );

/** The first index where two arrays differ in a bit (all NaNs count as one), or -1. */
function firstDifference(actual: Data, expected: Data): number {
  return actual.findIndex((value, i) => !Object.is(value, expected[i]));
}

function expectSameBits(actual: Data, expected: Data): void {
  const index = firstDifference(actual, expected);
  const gap = index < 0 ? "none" : `at ${index}: actual ${actual[index]}, expected ${expected[index]}`;
  expect(gap).toBe("none");
}

const LARGE: Omit<Case, "m" | "k" | "n"> = {
  aLayout: "rows",
  bLayout: "rows",
  strides: [0, 0],
  gap: 2,
  seed: 7,
  special: 0,
};

describe("matmulPlain against a naive loop", () => {
  test("float32, any shape and strides, to the last bit", () => {
    fc.assert(
      fc.property(cases(12, 40, 12), (given) => {
        const task = makeTask((length) => new Float32Array(length), given);
        const expected = naiveFloat32(task);
        matmulPlainFloat32(task);
        expectSameBits(task.c, expected);
      }),
    );
  });

  test("float64 and int32, any shape and strides, to the last bit", () => {
    fc.assert(
      fc.property(cases(12, 40, 12), (given) => {
        const float64 = makeTask((length) => new Float64Array(length), given);
        const expected = naive(
          float64,
          (x, y) => x * y,
          (x, y) => x + y,
        );
        matmulPlainFloat64(float64);
        expectSameBits(float64.c, expected);
        const int32 = makeTask((length) => new Int32Array(length), given, 2 ** 29);
        const wrapped = naive(int32, Math.imul, (x, y) => (x + y) | 0);
        matmulPlainInt32(int32);
        expectSameBits(int32.c, wrapped);
      }),
    );
  });
});

// An engine without SIMD has nothing to compare; every engine that the tests run on has it.
describe("matmulWasm against plain TypeScript", () => {
  test("this engine has SIMD", () => {
    expect(supportsSimd()).toBe(true);
  });

  test("any shape, strides, offsets and special values, to the last bit", () => {
    fc.assert(
      fc.property(cases(40, 40, 40), (given) => {
        const task = makeTask((length) => new Float32Array(length), given);
        const expected = naiveFloat32(task);
        expect(matmulWasm(task, 1)).toBe(task.m * task.k * task.n > 0);
        if (task.m * task.k * task.n > 0) expectSameBits(task.c, expected);
      }),
      { numRuns: 300 },
    );
  });

  test("several accumulation blocks and row blocks", () => {
    fc.assert(
      fc.property(cases(300, 900, 20), (given) => {
        const task = makeTask((length) => new Float32Array(length), given);
        const plain = { ...task, c: task.c.slice() };
        if (!matmulWasm(task, 1)) return;
        matmulPlainFloat32(plain);
        expectSameBits(task.c, plain.c);
      }),
      { numRuns: 15 },
    );
  });

  // Each shape makes the host cut along another axis: rows, columns, the sum (in whole blocks), all of them.
  test.each([
    [2100, 5, 3],
    [3, 5, 2100],
    [5, 40000, 7],
    [1030, 20, 1027],
    [9, 2 ** 10 + 1, 1100],
  ])("products that go through in pieces: %i×%i×%i", (m, k, n) => {
    for (const [aLayout, bLayout] of [
      ["rows", "columns"],
      ["columns", "rows"],
    ] as const) {
      const task = makeTask((length) => new Float32Array(length), { ...LARGE, m, k, n, aLayout, bLayout });
      const plain = { ...task, c: task.c.slice() };
      expect(matmulWasm(task)).toBe(true);
      matmulPlainFloat32(plain);
      expectSameBits(task.c, plain.c);
    }
  });

  test("where WebAssembly is missing the caller is told, and nothing is written", async () => {
    const task = makeTask((length) => new Float32Array(length), { ...LARGE, m: 20, k: 20, n: 20 });
    const before = task.c.slice();
    const { WebAssembly: present } = globalThis;
    vi.resetModules();
    try {
      Reflect.deleteProperty(globalThis, "WebAssembly");
      const fresh = await import("./matmul-wasm.ts");
      expect(fresh.matmulWasm(task)).toBe(false);
      expect(fresh.matmulWasm(task)).toBe(false);
    } finally {
      Object.defineProperty(globalThis, "WebAssembly", {
        value: present,
        configurable: true,
        writable: true,
      });
    }
    expectSameBits(task.c, before);
  });

  test("a product too small to pay is left to the caller", () => {
    const task = makeTask((length) => new Float32Array(length), { ...LARGE, m: 2, k: 2, n: 2 });
    const before = task.c.slice();
    expect(matmulWasm(task)).toBe(false);
    expectSameBits(task.c, before);
  });
});
