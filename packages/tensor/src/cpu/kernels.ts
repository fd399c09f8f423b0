// Made by scripts/generate-kernels.ts; change that, not this.
import type { BinaryOp, UnaryOp } from "../backend.ts";
import type { TypedArray } from "../dtype.ts";
import { erf, erfc } from "./error-function.ts";
import { floorRemainder, integerPower, normalQuantile, power, roundHalfEven } from "./scalar-math.ts";

/** The element types that have loops; bool runs as uint8. */
export type Element = "float32" | "float64" | "int32" | "uint8";
// Method types are bivariant in their arguments: a loop over Float32Array stands in a table of loops over any array,
// and the backend looks it up by the element that the array has.
/** A loop over rows × columns of one strided operand; writes contiguously from o. */
export type UnaryKernel = {
  run(a: TypedArray, out: TypedArray, rows: number, columns: number, start: number, down: number, right: number, o: number): void;
}["run"];
/** A loop over rows × columns of two strided operands; writes contiguously from o. */
export type BinaryKernel = {
  run(a: TypedArray, b: TypedArray, out: TypedArray, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void;
}["run"];
/** Folds `length` elements from p on, right apart, into one number. */
export type FoldKernel = { run(a: TypedArray, p: number, length: number, right: number, acc: number): number }["run"];
/** Writes rows × columns elements of a to out, both strided. */
export type CopyKernel = {
  run(a: TypedArray, out: TypedArray, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number, factor: number, decay: number): void;
}["run"];
/** Updates all of out from a. */
export type FlatUpdateKernel = { run(a: TypedArray, out: TypedArray, factor: number, decay: number): void }["run"];
/** Picks a or b by condition over rows × columns; writes contiguously from o. */
export type SelectKernel = {
  run(c: Uint8Array, a: TypedArray, b: TypedArray, out: TypedArray, rows: number, columns: number, startC: number, downC: number, rightC: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void;
}["run"];

function negFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = -x;
      p += right;
    }
  }
}

function absFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.abs(x);
      p += right;
    }
  }
}

function signFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = x > 0 ? 1 : x < 0 ? -1 : 0;
      p += right;
    }
  }
}

function floorFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.floor(x);
      p += right;
    }
  }
}

function ceilFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.ceil(x);
      p += right;
    }
  }
}

function roundFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = roundHalfEven(x);
      p += right;
    }
  }
}

function sqrtFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.sqrt(x);
      p += right;
    }
  }
}

function rsqrtFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = 1 / Math.sqrt(x);
      p += right;
    }
  }
}

function cbrtFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.cbrt(x);
      p += right;
    }
  }
}

function expFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.exp(x);
      p += right;
    }
  }
}

function expm1Float32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.expm1(x);
      p += right;
    }
  }
}

function logFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.log(x);
      p += right;
    }
  }
}

function log1pFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.log1p(x);
      p += right;
    }
  }
}

function log2Float32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.log2(x);
      p += right;
    }
  }
}

function log10Float32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.log10(x);
      p += right;
    }
  }
}

function sinFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.sin(x);
      p += right;
    }
  }
}

function cosFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.cos(x);
      p += right;
    }
  }
}

function tanFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.tan(x);
      p += right;
    }
  }
}

function asinFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.asin(x);
      p += right;
    }
  }
}

function acosFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.acos(x);
      p += right;
    }
  }
}

function atanFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.atan(x);
      p += right;
    }
  }
}

function sinhFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.sinh(x);
      p += right;
    }
  }
}

function coshFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.cosh(x);
      p += right;
    }
  }
}

function tanhFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.tanh(x);
      p += right;
    }
  }
}

function asinhFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.asinh(x);
      p += right;
    }
  }
}

function acoshFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.acosh(x);
      p += right;
    }
  }
}

function atanhFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.atanh(x);
      p += right;
    }
  }
}

function erfFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = erf(x);
      p += right;
    }
  }
}

function erfcFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = erfc(x);
      p += right;
    }
  }
}

function sigmoidFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = 1 / (1 + Math.exp(-x));
      p += right;
    }
  }
}

function softplusFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      p += right;
    }
  }
}

function normalQuantileFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = normalQuantile(x);
      p += right;
    }
  }
}

function addFloat32(a: Float32Array, b: Float32Array, out: Float32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x + y;
      p += rightA;
      q += rightB;
    }
  }
}

