import { describe, expect, test } from "vitest";
import { outcome, prepare, type Row, rowsOf } from "../test/run-instruction.ts";
import { ATOMIC, atomic, I32_ATOMIC, I64_ATOMIC, i32Atomic, i64Atomic } from "./atomics.ts";

const AT = 512;
const find = (table: Parameters<typeof rowsOf>[0], name: string): Row =>
  rowsOf(table).find((entry) => entry.name === name) as Row;
const words = (memory: Uint8Array): Int32Array => new Int32Array(memory.buffer);

describe("i32.atomic", () => {
  test.each([
    ["load", 0x87654321],
    ["load16_u", 0x4321],
    ["load8_u", 0x21],
  ] as const)("%s", (name, expected) => {
    const { call, memory } = prepare(i32Atomic, find(I32_ATOMIC, name), [8], true);
    words(memory)[AT / 4 + 2] = 0x87654321;
    expect(call(AT)).toBe(expected | 0);
  });

  test.each([
    ["store", -2],
    ["store16", 0xfffe],
    ["store8", 0xfe],
  ] as const)("%s", (name, expected) => {
    const { call, memory } = prepare(i32Atomic, find(I32_ATOMIC, name), [4], true);
    call(AT, -2);
    expect(words(memory)[AT / 4 + 1]).toBe(expected);
  });

  test.each([
    ["rmw_add", 17],
    ["rmw_sub", 7],
    ["rmw_and", 4],
    ["rmw_or", 13],
    ["rmw_xor", 9],
    ["rmw_xchg", 5],
  ] as const)("%s gives the value before and writes the new one", (name, after) => {
    const { call, memory } = prepare(i32Atomic, find(I32_ATOMIC, name), [], true);
    words(memory)[AT / 4] = 12;
    expect(call(AT, 5)).toBe(12);
    expect(words(memory)[AT / 4]).toBe(after);
  });

  test("rmw_cmpxchg writes only where it finds what it expects", () => {
    const { call, memory } = prepare(i32Atomic, find(I32_ATOMIC, "rmw_cmpxchg"), [], true);
    words(memory)[AT / 4] = 12;
    expect(call(AT, 11, 1)).toBe(12);
    expect(words(memory)[AT / 4]).toBe(12);
    expect(call(AT, 12, 1)).toBe(12);
    expect(words(memory)[AT / 4]).toBe(1);
  });

  test("an address that is not aligned traps", () => {
    expect(outcome(prepare(i32Atomic, find(I32_ATOMIC, "load"), [], true), AT + 2)).toBe("trap");
  });
});

describe("i64.atomic", () => {
  test("load and store", () => {
    const store = prepare(i64Atomic, find(I64_ATOMIC, "store"), [], true);
    store.call(AT, -3n);
    expect(new BigInt64Array(store.memory.buffer)[AT / 8]).toBe(-3n);
    const load = prepare(i64Atomic, find(I64_ATOMIC, "load"), [], true);
    new BigInt64Array(load.memory.buffer)[AT / 8] = 2n ** 40n;
    expect(load.call(AT)).toBe(2n ** 40n);
  });

  test.each([
    ["rmw_add", 17n],
    ["rmw_sub", 7n],
    ["rmw_and", 4n],
    ["rmw_or", 13n],
    ["rmw_xor", 9n],
    ["rmw_xchg", 5n],
  ] as const)("%s", (name, after) => {
    const { call, memory } = prepare(i64Atomic, find(I64_ATOMIC, name), [], true);
    new BigInt64Array(memory.buffer)[AT / 8] = 12n;
    expect(call(AT, 5n)).toBe(12n);
    expect(new BigInt64Array(memory.buffer)[AT / 8]).toBe(after);
  });

  test("rmw_cmpxchg", () => {
    const { call, memory } = prepare(i64Atomic, find(I64_ATOMIC, "rmw_cmpxchg"), [], true);
    expect(call(AT, 0n, 9n)).toBe(0n);
    expect(new BigInt64Array(memory.buffer)[AT / 8]).toBe(9n);
  });
});

describe("waiting", () => {
  test("wait gives 1 when the value is another, 2 when the time is over", () => {
    const wait32 = prepare(atomic, find(ATOMIC, "wait32"), [], true);
    expect(wait32.call(AT, 7, -1n)).toBe(1);
    expect(wait32.call(AT, 0, 1000n)).toBe(2);
    const wait64 = prepare(atomic, find(ATOMIC, "wait64"), [], true);
    expect(wait64.call(AT, 7n, -1n)).toBe(1);
    expect(wait64.call(AT, 0n, 1000n)).toBe(2);
  });

  test("notify wakes nobody where nobody waits; fence runs", () => {
    expect(prepare(atomic, find(ATOMIC, "notify"), [], true).call(AT, 1)).toBe(0);
    expect(prepare(atomic, find(ATOMIC, "fence"), [], true).call()).toBeUndefined();
  });
});
