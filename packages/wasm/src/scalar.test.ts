import { describe, expect, test } from "vitest";
import { type Argument, outcome, prepare, type Row, rowsOf } from "../test/run-instruction.ts";
import { F32, F64, f32, f64, I32, I64, i32, i64, MEMORY, memory } from "./scalar.ts";

type Reference = (...args: never[]) => number | bigint;

const TRAP = Symbol("trap");
const I32_VALUES = [
  0,
  1,
  -1,
  2,
  -2,
  7,
  31,
  32,
  33,
  127,
  128,
  255,
  32767,
  32768,
  0x12345678,
  2 ** 31 - 1,
  -(2 ** 31),
];
const I64_VALUES = [
  ...I32_VALUES.map(BigInt),
  63n,
  64n,
  2n ** 31n,
  2n ** 32n + 5n,
  2n ** 53n + 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
];
const FLOATS = [
  0,
  -0,
  0.5,
  -0.5,
  1,
  -1,
  1.5,
  2.5,
  -2.5,
  3.7,
  1e-45,
  1e-310,
  8388609,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 63,
];
const F64_VALUES = [
  ...FLOATS,
  2 ** 53,
  -(2 ** 63),
  2 ** 64,
  1e300,
  Number.MAX_VALUE,
  Infinity,
  -Infinity,
  Number.NaN,
];
const F32_VALUES = [...new Set(F64_VALUES.map(Math.fround))];
const VALUES = { i32: I32_VALUES, i64: I64_VALUES, f32: F32_VALUES, f64: F64_VALUES };

const u64 = (x: bigint): bigint => BigInt.asUintN(64, x);
const s64 = (x: bigint): bigint => BigInt.asIntN(64, x);
const rotate = (x: bigint, by: bigint, bits: number): bigint => {
  const shift = by & BigInt(bits - 1);
  return (x << shift) | (BigInt.asUintN(bits, x) >> (BigInt(bits) - shift));
};
const trap = (condition: boolean, value: () => bigint): bigint => {
  if (condition) throw TRAP;
  return value();
};
const bitsOf = (x: bigint, bits: number): string => BigInt.asUintN(bits, x).toString(2).padStart(bits, "0");

/** Integer instructions over bigints: signed in, wrapped to the width afterwards. */
function integers(bits: number): Record<string, (x: bigint, y: bigint) => bigint | boolean> {
  const u = (x: bigint): bigint => BigInt.asUintN(bits, x);
  const shift = (y: bigint): bigint => y & BigInt(bits - 1);
  return {
    eqz: (x) => x === 0n,
    clz: (x) => BigInt(/^0*/.exec(bitsOf(x, bits))?.[0].length ?? 0),
    ctz: (x) => BigInt(/0*$/.exec(bitsOf(x, bits))?.[0].length ?? 0),
    popcnt: (x) => BigInt(bitsOf(x, bits).replaceAll("0", "").length),
    extend8_s: (x) => BigInt.asIntN(8, x),
    extend16_s: (x) => BigInt.asIntN(16, x),
    extend32_s: (x) => BigInt.asIntN(32, x),
    eq: (x, y) => x === y,
    ne: (x, y) => x !== y,
    lt_s: (x, y) => x < y,
    lt_u: (x, y) => u(x) < u(y),
    gt_s: (x, y) => x > y,
    gt_u: (x, y) => u(x) > u(y),
    le_s: (x, y) => x <= y,
    le_u: (x, y) => u(x) <= u(y),
    ge_s: (x, y) => x >= y,
    ge_u: (x, y) => u(x) >= u(y),
    add: (x, y) => x + y,
    sub: (x, y) => x - y,
    mul: (x, y) => x * y,
    div_s: (x, y) => trap(y === 0n || (y === -1n && x === -(2n ** BigInt(bits - 1))), () => x / y),
    div_u: (x, y) => trap(y === 0n, () => u(x) / u(y)),
    rem_s: (x, y) => trap(y === 0n, () => x % y),
    rem_u: (x, y) => trap(y === 0n, () => u(x) % u(y)),
    and: (x, y) => x & y,
    or: (x, y) => x | y,
    xor: (x, y) => x ^ y,
    shl: (x, y) => x << shift(y),
    shr_s: (x, y) => x >> shift(y),
    shr_u: (x, y) => u(x) >> shift(y),
    rotl: (x, y) => rotate(x, y, bits),
    rotr: (x, y) => rotate(x, BigInt(bits) - shift(y), bits),
  };
}

/** To the nearest integer, ties to the even one. */
export function nearest(x: number): number {
  if (!Number.isFinite(x) || Math.abs(x) >= 2 ** 52) return x;
  const down = Math.floor(x);
  const rounded = x - down === 0.5 ? 2 * Math.round(down / 2) : Math.round(x);
  return rounded === 0 ? (Object.is(x, -0) || x < 0 ? -0 : 0) : rounded;
}