function subFloat32(a: Float32Array, b: Float32Array, out: Float32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x - y;
      p += rightA;
      q += rightB;
    }
  }
}

function mulFloat32(a: Float32Array, b: Float32Array, out: Float32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x * y;
      p += rightA;
      q += rightB;
    }
  }
}

function divFloat32(a: Float32Array, b: Float32Array, out: Float32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x / y;
      p += rightA;
      q += rightB;
    }
  }
}

function powFloat32(a: Float32Array, b: Float32Array, out: Float32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = power(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function maximumFloat32(a: Float32Array, b: Float32Array, out: Float32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Math.max(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function minimumFloat32(a: Float32Array, b: Float32Array, out: Float32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Math.min(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function remainderFloat32(a: Float32Array, b: Float32Array, out: Float32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = floorRemainder(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function atan2Float32(a: Float32Array, b: Float32Array, out: Float32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Math.atan2(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function hypotFloat32(a: Float32Array, b: Float32Array, out: Float32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Math.hypot(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function negFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = -x;
      p += right;
    }
  }
}

function absFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.abs(x);
      p += right;
    }
  }
}

function signFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = x > 0 ? 1 : x < 0 ? -1 : 0;
      p += right;
    }
  }
}

function floorFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.floor(x);
      p += right;
    }
  }
}

function ceilFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.ceil(x);
      p += right;
    }
  }
}

function roundFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = roundHalfEven(x);
      p += right;
    }
  }
}

function sqrtFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.sqrt(x);
      p += right;
    }
  }
}

function rsqrtFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = 1 / Math.sqrt(x);
      p += right;
    }
  }
}

function cbrtFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.cbrt(x);
      p += right;
    }
  }
}

function expFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.exp(x);
      p += right;
    }
  }
}

function expm1Float64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.expm1(x);
      p += right;
    }
  }
}

function logFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.log(x);
      p += right;
    }
  }
}

function log1pFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.log1p(x);
      p += right;
    }
  }
}

function log2Float64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.log2(x);
      p += right;
    }
  }
}

function log10Float64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.log10(x);
      p += right;
    }
  }
}

function sinFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.sin(x);
      p += right;
    }
  }
}

function cosFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.cos(x);
      p += right;
    }
  }
}

function tanFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.tan(x);
      p += right;
    }
  }
}

function asinFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.asin(x);
      p += right;
    }
  }
}

function acosFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.acos(x);
      p += right;
    }
  }
}

function atanFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.atan(x);
      p += right;
    }
  }
}

function sinhFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.sinh(x);
      p += right;
    }
  }
}

function coshFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.cosh(x);
      p += right;
    }
  }
}

function tanhFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.tanh(x);
      p += right;
    }
  }
}

function asinhFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.asinh(x);
      p += right;
    }
  }
}

function acoshFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.acosh(x);
      p += right;
    }
  }
}

function atanhFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.atanh(x);
      p += right;
    }
  }
}

function erfFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = erf(x);
      p += right;
    }
  }
}

function erfcFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = erfc(x);
      p += right;
    }
  }
}

function sigmoidFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = 1 / (1 + Math.exp(-x));
      p += right;
    }
  }
}

function softplusFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      p += right;
    }
  }
}

function normalQuantileFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = normalQuantile(x);
      p += right;
    }
  }
}

function addFloat64(a: Float64Array, b: Float64Array, out: Float64Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x + y;
      p += rightA;
      q += rightB;
    }
  }
}

function subFloat64(a: Float64Array, b: Float64Array, out: Float64Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x - y;
      p += rightA;
      q += rightB;
    }
  }
}

function mulFloat64(a: Float64Array, b: Float64Array, out: Float64Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x * y;
      p += rightA;
      q += rightB;
    }
  }
}

function divFloat64(a: Float64Array, b: Float64Array, out: Float64Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x / y;
      p += rightA;
      q += rightB;
    }
  }
}

