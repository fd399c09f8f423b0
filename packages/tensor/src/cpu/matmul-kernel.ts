/**
 * The float32 matrix product as a WebAssembly program. Columns of B are packed eight at a time, 256 rows deep, into a panel of
 * 8 KiB which stays in the first-level cache while the rows of A pass over it in tiles of 4 rows × 2 vectors: eight sums,
 * two vectors of B and four splats of A fill the sixteen vector registers of x86-64 without spilling. V8 of Node 20 moves all loads
 * of a loop's turn to its top, so that unrolling the loop over k, or a bigger tile, spills and costs a quarter: docs/decisions/0004.
 */
import {
  call,
  type Expression,
  type FunctionHandle,
  f32x4,
  i8x16,
  i32,
  type Local,
  ModuleBuilder,
  select,
  v128,
} from "@adjoint/wasm";
import { ACCUMULATION_BLOCK } from "./matmul-task.ts";

/** Columns of a panel: two vectors of four. */
const PANEL_COLUMNS = 8;
const PANEL_ROW_BYTES = 4 * PANEL_COLUMNS;
/** Rows of A that pass over one panel before the next is packed: a block of 256 × 256 fits the second-level cache. */
const ROW_BLOCK = 256;
/** The bytes at the start of the memory that hold the panel. */
export const PANEL_BYTES: number = ACCUMULATION_BLOCK * PANEL_ROW_BYTES;
/** How far behind an operand's end the program may read: the rest of a vector of columns and one of rows. What it reads is not used. */
export const SLACK_BYTES: number = PANEL_ROW_BYTES;

/**
 * How a tile walks A. `rows`: each row contiguous, one pointer a row. `columns`: each column contiguous (Aᵀ of a row-major matrix), so
 * that one pointer serves all rows.
 */
type Walk = "rows" | "columns";

const PASS_PARAMETERS = { a: "i32", depth: "i32", c: "i32", cRow: "i32", add: "i32" } as const;
const TILE_PARAMETERS = { ...PASS_PARAMETERS, aStep: "i32" } as const;
const SWEEP_PARAMETERS = { ...PASS_PARAMETERS, aRow: "i32", aColumn: "i32", rows: "i32" } as const;
type Tile = FunctionHandle<typeof TILE_PARAMETERS, "void">;

/** C[rows, 4·vectors] = (add ? C : 0) + A[rows, depth] · panel[depth, 4·vectors]; `aStep` is the other stride of A, in bytes. */
function addTile(module: ModuleBuilder, rows: number, vectors: number, walk: Walk): Tile {
  return module.func(`tile_${rows}x${vectors}_${walk}`, TILE_PARAMETERS, "void", (f, p) => {
    const row = (): Local<"v128">[] => Array.from({ length: vectors }, () => f.local("v128", "sum"));
    const sums = Array.from({ length: rows }, row);
    const columns = Array.from({ length: vectors }, () => f.local("v128", "b"));
    const x = f.local("v128", "x");
    const panel = f.local("i32", "panel");
    const end = f.local("i32", "end");
    const pointers = [p.a];
    for (let r = 1; r < rows && walk === "rows"; r++) {
      const pointer = f.local("i32", "a");
      f.set(pointer, i32.add(pointers[r - 1]!, p.aStep));
      pointers.push(pointer);
    }
    f.set(end, i32.mul(p.depth, PANEL_ROW_BYTES));
    f.loop((again) => {
      for (const [v, column] of columns.entries()) f.set(column, v128.load(panel, 16 * v));
      sums.forEach((row, r) => {
        f.set(x, walk === "rows" ? v128.load32_splat(pointers[r]!) : v128.load32_splat(p.a, 4 * r));
        // A product and a sum of their own, never a fused one: every machine gives the same bits.
        for (const [v, sum] of row.entries()) f.set(sum, f32x4.add(sum, f32x4.mul(x, columns[v]!)));
      });
      for (const pointer of pointers) f.set(pointer, i32.add(pointer, walk === "rows" ? 4 : p.aStep));
      f.set(panel, i32.add(panel, PANEL_ROW_BYTES));
      f.branchIf(again, i32.ne(panel, end));
    });
    for (const row of sums) {
      f.if(p.add, () => {
        for (const [v, sum] of row.entries()) f.set(sum, f32x4.add(v128.load(p.c, 16 * v), sum));
      });
      for (const [v, sum] of row.entries()) f.run(v128.store(p.c, sum, 16 * v));
      f.set(p.c, i32.add(p.c, p.cRow));
    }
  });
}