const sign = (x: number): boolean => x < 0 || Object.is(x, -0);
const FLOAT: Record<string, (x: number, y: number) => number | boolean> = {
  eq: (x, y) => x === y,
  ne: (x, y) => x !== y,
  lt: (x, y) => x < y,
  gt: (x, y) => x > y,
  le: (x, y) => x <= y,
  ge: (x, y) => x >= y,
  abs: Math.abs,
  neg: (x) => -x,
  ceil: Math.ceil,
  floor: Math.floor,
  trunc: Math.trunc,
  nearest,
  sqrt: Math.sqrt,
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  min: Math.min,
  max: Math.max,
  copysign: (x, y) => (sign(x) === sign(y) ? x : -x),
};

/** A truncation to an integer of so many bits that traps out of range, or saturates. */
function truncation(bits: number, signed: boolean, saturate: boolean): (x: number) => bigint {
  const [low, high] = signed
    ? [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n]
    : [0n, 2n ** BigInt(bits) - 1n];
  return (x) => {
    if (Number.isNaN(x)) return trap(!saturate, () => 0n);
    if (!Number.isFinite(x)) return trap(!saturate, () => (x < 0 ? low : high));
    const value = BigInt(Math.trunc(x));
    const clamped = value < low ? low : value > high ? high : value;
    return trap(!saturate && clamped !== value, () => clamped);
  };
}

function truncations(bits: number): Record<string, (x: number) => bigint> {
  const entries = ["trunc", "trunc_sat"].flatMap((kind) =>
    ["f32", "f64"].flatMap((type) =>
      ["s", "u"].map((s) => [`${kind}_${type}_${s}`, truncation(bits, s === "s", kind !== "trunc")] as const),
    ),
  );
  return Object.fromEntries(entries);
}

const view = new DataView(new ArrayBuffer(8));
const CONVERSIONS: Record<"i32" | "i64" | "f32" | "f64", Record<string, Reference>> = {
  i32: {
    wrap_i64: (x: bigint) => x,
    reinterpret_f32: (x: number) => {
      view.setFloat32(0, x);
      return view.getInt32(0);
    },
    ...truncations(32),
  },
  i64: {
    extend_i32_s: (x: number) => BigInt(x),
    extend_i32_u: (x: number) => BigInt(x >>> 0),
    reinterpret_f64: (x: number) => {
      view.setFloat64(0, x);
      return view.getBigInt64(0);
    },
    ...truncations(64),
  },
  f32: {
    convert_i32_s: (x: number) => x,
    convert_i32_u: (x: number) => x >>> 0,
    convert_i64_s: (x: bigint) => toFloat32(x),
    convert_i64_u: (x: bigint) => toFloat32(u64(x)),
    demote_f64: (x: number) => x,
    reinterpret_i32: (x: number) => {
      view.setInt32(0, x);
      return view.getFloat32(0);
    },
  },
  f64: {
    convert_i32_s: (x: number) => x,
    convert_i32_u: (x: number) => x >>> 0,
    convert_i64_s: (x: bigint) => Number(x),
    convert_i64_u: (x: bigint) => Number(u64(x)),
    promote_f32: (x: number) => x,
    reinterpret_i64: (x: bigint) => {
      view.setBigInt64(0, x);
      return view.getFloat64(0);
    },
  },
};

/** A bigint rounded once to float32: through float64 with its last bit made odd when something was cut off. */
function toFloat32(x: bigint): number {
  const magnitude = x < 0n ? -x : x;
  const cut = BigInt(Math.max(0, magnitude.toString(2).length - 40));
  const sticky = (magnitude >> cut) << cut === magnitude ? magnitude >> cut : (magnitude >> cut) | 1n;
  return Math.fround(Number(sticky) * 2 ** Number(cut)) * (x < 0n ? -1 : 1);
}

/** Brings a reference's answer to the form in which WebAssembly hands a value to JavaScript. */
function asResult(type: string, value: number | bigint | boolean): number | bigint {
  if (typeof value === "boolean") return Number(value);
  if (type === "i64") return s64(BigInt(value));
  if (type === "i32") return Number(BigInt.asIntN(32, BigInt(value)));
  return type === "f32" ? Math.fround(Number(value)) : Number(value);
}

function reference(type: "i32" | "i64" | "f32" | "f64", { name }: Row): Reference | undefined {
  const conversion = CONVERSIONS[type][name];
  if (conversion) return conversion;
  const bits = type === "i32" ? 32 : 64;
  const integer = type === "i32" || type === "i64" ? integers(bits)[name] : undefined;
  if (integer)
    return ((...args: Argument[]) =>
      integer(...(args.map((x) => BigInt(x as number)) as [bigint, bigint]))) as Reference;
  return FLOAT[name] as Reference | undefined;
}

const FAMILIES = { i32: [I32, i32], i64: [I64, i64], f32: [F32, f32], f64: [F64, f64] } as const;

