/**
 * The randomBits primitive: Philox4x32-10, a counter-based generator.
 *
 * Block i of four words is a function of the key and of counter + i alone, so a stream can be split, replayed and
 * computed on any machine, in any order, to the same bits.
 * Source: J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011.
 */
import type { View } from "../backend.ts";
import { AdjointError } from "../errors.ts";
import { Storage } from "../storage.ts";
import { arrayOf } from "./backend.ts";

/** The multipliers and the steps of the key (the golden ratio and √3 − 1) of the paper, as int32. */
const multiplier0 = 0xd2511f53 | 0;
const multiplier1 = 0xcd9e8d57 | 0;
const keyStep0 = 0x9e3779b9 | 0;
const keyStep1 = 0xbb67ae85 | 0;

/**
 * `length` words (int32), four a block: block i is Philox4x32-10 of counter + i (128 bits, carried) under the key.
 *
 * @param state int32 `[6]`: key0, key1, counter0 (lowest) … counter3. Its counter advances by ⌈length / 4⌉ in place,
 *   which bumps its storage's version.
 */
export function randomBitsCpu(state: View, length: number): Storage {
  const words = arrayOf(state.storage);
  if (!(words instanceof Int32Array) || state.shape.length !== 1 || state.shape[0] !== 6) {
    throw new AdjointError(
      "randomBits",
      `state is ${state.dtype} of shape [${state.shape.join(", ")}].`,
      "Give int32 of shape [6]: two words of the key, four of the counter.",
    );
  }
  const step = state.strides[0]!;
  const counterAt = state.offset + 2 * step;
  const counter = Int32Array.from({ length: 4 }, (_, i) => words[counterAt + i * step]!);
  const out = new Int32Array(length);
  fill(out, words[state.offset]!, words[state.offset + step]!, counter);
  for (let i = 0; i < 4; i++) words[counterAt + i * step] = counter[i]!;
  state.storage.version++;
  state.storage.writer = "randomBits";
  return new Storage("int32", length, out);
}

/** Fills `out` block by block and leaves `counter` behind the last one. */
function fill(out: Int32Array, key0: number, key1: number, counter: Int32Array): void {
  const whole = out.length - (out.length % 4);
  for (let o = 0; o < whole; o += 4) {
    block(out, o, key0, key1, counter);
    increment(counter);
  }
  if (whole === out.length) return;
  const last = new Int32Array(4);
  block(last, 0, key0, key1, counter);
  increment(counter);
  out.set(last.subarray(0, out.length - whole), whole);
}

/** counter + 1, carried through all 128 bits. */
function increment(counter: Int32Array): void {
  for (let i = 0; i < 4; i++) {
    counter[i] = counter[i]! + 1;
    if (counter[i] !== 0) return;
  }
}

/** Ten rounds: (c0, c1, c2, c3) ← (hi(M1·c2) ⊕ c1 ⊕ k0, lo(M1·c2), hi(M0·c0) ⊕ c3 ⊕ k1, lo(M0·c0)). */
function block(out: Int32Array, o: number, key0: number, key1: number, counter: Int32Array): void {
  let c0 = counter[0]!;
  let c1 = counter[1]!;
  let c2 = counter[2]!;
  let c3 = counter[3]!;
  let k0 = key0;
  let k1 = key1;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(multiplier0, c0);
    const high1 = multiplyHigh(multiplier1, c2);
    const low0 = Math.imul(multiplier0, c0);
    const low1 = Math.imul(multiplier1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + keyStep0) | 0;
    k1 = (k1 + keyStep1) | 0;
  }
  out[o] = c0;
  out[o + 1] = c1;
  out[o + 2] = c2;
  out[o + 3] = c3;
}

/** The upper 32 bits of the unsigned product a·b, from 16-bit halves (Warren, "Hacker's Delight", §8–2). */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const first = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const second = (Math.imul(aLow, bHigh) + (first & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (first >>> 16) + (second >>> 16)) | 0;
}