/** Passes all rows of A over the panel: four at a time, then two, then one. */
function addSweep(module: ModuleBuilder, vectors: number) {
  const heights = [4, 2, 1];
  const tiles = (walk: Walk): Tile[] => heights.map((rows) => addTile(module, rows, vectors, walk));
  const [byRows, byColumns] = [tiles("rows"), tiles("columns")];
  return module.func(`sweep_${vectors}`, SWEEP_PARAMETERS, "void", (f, p) => {
    const pass = (some: readonly Tile[], aStep: Expression<"i32">): void => {
      heights.forEach((height, index) => {
        const { a, depth, c, cRow, add } = p;
        f.while(i32.ge_s(p.rows, height), () => {
          f.run(call(some[index]!, { a, aStep, depth, c, cRow, add }));
          f.set(a, i32.add(a, i32.mul(p.aRow, height)));
          f.set(c, i32.add(c, i32.mul(cRow, height)));
          f.set(p.rows, i32.sub(p.rows, height));
        });
      });
    };
    f.if(
      i32.eq(p.aColumn, 4),
      () => pass(byRows, p.aRow),
      () => pass(byColumns, p.aColumn),
    );
  });
}

const PACK_PARAMETERS = { b: "i32", step: "i32", depth: "i32", columns: "i32" } as const;

/** Packs a panel from row-major B; `step` is the row stride in bytes. Whole vectors: what lies past the last column is not used. */
function addPackRows(module: ModuleBuilder) {
  return module.func("pack_rows", PACK_PARAMETERS, "void", (f, { b, step, depth }) => {
    const panel = f.local("i32", "panel");
    const end = f.local("i32", "end");
    f.set(end, i32.mul(depth, PANEL_ROW_BYTES));
    f.while(i32.ne(panel, end), () => {
      f.run(v128.store(panel, v128.load(b)), v128.store(panel, v128.load(b, 16), 16));
      f.set(b, i32.add(b, step));
      f.set(panel, i32.add(panel, PANEL_ROW_BYTES));
    });
  });
}

/**
 * Packs a panel from B with contiguous columns (x·Wᵀ with W row-major): 4 × 4 blocks are transposed by shuffles. `step` is the column
 * stride in bytes. Columns past the last repeat it, rows past the last hold what follows in memory; neither is used.
 */
function addPackColumns(module: ModuleBuilder) {
  return module.func("pack_columns", PACK_PARAMETERS, "void", (f, { b, step, depth, columns }) => {
    const column = f.local("i32", "column");
    const row = f.local("i32", "row");
    const panel = f.local("i32", "panel");
    const four = [0, 1, 2, 3];
    const pointers = four.map(() => f.local("i32", "b"));
    const loaded = four.map(() => f.local("v128", "loaded"));
    const pairs = four.map(() => f.local("v128", "pair"));
    f.for(column, 0, PANEL_COLUMNS, 4, () => {
      pointers.forEach((pointer, i) => {
        const index = i32.add(column, i);
        const clamped = select(i32.lt_s(index, columns), index, i32.sub(columns, 1));
        f.set(pointer, i32.add(b, i32.mul(clamped, step)));
      });
      f.set(panel, i32.shl(column, 2));
      f.for(row, 0, depth, 4, () => {
        loaded.forEach((vector, i) => {
          f.set(vector, v128.load(pointers[i]!));
          f.set(pointers[i]!, i32.add(pointers[i]!, 16));
        });
        pairs.forEach((pair, i) => {
          const left = loaded[i & 2]!;
          const right = loaded[(i & 2) + 1]!;
          f.set(pair, pick(left, right, i & 1 ? [2, 6, 3, 7] : [0, 4, 1, 5]));
        });
        four.forEach((i) => {
          const [left, right] = [pairs[i >> 1]!, pairs[(i >> 1) + 2]!];
          const quad = pick(left, right, i & 1 ? [2, 3, 6, 7] : [0, 1, 4, 5]);
          f.run(v128.store(panel, quad, PANEL_ROW_BYTES * i));
        });
        f.set(panel, i32.add(panel, 4 * PANEL_ROW_BYTES));
      });
    });
  });
}

/** Picks 32-bit lanes: 0 to 3 are the first vector's, 4 to 7 the second's. */
function pick(a: Expression<"v128">, b: Expression<"v128">, lanes: readonly number[]): Expression<"v128"> {
  const bytes = lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]);
  return i8x16.shuffle(a, b, bytes);
}