describe.each(["i32", "i64", "f32", "f64"] as const)("%s against JavaScript's arithmetic", (type) => {
  const [table, family] = FAMILIES[type];
  const computing = rowsOf(table).filter(({ immediates }) => immediates.length === 0 || immediates[0] === "");
  test.each(computing.map((row) => [row.name, row] as const))("%s", (_name, row) => {
    const prepared = prepare(family, row);
    const expected = reference(type, row);
    expect(expected, "a reference for each instruction").toBeDefined();
    const [first, second] = row.takes.map((taken) => VALUES[taken as keyof typeof VALUES]);
    const pairs = (first ?? []).flatMap((x) => (second ?? [0]).map((y) => [x, y] as const));
    for (const [x, y] of pairs) {
      const args = second ? [x, y] : [x];
      const wanted = attempt(() => asResult(row.gives, expected?.(...(args as never[])) ?? Number.NaN));
      expect(outcome(prepared, ...args), `${row.name}(${args.join(", ")})`).toBe(wanted);
    }
  });
});

function attempt(compute: () => number | bigint): number | bigint | "trap" {
  try {
    return compute();
  } catch (error) {
    if (error === TRAP) return "trap";
    throw error;
  }
}

describe("loads and stores", () => {
  const at = 512;
  const widths: Record<string, number> = { load: 0, load8: 1, load16: 2, load32: 4 };
  const all = Object.values(FAMILIES).flatMap(([table, family], index) => {
    const type = Object.keys(FAMILIES)[index] ?? "";
    return rowsOf(table).map((row) => ({ type, family, row }));
  });
  const loads = all.filter(({ row }) => row.name.startsWith("load"));
  const stores = all.filter(({ row }) => row.name.startsWith("store"));

  test.each(loads.map((entry) => [`${entry.type}.${entry.row.name}`, entry] as const))(
    "%s",
    (_name, { type, family, row }) => {
      const { call, memory: bytes } = prepare(family, row, [3]);
      bytes.set([0xf1, 0x82, 0x93, 0xc4, 0xd5, 0xe6, 0xf7, 0xc0], at + 3);
      const data = new DataView(bytes.buffer, at + 3);
      const [kind = "", s] = row.name.split("_");
      const full = type === "i32" || type === "f32" ? 4 : 8;
      const size = widths[kind] || full;
      if (type.startsWith("f"))
        expect(call(at)).toBe(full === 4 ? data.getFloat32(0, true) : data.getFloat64(0, true));
      else {
        const raw = BigInt.asUintN(8 * size, data.getBigUint64(0, true));
        const value = s === "u" ? raw : BigInt.asIntN(8 * size, raw);
        expect(call(at)).toBe(asResult(type, value));
      }
    },
  );

  test.each(stores.map((entry) => [`${entry.type}.${entry.row.name}`, entry] as const))(
    "%s",
    (_name, { type, family, row }) => {
      const { call, memory: bytes } = prepare(family, row, [1]);
      bytes.fill(0xaa, at, at + 16);
      const value = type === "i64" ? -0x0123456789abcdefn : type === "i32" ? -0x01234567 : -1.25;
      call(at, value);
      const full = type === "i32" || type === "f32" ? 4 : 8;
      const size = Number(row.name.replace("store", "")) / 8 || full;
      const expected = new DataView(new Uint8Array(16).fill(0xaa).buffer);
      if (type === "f32") expected.setFloat32(1, -1.25, true);
      else if (type === "f64") expected.setFloat64(1, -1.25, true);
      else {
        const bits = BigInt.asUintN(8 * size, BigInt(value));
        for (let i = 0; i < size; i++) expected.setUint8(1 + i, Number((bits >> BigInt(8 * i)) & 0xffn));
      }
      expect([...bytes.slice(at, at + 16)]).toEqual([...new Uint8Array(expected.buffer)]);
    },
  );

  test("an access past the end of the memory traps", () => {
    const load = rowsOf(I32).find(({ name }) => name === "load");
    expect(load && outcome(prepare(i32, load), 65536 - 3)).toBe("trap");
    expect(load && outcome(prepare(i32, load), 65536 - 4)).toBe(0);
  });
});

describe("memory", () => {
  const row = (name: string): Row => rowsOf(MEMORY).find((entry) => entry.name === name) as Row;

  test("size and grow", () => {
    expect(prepare(memory, row("size")).call()).toBe(1);
    expect(prepare(memory, row("grow")).call(0)).toBe(1);
    expect(prepare(memory, row("grow")).call(1), "beyond the maximum").toBe(-1);
  });

  test("copy, also between ranges that overlap, and fill", () => {
    const copy = prepare(memory, row("copy"));
    copy.memory.set([1, 2, 3, 4, 5], 300);
    copy.call(302, 300, 5);
    expect([...copy.memory.slice(300, 308)]).toEqual([1, 2, 1, 2, 3, 4, 5, 0]);
    const fill = prepare(memory, row("fill"));
    fill.call(301, 0x1ff, 3);
    expect([...fill.memory.slice(300, 305)]).toEqual([0, 255, 255, 255, 0]);
    expect(outcome(fill, 65535, 1, 2)).toBe("trap");
  });
});