function powFloat64(a: Float64Array, b: Float64Array, out: Float64Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = power(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function maximumFloat64(a: Float64Array, b: Float64Array, out: Float64Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Math.max(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function minimumFloat64(a: Float64Array, b: Float64Array, out: Float64Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Math.min(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function remainderFloat64(a: Float64Array, b: Float64Array, out: Float64Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = floorRemainder(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function atan2Float64(a: Float64Array, b: Float64Array, out: Float64Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Math.atan2(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function hypotFloat64(a: Float64Array, b: Float64Array, out: Float64Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Math.hypot(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function negInt32(a: Int32Array, out: Int32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = -x;
      p += right;
    }
  }
}

function absInt32(a: Int32Array, out: Int32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.abs(x);
      p += right;
    }
  }
}

function signInt32(a: Int32Array, out: Int32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.sign(x);
      p += right;
    }
  }
}

function floorInt32(a: Int32Array, out: Int32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = x;
      p += right;
    }
  }
}

function ceilInt32(a: Int32Array, out: Int32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = x;
      p += right;
    }
  }
}

function roundInt32(a: Int32Array, out: Int32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = x;
      p += right;
    }
  }
}

function reluInt32(a: Int32Array, out: Int32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = x > 0 ? x : 0;
      p += right;
    }
  }
}

function addInt32(a: Int32Array, b: Int32Array, out: Int32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x + y;
      p += rightA;
      q += rightB;
    }
  }
}

function subInt32(a: Int32Array, b: Int32Array, out: Int32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x - y;
      p += rightA;
      q += rightB;
    }
  }
}

function mulInt32(a: Int32Array, b: Int32Array, out: Int32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Math.imul(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function powInt32(a: Int32Array, b: Int32Array, out: Int32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = integerPower(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function maximumInt32(a: Int32Array, b: Int32Array, out: Int32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x > y ? x : y;
      p += rightA;
      q += rightB;
    }
  }
}

function minimumInt32(a: Int32Array, b: Int32Array, out: Int32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x < y ? x : y;
      p += rightA;
      q += rightB;
    }
  }
}

function remainderInt32(a: Int32Array, b: Int32Array, out: Int32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = floorRemainder(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function shiftRightInt32(a: Int32Array, b: Int32Array, out: Int32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x >>> y;
      p += rightA;
      q += rightB;
    }
  }
}

function negUint8(a: Uint8Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = -x;
      p += right;
    }
  }
}

function absUint8(a: Uint8Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.abs(x);
      p += right;
    }
  }
}

function signUint8(a: Uint8Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Math.sign(x);
      p += right;
    }
  }
}

function floorUint8(a: Uint8Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = x;
      p += right;
    }
  }
}

function ceilUint8(a: Uint8Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = x;
      p += right;
    }
  }
}

function roundUint8(a: Uint8Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = x;
      p += right;
    }
  }
}

function reluUint8(a: Uint8Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = x > 0 ? x : 0;
      p += right;
    }
  }
}

function addUint8(a: Uint8Array, b: Uint8Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x + y;
      p += rightA;
      q += rightB;
    }
  }
}

function subUint8(a: Uint8Array, b: Uint8Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x - y;
      p += rightA;
      q += rightB;
    }
  }
}

function mulUint8(a: Uint8Array, b: Uint8Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x * y;
      p += rightA;
      q += rightB;
    }
  }
}

function powUint8(a: Uint8Array, b: Uint8Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = integerPower(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function maximumUint8(a: Uint8Array, b: Uint8Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x > y ? x : y;
      p += rightA;
      q += rightB;
    }
  }
}

function minimumUint8(a: Uint8Array, b: Uint8Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x < y ? x : y;
      p += rightA;
      q += rightB;
    }
  }
}

function remainderUint8(a: Uint8Array, b: Uint8Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = floorRemainder(x, y);
      p += rightA;
      q += rightB;
    }
  }
}

function andUint8(a: Uint8Array, b: Uint8Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x & y;
      p += rightA;
      q += rightB;
    }
  }
}

function orUint8(a: Uint8Array, b: Uint8Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x | y;
      p += rightA;
      q += rightB;
    }
  }
}

function xorUint8(a: Uint8Array, b: Uint8Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x ^ y;
      p += rightA;
      q += rightB;
    }
  }
}

function isnanFloat32(a: Float32Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Number(x !== x);
      p += right;
    }
  }
}

function isfiniteFloat32(a: Float32Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Number(x - x === 0);
      p += right;
    }
  }
}

function equalFloat32(a: Float32Array, b: Float32Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x === y);
      p += rightA;
      q += rightB;
    }
  }
}

function notEqualFloat32(a: Float32Array, b: Float32Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x !== y);
      p += rightA;
      q += rightB;
    }
  }
}