const RUN_PARAMETERS = {
  a: "i32",
  aRow: "i32",
  aColumn: "i32",
  b: "i32",
  bRow: "i32",
  bColumn: "i32",
  c: "i32",
  m: "i32",
  k: "i32",
  n: "i32",
  add: "i32",
} as const;

/** The whole product, `C = A·B` or with `add` `C += A·B`, over addresses and strides in bytes; C's rows are n rounded up to whole vectors. */
function addRun(module: ModuleBuilder) {
  const [narrow, wide] = [addSweep(module, 1), addSweep(module, 2)];
  const packRows = addPackRows(module);
  const packColumns = addPackColumns(module);
  return module.func("run", RUN_PARAMETERS, "void", (f, p) => {
    const [row, step, column] = [f.local("i32", "row"), f.local("i32", "step"), f.local("i32", "column")];
    const [rows, depth, columns] = [
      f.local("i32", "rows"),
      f.local("i32", "depth"),
      f.local("i32", "columns"),
    ];
    const cRow = f.local("i32", "cRow");
    f.set(cRow, i32.and(i32.add(i32.shl(p.n, 2), 15), -16));
    const panel = (): void => {
      const b = i32.add(p.b, i32.add(i32.mul(step, p.bRow), i32.mul(column, p.bColumn)));
      f.if(
        i32.eq(p.bColumn, 4),
        () => f.run(call(packRows, { b, step: p.bRow, depth, columns })),
        () => f.run(call(packColumns, { b, step: p.bColumn, depth, columns })),
      );
      const a = i32.add(p.a, i32.add(i32.mul(row, p.aRow), i32.mul(step, p.aColumn)));
      const c = i32.add(p.c, i32.add(i32.mul(row, cRow), i32.shl(column, 2)));
      const add = i32.or(p.add, step);
      const { aRow, aColumn } = p;
      const args = { a, aRow, aColumn, depth, c, cRow, add, rows };
      f.if(
        i32.gt_s(columns, PANEL_COLUMNS / 2),
        () => f.run(call(wide, args)),
        () => f.run(call(narrow, args)),
      );
    };
    f.for(row, 0, p.m, ROW_BLOCK, () => {
      f.set(rows, least(i32.sub(p.m, row), ROW_BLOCK));
      f.for(step, 0, p.k, ACCUMULATION_BLOCK, () => {
        f.set(depth, least(i32.sub(p.k, step), ACCUMULATION_BLOCK));
        f.for(column, 0, p.n, PANEL_COLUMNS, () => {
          f.set(columns, i32.sub(p.n, column));
          panel();
        });
      });
    });
  });
}

/** The smaller of the two. */
function least(value: Expression<"i32">, limit: number): Expression<"i32"> {
  return select(i32.lt_s(value, limit), value, limit);
}

/**
 * Closes the gaps that padding left between C's rows. Whole vectors are moved upwards in order: what one writes past its row's end
 * the next row overwrites, and no row is reached before it was read.
 */
function addCompact(module: ModuleBuilder) {
  return module.func("compact", { c: "i32", m: "i32", n: "i32" }, "void", (f, { c, m, n }) => {
    const [row, column] = [f.local("i32", "row"), f.local("i32", "column")];
    const [from, to, bytes] = [f.local("i32", "from"), f.local("i32", "to"), f.local("i32", "bytes")];
    f.set(bytes, i32.shl(n, 2));
    f.for(row, 1, m, 1, () => {
      f.set(from, i32.add(c, i32.mul(row, i32.and(i32.add(bytes, 15), -16))));
      f.set(to, i32.add(c, i32.mul(row, bytes)));
      f.for(column, 0, bytes, 16, () => {
        f.run(v128.store(i32.add(to, column), v128.load(i32.add(from, column))));
      });
    });
  });
}

/**
 * Puts the program together. It imports `env.memory` and exports `run` and `compact`; the first {@link PANEL_BYTES} are its own.
 * @param maximumPages the memory's maximum, in pages of 64 KiB
 */
export function buildMatmulModule(maximumPages: number): ModuleBuilder {
  const module = new ModuleBuilder();
  module.setMemory({ initial: 1, maximum: maximumPages, source: ["env", "memory"] });
  module.export("run", addRun(module));
  module.export("compact", addCompact(module));
  return module;
}