function lessFloat32(a: Float32Array, b: Float32Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x < y);
      p += rightA;
      q += rightB;
    }
  }
}

function lessEqualFloat32(a: Float32Array, b: Float32Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x <= y);
      p += rightA;
      q += rightB;
    }
  }
}

function isnanFloat64(a: Float64Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Number(x !== x);
      p += right;
    }
  }
}

function isfiniteFloat64(a: Float64Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Number(x - x === 0);
      p += right;
    }
  }
}

function equalFloat64(a: Float64Array, b: Float64Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x === y);
      p += rightA;
      q += rightB;
    }
  }
}

function notEqualFloat64(a: Float64Array, b: Float64Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x !== y);
      p += rightA;
      q += rightB;
    }
  }
}

function lessFloat64(a: Float64Array, b: Float64Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x < y);
      p += rightA;
      q += rightB;
    }
  }
}

function lessEqualFloat64(a: Float64Array, b: Float64Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x <= y);
      p += rightA;
      q += rightB;
    }
  }
}

function isnanInt32(a: Int32Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Number(x !== x);
      p += right;
    }
  }
}

function isfiniteInt32(a: Int32Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Number(x - x === 0);
      p += right;
    }
  }
}

function equalInt32(a: Int32Array, b: Int32Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x === y);
      p += rightA;
      q += rightB;
    }
  }
}

function notEqualInt32(a: Int32Array, b: Int32Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x !== y);
      p += rightA;
      q += rightB;
    }
  }
}

function lessInt32(a: Int32Array, b: Int32Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x < y);
      p += rightA;
      q += rightB;
    }
  }
}

function lessEqualInt32(a: Int32Array, b: Int32Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x <= y);
      p += rightA;
      q += rightB;
    }
  }
}

function isnanUint8(a: Uint8Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Number(x !== x);
      p += right;
    }
  }
}

function isfiniteUint8(a: Uint8Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Number(x - x === 0);
      p += right;
    }
  }
}

function equalUint8(a: Uint8Array, b: Uint8Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x === y);
      p += rightA;
      q += rightB;
    }
  }
}

function notEqualUint8(a: Uint8Array, b: Uint8Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x !== y);
      p += rightA;
      q += rightB;
    }
  }
}

function lessUint8(a: Uint8Array, b: Uint8Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x < y);
      p += rightA;
      q += rightB;
    }
  }
}

function lessEqualUint8(a: Uint8Array, b: Uint8Array, out: Uint8Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = Number(x <= y);
      p += rightA;
      q += rightB;
    }
  }
}

function reluBits(a: Int32Array, out: Int32Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = (x & 0x7fffffff) > 0x7f800000 ? x : x & ~(x >> 31);
      p += right;
    }
  }
}

function reluFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = x > 0 || x !== x ? x : 0;
      p += right;
    }
  }
}

function divInt32(a: Int32Array, b: Int32Array, out: Float32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x / y;
      p += rightA;
      q += rightB;
    }
  }
}

function divUint8(a: Uint8Array, b: Uint8Array, out: Float32Array, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = x / y;
      p += rightA;
      q += rightB;
    }
  }
}

function notUint8(a: Uint8Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = Number(x === 0);
      p += right;
    }
  }
}

/** By op and element. */
export const unaryKernels: Partial<Record<UnaryOp, Partial<Record<Element, UnaryKernel>>>> = {
  neg: { float32: negFloat32, float64: negFloat64, int32: negInt32, uint8: negUint8 },
  abs: { float32: absFloat32, float64: absFloat64, int32: absInt32, uint8: absUint8 },
  sign: { float32: signFloat32, float64: signFloat64, int32: signInt32, uint8: signUint8 },
  floor: { float32: floorFloat32, float64: floorFloat64, int32: floorInt32, uint8: floorUint8 },
  ceil: { float32: ceilFloat32, float64: ceilFloat64, int32: ceilInt32, uint8: ceilUint8 },
  round: { float32: roundFloat32, float64: roundFloat64, int32: roundInt32, uint8: roundUint8 },
  sqrt: { float32: sqrtFloat32, float64: sqrtFloat64 },
  rsqrt: { float32: rsqrtFloat32, float64: rsqrtFloat64 },
  cbrt: { float32: cbrtFloat32, float64: cbrtFloat64 },
  exp: { float32: expFloat32, float64: expFloat64 },
  expm1: { float32: expm1Float32, float64: expm1Float64 },
  log: { float32: logFloat32, float64: logFloat64 },
  log1p: { float32: log1pFloat32, float64: log1pFloat64 },
  log2: { float32: log2Float32, float64: log2Float64 },
  log10: { float32: log10Float32, float64: log10Float64 },
  sin: { float32: sinFloat32, float64: sinFloat64 },
  cos: { float32: cosFloat32, float64: cosFloat64 },
  tan: { float32: tanFloat32, float64: tanFloat64 },
  asin: { float32: asinFloat32, float64: asinFloat64 },
  acos: { float32: acosFloat32, float64: acosFloat64 },
  atan: { float32: atanFloat32, float64: atanFloat64 },
  sinh: { float32: sinhFloat32, float64: sinhFloat64 },
  cosh: { float32: coshFloat32, float64: coshFloat64 },
  tanh: { float32: tanhFloat32, float64: tanhFloat64 },
  asinh: { float32: asinhFloat32, float64: asinhFloat64 },
  acosh: { float32: acoshFloat32, float64: acoshFloat64 },
  atanh: { float32: atanhFloat32, float64: atanhFloat64 },
  erf: { float32: erfFloat32, float64: erfFloat64 },
  erfc: { float32: erfcFloat32, float64: erfcFloat64 },
  sigmoid: { float32: sigmoidFloat32, float64: sigmoidFloat64 },
  softplus: { float32: softplusFloat32, float64: softplusFloat64 },
  normalQuantile: { float32: normalQuantileFloat32, float64: normalQuantileFloat64 },
  relu: { float32: reluBits, int32: reluInt32, uint8: reluUint8, float64: reluFloat64 },
  isnan: { float32: isnanFloat32, float64: isnanFloat64, int32: isnanInt32, uint8: isnanUint8 },
  isfinite: { float32: isfiniteFloat32, float64: isfiniteFloat64, int32: isfiniteInt32, uint8: isfiniteUint8 },
  not: { uint8: notUint8 },
};

/** By op and element. */
export const binaryKernels: Partial<Record<BinaryOp, Partial<Record<Element, BinaryKernel>>>> = {
  add: { float32: addFloat32, float64: addFloat64, int32: addInt32, uint8: addUint8 },
  sub: { float32: subFloat32, float64: subFloat64, int32: subInt32, uint8: subUint8 },
  mul: { float32: mulFloat32, float64: mulFloat64, int32: mulInt32, uint8: mulUint8 },
  div: { float32: divFloat32, float64: divFloat64, int32: divInt32, uint8: divUint8 },
  pow: { float32: powFloat32, float64: powFloat64, int32: powInt32, uint8: powUint8 },
  maximum: { float32: maximumFloat32, float64: maximumFloat64, int32: maximumInt32, uint8: maximumUint8 },
  minimum: { float32: minimumFloat32, float64: minimumFloat64, int32: minimumInt32, uint8: minimumUint8 },
  remainder: { float32: remainderFloat32, float64: remainderFloat64, int32: remainderInt32, uint8: remainderUint8 },
  atan2: { float32: atan2Float32, float64: atan2Float64 },
  hypot: { float32: hypotFloat32, float64: hypotFloat64 },
  shiftRight: { int32: shiftRightInt32 },
  and: { uint8: andUint8 },
  or: { uint8: orUint8 },
  xor: { uint8: xorUint8 },
  equal: { float32: equalFloat32, float64: equalFloat64, int32: equalInt32, uint8: equalUint8 },
  notEqual: { float32: notEqualFloat32, float64: notEqualFloat64, int32: notEqualInt32, uint8: notEqualUint8 },
  less: { float32: lessFloat32, float64: lessFloat64, int32: lessInt32, uint8: lessUint8 },
  lessEqual: { float32: lessEqualFloat32, float64: lessEqualFloat64, int32: lessEqualInt32, uint8: lessEqualUint8 },
};

function prodFloat32(a: Float32Array, p: number, length: number, right: number, acc: number): number {
  for (let j = 0; j < length; j++) {
    const x = a[p]!;
    acc *= x;
    p += right;
  }
  return acc;
}

function prodFloat64(a: Float64Array, p: number, length: number, right: number, acc: number): number {
  for (let j = 0; j < length; j++) {
    const x = a[p]!;
    acc *= x;
    p += right;
  }
  return acc;
}

function prodInt32(a: Int32Array, p: number, length: number, right: number, acc: number): number {
  for (let j = 0; j < length; j++) {
    const x = a[p]!;
    acc = Math.imul(acc, x);
    p += right;
  }
  return acc;
}

function maxFloat32(a: Float32Array, p: number, length: number, right: number, acc: number): number {
  for (let j = 0; j < length; j++) {
    const x = a[p]!;
    acc = Math.max(acc, x);
    p += right;
  }
  return acc;
}

function maxFloat64(a: Float64Array, p: number, length: number, right: number, acc: number): number {
  for (let j = 0; j < length; j++) {
    const x = a[p]!;
    acc = Math.max(acc, x);
    p += right;
  }
  return acc;
}

function maxInt32(a: Int32Array, p: number, length: number, right: number, acc: number): number {
  for (let j = 0; j < length; j++) {
    const x = a[p]!;
    acc = Math.max(acc, x);
    p += right;
  }
  return acc;
}

function maxUint8(a: Uint8Array, p: number, length: number, right: number, acc: number): number {
  for (let j = 0; j < length; j++) {
    const x = a[p]!;
    acc = Math.max(acc, x);
    p += right;
  }
  return acc;
}

function minFloat32(a: Float32Array, p: number, length: number, right: number, acc: number): number {
  for (let j = 0; j < length; j++) {
    const x = a[p]!;
    acc = Math.min(acc, x);
    p += right;
  }
  return acc;
}

function minFloat64(a: Float64Array, p: number, length: number, right: number, acc: number): number {
  for (let j = 0; j < length; j++) {
    const x = a[p]!;
    acc = Math.min(acc, x);
    p += right;
  }
  return acc;
}

function minInt32(a: Int32Array, p: number, length: number, right: number, acc: number): number {
  for (let j = 0; j < length; j++) {
    const x = a[p]!;
    acc = Math.min(acc, x);
    p += right;
  }
  return acc;
}

function minUint8(a: Uint8Array, p: number, length: number, right: number, acc: number): number {
  for (let j = 0; j < length; j++) {
    const x = a[p]!;
    acc = Math.min(acc, x);
    p += right;
  }
  return acc;
}

function argmaxFloat32(a: Float32Array, p: number, length: number, right: number): number {
  let best = a[p]!;
  let at = 0;
  for (let j = 1; j < length; j++) {
    p += right;
    const x = a[p]!;
    if (x > best || (x !== x && best === best)) {
      best = x;
      at = j;
    }
  }
  return at;
}

function argmaxFloat64(a: Float64Array, p: number, length: number, right: number): number {
  let best = a[p]!;
  let at = 0;
  for (let j = 1; j < length; j++) {
    p += right;
    const x = a[p]!;
    if (x > best || (x !== x && best === best)) {
      best = x;
      at = j;
    }
  }
  return at;
}

function argmaxInt32(a: Int32Array, p: number, length: number, right: number): number {
  let best = a[p]!;
  let at = 0;
  for (let j = 1; j < length; j++) {
    p += right;
    const x = a[p]!;
    if (x > best) {
      best = x;
      at = j;
    }
  }
  return at;
}

function argmaxUint8(a: Uint8Array, p: number, length: number, right: number): number {
  let best = a[p]!;
  let at = 0;
  for (let j = 1; j < length; j++) {
    p += right;
    const x = a[p]!;
    if (x > best) {
      best = x;
      at = j;
    }
  }
  return at;
}

function argminFloat32(a: Float32Array, p: number, length: number, right: number): number {
  let best = a[p]!;
  let at = 0;
  for (let j = 1; j < length; j++) {
    p += right;
    const x = a[p]!;
    if (x < best || (x !== x && best === best)) {
      best = x;
      at = j;
    }
  }
  return at;
}

function argminFloat64(a: Float64Array, p: number, length: number, right: number): number {
  let best = a[p]!;
  let at = 0;
  for (let j = 1; j < length; j++) {
    p += right;
    const x = a[p]!;
    if (x < best || (x !== x && best === best)) {
      best = x;
      at = j;
    }
  }
  return at;
}

function argminInt32(a: Int32Array, p: number, length: number, right: number): number {
  let best = a[p]!;
  let at = 0;
  for (let j = 1; j < length; j++) {
    p += right;
    const x = a[p]!;
    if (x < best) {
      best = x;
      at = j;
    }
  }
  return at;
}

function argminUint8(a: Uint8Array, p: number, length: number, right: number): number {
  let best = a[p]!;
  let at = 0;
  for (let j = 1; j < length; j++) {
    p += right;
    const x = a[p]!;
    if (x < best) {
      best = x;
      at = j;
    }
  }
  return at;
}

/** By op and element. */
export const foldKernels: Partial<Record<"prod" | "max" | "min" | "argmax" | "argmin", Partial<Record<Element, FoldKernel>>>> = {
  prod: { float32: prodFloat32, float64: prodFloat64, int32: prodInt32 },
  max: { float32: maxFloat32, float64: maxFloat64, int32: maxInt32, uint8: maxUint8 },
  min: { float32: minFloat32, float64: minFloat64, int32: minInt32, uint8: minUint8 },
  argmax: { float32: argmaxFloat32, float64: argmaxFloat64, int32: argmaxInt32, uint8: argmaxUint8 },
  argmin: { float32: argminFloat32, float64: argminFloat64, int32: argminInt32, uint8: argminUint8 },
};

/** Where each fold starts. */
export const foldStart: Record<"prod" | "max" | "min", number> = { prod: 1, max: -Infinity, min: Infinity };

function castFloat32ToFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castFloat32ToFloat64(a: Float32Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castFloat32ToInt32(a: Float32Array, out: Int32Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castFloat32ToUint8(a: Float32Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castFloat32ToBool(a: Float32Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = Number(x !== 0);
      p += right;
      q += rightOut;
    }
  }
}

function castFloat64ToFloat32(a: Float64Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castFloat64ToFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castFloat64ToInt32(a: Float64Array, out: Int32Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castFloat64ToUint8(a: Float64Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castFloat64ToBool(a: Float64Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = Number(x !== 0);
      p += right;
      q += rightOut;
    }
  }
}

function castInt32ToFloat32(a: Int32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castInt32ToFloat64(a: Int32Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castInt32ToInt32(a: Int32Array, out: Int32Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castInt32ToUint8(a: Int32Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castInt32ToBool(a: Int32Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = Number(x !== 0);
      p += right;
      q += rightOut;
    }
  }
}

function castUint8ToFloat32(a: Uint8Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castUint8ToFloat64(a: Uint8Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castUint8ToInt32(a: Uint8Array, out: Int32Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castUint8ToUint8(a: Uint8Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = x;
      p += right;
      q += rightOut;
    }
  }
}

function castUint8ToBool(a: Uint8Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = Number(x !== 0);
      p += right;
      q += rightOut;
    }
  }
}

/** By the elements read and written; bool is x ≠ 0. */
export const castKernels: Record<Element, Record<Element | "bool", CopyKernel>> = {
  float32: { float32: castFloat32ToFloat32, float64: castFloat32ToFloat64, int32: castFloat32ToInt32, uint8: castFloat32ToUint8, bool: castFloat32ToBool },
  float64: { float32: castFloat64ToFloat32, float64: castFloat64ToFloat64, int32: castFloat64ToInt32, uint8: castFloat64ToUint8, bool: castFloat64ToBool },
  int32: { float32: castInt32ToFloat32, float64: castInt32ToFloat64, int32: castInt32ToInt32, uint8: castInt32ToUint8, bool: castInt32ToBool },
  uint8: { float32: castUint8ToFloat32, float64: castUint8ToFloat64, int32: castUint8ToInt32, uint8: castUint8ToUint8, bool: castUint8ToBool },
};

function addIntoFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number, factor: number, decay: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = decay * out[q]! + factor * x;
      p += right;
      q += rightOut;
    }
  }
}

function addIntoFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number, factor: number, decay: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = decay * out[q]! + factor * x;
      p += right;
      q += rightOut;
    }
  }
}

function addIntoInt32(a: Int32Array, out: Int32Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number, factor: number, decay: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = decay * out[q]! + factor * x;
      p += right;
      q += rightOut;
    }
  }
}

function addIntoUint8(a: Uint8Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number, factor: number, decay: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = decay * out[q]! + factor * x;
      p += right;
      q += rightOut;
    }
  }
}

function subIntoFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number, factor: number, decay: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = decay * out[q]! - factor * x;
      p += right;
      q += rightOut;
    }
  }
}

function subIntoFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number, factor: number, decay: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = decay * out[q]! - factor * x;
      p += right;
      q += rightOut;
    }
  }
}

function subIntoInt32(a: Int32Array, out: Int32Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number, factor: number, decay: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = decay * out[q]! - factor * x;
      p += right;
      q += rightOut;
    }
  }
}

function subIntoUint8(a: Uint8Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number, factor: number, decay: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = decay * out[q]! - factor * x;
      p += right;
      q += rightOut;
    }
  }
}

function mulIntoFloat32(a: Float32Array, out: Float32Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = out[q]! * x;
      p += right;
      q += rightOut;
    }
  }
}

function mulIntoFloat64(a: Float64Array, out: Float64Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = out[q]! * x;
      p += right;
      q += rightOut;
    }
  }
}

function mulIntoInt32(a: Int32Array, out: Int32Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = Math.imul(out[q]!, x);
      p += right;
      q += rightOut;
    }
  }
}

function mulIntoUint8(a: Uint8Array, out: Uint8Array, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[q] = out[q]! * x;
      p += right;
      q += rightOut;
    }
  }
}

/** decay·out ± factor·a, and out · a, by element. */
export const updateKernels: Record<"add" | "sub" | "mul", Record<Element, CopyKernel>> = {
  add: { float32: addIntoFloat32, float64: addIntoFloat64, int32: addIntoInt32, uint8: addIntoUint8 },
  sub: { float32: subIntoFloat32, float64: subIntoFloat64, int32: subIntoInt32, uint8: subIntoUint8 },
  mul: { float32: mulIntoFloat32, float64: mulIntoFloat64, int32: mulIntoInt32, uint8: mulIntoUint8 },
};

function addAllFloat32(a: Float32Array, out: Float32Array, factor: number, decay: number): void {
  for (let i = 0; i < out.length; i++) out[i] = decay * out[i]! + factor * a[i]!;
}

function addAllFloat64(a: Float64Array, out: Float64Array, factor: number, decay: number): void {
  for (let i = 0; i < out.length; i++) out[i] = decay * out[i]! + factor * a[i]!;
}

function subAllFloat32(a: Float32Array, out: Float32Array, factor: number, decay: number): void {
  for (let i = 0; i < out.length; i++) out[i] = decay * out[i]! - factor * a[i]!;
}

function subAllFloat64(a: Float64Array, out: Float64Array, factor: number, decay: number): void {
  for (let i = 0; i < out.length; i++) out[i] = decay * out[i]! - factor * a[i]!;
}

/** decay·out ± factor·a over arrays of one length. */
export const flatUpdateKernels: Record<"add" | "sub", Record<"float32" | "float64", FlatUpdateKernel>> = {
  add: { float32: addAllFloat32, float64: addAllFloat64 },
  sub: { float32: subAllFloat32, float64: subAllFloat64 },
};

function selectFloat64(c: Uint8Array, a: Float64Array, b: Float64Array, out: Float64Array, rows: number, columns: number, startC: number, downC: number, rightC: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let r = startC + i * downC;
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      out[o++] = c[r]! !== 0 ? a[p]! : b[q]!;
      r += rightC;
      p += rightA;
      q += rightB;
    }
  }
}

function selectInt32(c: Uint8Array, a: Int32Array, b: Int32Array, out: Int32Array, rows: number, columns: number, startC: number, downC: number, rightC: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let r = startC + i * downC;
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const mask = -Number(c[r]! !== 0);
      out[o++] = (a[p]! & mask) | (b[q]! & ~mask);
      r += rightC;
      p += rightA;
      q += rightB;
    }
  }
}

function selectUint8(c: Uint8Array, a: Uint8Array, b: Uint8Array, out: Uint8Array, rows: number, columns: number, startC: number, downC: number, rightC: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let r = startC + i * downC;
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const mask = -Number(c[r]! !== 0);
      out[o++] = (a[p]! & mask) | (b[q]! & ~mask);
      r += rightC;
      p += rightA;
      q += rightB;
    }
  }
}

/** By element. */
export const selectKernels: Record<Exclude<Element, "float32">, SelectKernel> = {
  float64: selectFloat64,
  int32: selectInt32,
  uint8: selectUint8,
};
