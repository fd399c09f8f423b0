import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anySample,
  broadcasting,
  decoded,
  indicesOf,
  numbersOf,
  type Sample,
  sampleOf,
  smallNumber,
  valueAt,
} from "../test/arbitrary-tensors.ts";
import binaryRows from "../test/fixtures/binary.json" with { type: "json" };
import unaryRows from "../test/fixtures/unary.json" with { type: "json" };
import { fromTypedArray, ones, tensor, zeros } from "./create.ts";
import { type DType, dtypes, promote } from "./dtype.ts";
import { shiftRight, where } from "./elementwise.ts";
import { concat } from "./indexing.ts";
import type { Tensor } from "./tensor.ts";

type UnaryMethod = Exclude<keyof typeof unaryMethods, never>;
const unaryMethods = {
  neg: (x: Tensor) => x.neg(),
  abs: (x: Tensor) => x.abs(),
  sign: (x: Tensor) => x.sign(),
  floor: (x: Tensor) => x.floor(),
  ceil: (x: Tensor) => x.ceil(),
  round: (x: Tensor) => x.round(),
  sqrt: (x: Tensor) => x.sqrt(),
  cbrt: (x: Tensor) => x.cbrt(),
  exp: (x: Tensor) => x.exp(),
  expm1: (x: Tensor) => x.expm1(),
  log: (x: Tensor) => x.log(),
  log1p: (x: Tensor) => x.log1p(),
  log2: (x: Tensor) => x.log2(),
  log10: (x: Tensor) => x.log10(),
  sin: (x: Tensor) => x.sin(),
  cos: (x: Tensor) => x.cos(),
  tan: (x: Tensor) => x.tan(),
  asin: (x: Tensor) => x.asin(),
  acos: (x: Tensor) => x.acos(),
  atan: (x: Tensor) => x.atan(),
  sinh: (x: Tensor) => x.sinh(),
  cosh: (x: Tensor) => x.cosh(),
  tanh: (x: Tensor) => x.tanh(),
  asinh: (x: Tensor) => x.asinh(),
  acosh: (x: Tensor) => x.acosh(),
  atanh: (x: Tensor) => x.atanh(),
  rsqrt: (x: Tensor) => x.rsqrt(),
  erf: (x: Tensor) => x.erf(),
  erfc: (x: Tensor) => x.erfc(),
  sigmoid: (x: Tensor) => x.sigmoid(),
  softplus: (x: Tensor) => x.softplus(),
  normalQuantile: (x: Tensor) => x.normalQuantile(),
  isnan: (x: Tensor) => x.isnan(),
  isfinite: (x: Tensor) => x.isfinite(),
  not: (x: Tensor) => x.not(),
};
const unaryNames = Object.keys(unaryMethods) as UnaryMethod[];
const keepsDType: readonly string[] = ["neg", "abs", "sign", "floor", "ceil", "round"];
const answersBool: readonly string[] = ["isnan", "isfinite", "not"];

const binaryMethods = {
  add: (a: Tensor, b: Tensor | number) => a.add(b),
  sub: (a: Tensor, b: Tensor | number) => a.sub(b),
  mul: (a: Tensor, b: Tensor | number) => a.mul(b),
  div: (a: Tensor, b: Tensor | number) => a.div(b),
  pow: (a: Tensor, b: Tensor | number) => a.pow(b),
  maximum: (a: Tensor, b: Tensor | number) => a.maximum(b),
  minimum: (a: Tensor, b: Tensor | number) => a.minimum(b),
  remainder: (a: Tensor, b: Tensor | number) => a.remainder(b),
  atan2: (a: Tensor, b: Tensor | number) => a.atan2(b),
  hypot: (a: Tensor, b: Tensor | number) => a.hypot(b),
  equal: (a: Tensor, b: Tensor | number) => a.equal(b),
  notEqual: (a: Tensor, b: Tensor | number) => a.notEqual(b),
  less: (a: Tensor, b: Tensor | number) => a.less(b),
  lessEqual: (a: Tensor, b: Tensor | number) => a.lessEqual(b),
  greater: (a: Tensor, b: Tensor | number) => a.greater(b),
  greaterEqual: (a: Tensor, b: Tensor | number) => a.greaterEqual(b),
};
type BinaryMethod = keyof typeof binaryMethods;
const binaryNames = Object.keys(binaryMethods) as BinaryMethod[];
const comparisons: readonly BinaryMethod[] = [
  "equal",
  "notEqual",
  "less",
  "lessEqual",
  "greater",
  "greaterEqual",
];

/** One element as a contiguous tensor: the simplest walk there is. */
function alone(value: number, dtype: DType): Tensor {
  return tensor([value], { dtype });
}

function whether(f: () => Tensor): Tensor | null {
  try {
    return f();
  } catch {
    return null;
  }
}

describe("functions of one number", () => {
  const [input, ...rows] = unaryRows;
  const x = decoded({ dtype: "float64", shape: [38], data: input?.values ?? "" });

  it.each(rows.map((row) => [row.op as UnaryMethod, row.values] as const))(
    "%s agrees with NumPy",
    (op, values) => {
      const actual = numbersOf(unaryMethods[op](x).cast("float64"));
      const expected = numbersOf(decoded({ dtype: "float64", shape: [38], data: values }));
      const inputs = numbersOf(x);
      const wrong = expected.flatMap((value, i) => {
        const got = actual[i] ?? 0;
        // The mathematical library may be off by a few units in the last place, and so may NumPy's.
        const close = Math.abs(got - value) <= 1e-15 * Math.abs(value);
        return close || Object.is(got, value) ? [] : [{ x: inputs[i], got, value }];
      });
      expect(wrong).toEqual([]);
    },
  );

  it.each(unaryNames)("%s over any layout is %s of each element", (op) => {
    fc.assert(
      fc.property(anySample(), ({ x, values }) => {
        const result = whether(() => unaryMethods[op](x));
        if (result === null) {
          expect(x.dtype).toBe("bool");
          return;
        }
        expect(result.shape).toEqual(x.shape);
        expect(result.contiguous).toBe(true);
        const each = values.map((value) => numbersOf(unaryMethods[op](alone(value, x.dtype)))[0]);
        expect(numbersOf(result)).toEqual(each);
      }),
      { seed: 11, numRuns: 40 },
    );
  });

  it.each(unaryNames)("%s has its dtype for every dtype", (op) => {
    for (const dtype of dtypes) {
      const result = whether(() => unaryMethods[op](ones([2], { dtype })));
      if (keepsDType.includes(op)) expect(result?.dtype).toBe(dtype === "bool" ? undefined : dtype);
      else if (answersBool.includes(op)) expect(result?.dtype).toBe("bool");
      else expect(result?.dtype).toBe(dtype === "float64" ? "float64" : "float32");
    }
  });

  it.each(unaryNames)("%s rounds once: float32 is the rounded float64", (op) => {
    if (answersBool.includes(op)) return;
    const single = x.cast("float32");
    const exact = numbersOf(unaryMethods[op](single.cast("float64")));
    expect(numbersOf(unaryMethods[op](single))).toEqual(exact.map(Math.fround));
  });

  it("keep whole numbers whole", () => {
    const x = tensor([-3, 0, 7], { dtype: "int32" });
    expect(x.neg().toArray()).toEqual([3, 0, -7]);
    expect(x.abs().toArray()).toEqual([3, 0, 7]);
    expect(x.sign().toArray()).toEqual([-1, 0, 1]);
    for (const same of [x.floor(), x.ceil(), x.round()]) expect(same.toArray()).toEqual([-3, 0, 7]);
    expect(tensor([1, 0], { dtype: "uint8" }).neg().toArray()).toEqual([255, 0]);
  });

  it("test for NaN and infinity, and negate truth", () => {
    const x = tensor([Number.NaN, Infinity, -Infinity, 0, 1]);
    expect(x.isnan().toArray()).toEqual([true, false, false, false, false]);
    expect(x.isfinite().toArray()).toEqual([false, false, false, true, true]);
    expect(x.not().toArray()).toEqual([false, false, false, true, false]);
    expect(tensor([3, 0], { dtype: "int32" }).isfinite().toArray()).toEqual([true, true]);
  });

  it("are finite where their formulas would overflow", () => {
    const ends = tensor([-1e4, 1e4], { dtype: "float64" });
    expect(ends.sigmoid().toArray()).toEqual([0, 1]);
    expect(ends.softplus().toArray()).toEqual([0, 1e4]);
    expect(ends.tanh().toArray()).toEqual([-1, 1]);
  });

  it("refuse bool where it makes no sense", () => {
    expect(() => tensor([true]).neg()).toThrow(
      expect.objectContaining({
        name: "DTypeError",
        message: '[neg] x is bool. Cast it first, for example with cast("int32").',
      }),
    );
  });
});

describe("functions of two tensors", () => {
  it.each(binaryRows.map((row) => [row.op as BinaryMethod, row.input.dtype, row] as const))(
    "%s of %s agrees with NumPy",
    (op, _dtype, row) => {
      const a = decoded(row.input);
      const expected = decoded(row.output);
      const actual = binaryMethods[op](a.unsqueeze(1), a.unsqueeze(0));
      const [got, wanted, inputs] = [actual, expected, a].map(numbersOf) as [number[], number[], number[]];
      const loose = ["pow", "atan2", "hypot"].includes(op) ? 1e-15 : 0;
      const wrong = wanted.flatMap((value, i) => {
        const result = got[i] ?? 0;
        const close = Math.abs(result - value) <= loose * Math.abs(value);
        const pair = [inputs[Math.floor(i / inputs.length)], inputs[i % inputs.length]];
        return close || Object.is(result, value) ? [] : [{ pair, result, value }];
      });
      expect(wrong).toEqual([]);
      expect([actual.dtype, actual.shape]).toEqual([expected.dtype, expected.shape]);
    },
  );

  it.each(binaryNames)("%s broadcasts over any layout as a loop over indices does", (op) => {
    const pair = broadcasting(2).chain(({ shape, parts: [p = [], q = []] }) =>
      fc
        .tuple(fc.constantFrom(...dtypes), fc.constantFrom(...dtypes))
        .chain(([d, e]) => fc.tuple(fc.constant(shape), sampleOf(p, d), sampleOf(q, e))),
    );
    fc.assert(
      fc.property(pair, ([shape, a, b]) => {
        const result = whether(() => binaryMethods[op](a.x, b.x));
        if (result === null) {
          expect([a.x.dtype, b.x.dtype]).toEqual(["bool", "bool"]);
          return;
        }
        expect(result.shape).toEqual(shape);
        expect(result.contiguous).toBe(true);
        const each = indicesOf(shape).map((index) => {
          const [left, right] = [alone(valueAt(a, index), a.x.dtype), alone(valueAt(b, index), b.x.dtype)];
          return numbersOf(binaryMethods[op](left, right))[0];
        });
        expect(numbersOf(result)).toEqual(each);
      }),
      { seed: 12, numRuns: 60 },
    );
  });

  // bool < uint8 < int32 < float32 < float64, as PyTorch (NumPy makes int32 and float32 meet in float64).
  const table: Record<DType, readonly DType[]> = {
    bool: ["bool", "uint8", "int32", "float32", "float64"],
    uint8: ["uint8", "uint8", "int32", "float32", "float64"],
    int32: ["int32", "int32", "int32", "float32", "float64"],
    float32: ["float32", "float32", "float32", "float32", "float64"],
    float64: ["float64", "float64", "float64", "float64", "float64"],
  };

  it.each(dtypes.flatMap((a) => dtypes.map((b, i) => [a, b, table[a][i]] as const)))(
    "%s and %s meet in %s",
    (a, b, c) => {
      const [x, y] = [ones([1], { dtype: a }), ones([1], { dtype: b })];
      expect(promote(a, b)).toBe(c);
      expect(x.mul(y).dtype).toBe(c);
      expect(x.maximum(y).dtype).toBe(c);
      expect(where(tensor([true]), x, y).dtype).toBe(c);
      expect(x.div(y).dtype).toBe(c === "float64" ? "float64" : "float32");
      for (const op of comparisons) expect(binaryMethods[op](x, y).dtype).toBe("bool");
    },
  );

  it("take numbers in the tensor's dtype", () => {
    for (const dtype of ["uint8", "int32", "float32", "float64"] as const) {
      const x = tensor([1, 2, 4], { dtype });
      expect(x.add(2).dtype).toBe(dtype);
      expect(x.add(2).toArray()).toEqual([3, 4, 6]);
      expect(x.pow(2).toArray()).toEqual([1, 4, 16]);
      expect(x.div(2).toArray()).toEqual([0.5, 1, 2]);
      expect(x.div(2).dtype).toBe(dtype === "float64" ? "float64" : "float32");
    }
    expect(tensor([0.5]).add(0.1).toArray()).toEqual([Math.fround(0.5 + Math.fround(0.1))]);
  });

  it("compare numbers as they are, whatever the tensor's dtype", () => {
    const x = tensor([1, 2, 3], { dtype: "int32" });
    expect(x.less(2.5).toArray()).toEqual([true, true, false]);
    expect(x.greater(2.5).toArray()).toEqual([false, false, true]);
    expect(x.equal(1e10).toArray()).toEqual([false, false, false]);
    expect(x.notEqual(Number.NaN).toArray()).toEqual([true, true, true]);
    expect(tensor([true, false]).less(0.5).toArray()).toEqual([false, true]);
  });

  it("tell zeros apart where the sign matters", () => {
    expect(
      tensor([0])
        .div(tensor([-0]))
        .item(),
    ).toBeNaN();
    expect(
      tensor([1])
        .div(tensor([-0]))
        .item(),
    ).toBe(-Infinity);
    expect(tensor([-0]).add(-0).item()).toBe(-0);
    expect(tensor([-0]).add(0).item()).toBe(0);
    expect(tensor([0]).mul(-1).item()).toBe(-0);
  });

  it("refuse numbers that the dtype cannot hold", () => {
    expect(() => tensor([1], { dtype: "int32" }).add(0.5)).toThrow(
      expect.objectContaining({
        name: "DTypeError",
        message:
          '[add] the number 0.5 does not fit a tensor of int32, and a number never raises a tensor\'s dtype. Cast the tensor first, for example with cast("float32").',
      }),
    );
    expect(() => tensor([1], { dtype: "uint8" }).mul(300)).toThrow(
      expect.objectContaining({
        message:
          '[mul] the number 300 does not fit a tensor of uint8, and a number never raises a tensor\'s dtype. Cast the tensor first, for example with cast("int32").',
      }),
    );
    expect(() => tensor([1], { dtype: "uint8" }).mul(2.5)).toThrow(
      expect.objectContaining({
        message:
          '[mul] the number 2.5 does not fit a tensor of uint8, and a number never raises a tensor\'s dtype. Cast the tensor first, for example with cast("float32").',
      }),
    );
  });

  it("refuse arithmetic of two bools", () => {
    expect(() => tensor([true]).add(tensor([true]))).toThrow(
      expect.objectContaining({
        name: "DTypeError",
        message:
          '[add] both operands are bool. Use and, or, xor or not for logic, or cast one of them, for example with cast("int32").',
      }),
    );
  });

  it("refuse shapes that do not broadcast, with the axis", () => {
    expect(() => (zeros([2, 3]) as Tensor).add(zeros([2, 4]) as Tensor)).toThrow(
      expect.objectContaining({
        name: "ShapeMismatchError",
        shapes: [
          [2, 3],
          [2, 4],
        ],
        message:
          "[add] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [2, 4] (axis 1 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
      }),
    );
    expect(() => (zeros([0]) as Tensor).less(zeros([2]) as Tensor)).toThrow("[less] shapes do not broadcast");
    for (const op of ["greater", "greaterEqual"] as const) {
      expect(() => (zeros([2, 3]) as Tensor)[op](zeros([4]) as Tensor)).toThrow(
        `[${op}] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4).`,
      );
    }
  });
});

describe("logic", () => {
  const truth = [
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ] as const;

  it.each([
    ["and", [false, false, false, true]],
    ["or", [false, true, true, true]],
    ["xor", [false, true, true, false]],
  ] as const)("%s has its truth table, for truths and for numbers", (op, expected) => {
    const a = tensor(truth.map(([left]) => left));
    const b = tensor(truth.map(([, right]) => right));
    expect(a[op](b).toArray()).toEqual(expected);
    const numbers = a.cast("float64").mul(-2.5)[op](b.cast("int32").mul(7));
    expect(numbers.toArray()).toEqual(expected);
    expect(numbers.dtype).toBe("bool");
  });

  it("broadcasts", () => {
    expect(
      tensor([[true], [false]])
        .and(tensor([true, false]))
        .toArray(),
    ).toEqual([
      [true, false],
      [false, false],
    ]);
  });

  it("counts NaN as true", () => {
    expect(
      tensor([Number.NaN])
        .and(tensor([1]))
        .toArray(),
    ).toEqual([true]);
  });
});

describe("shiftRight", () => {
  it("brings in zeros from the left", () => {
    const x = tensor([-1, -2147483648, 256], { dtype: "int32" });
    expect(x.shiftRight(8).toArray()).toEqual([0xffffff, 0x800000, 1]);
    expect(x.shiftRight(0).toArray()).toEqual([-1, -2147483648, 256]);
    expect(x.shiftRight(31).toArray()).toEqual([1, 1, 0]);
  });

  it("refuses other dtypes and counts", () => {
    expect(() => shiftRight(tensor([1]), 2)).toThrow(
      expect.objectContaining({
        message: '[shiftRight] a is float32. Shifts take int32; use cast("int32").',
      }),
    );
    for (const bits of [-1, 32, 1.5]) {
      expect(() => tensor([1], { dtype: "int32" }).shiftRight(bits)).toThrow(
        expect.objectContaining({
          name: "ArgumentError",
          message: `[shiftRight] bits is ${bits}. Give a whole number from 0 to 31.`,
        }),
      );
    }
  });
});

describe("where", () => {
  it("picks as a loop over indices does, in any layout", () => {
    const triple = broadcasting(3, 3).chain(({ shape, parts: [p = [], q = [], r = []] }) =>
      fc
        .tuple(fc.constantFrom(...dtypes), fc.constantFrom(...dtypes))
        .chain(([d, e]) =>
          fc.tuple(
            fc.constant(shape),
            sampleOf(p, "bool"),
            sampleOf(q, d, smallNumber),
            sampleOf(r, e, smallNumber),
          ),
        ),
    );
    fc.assert(
      fc.property(triple, ([shape, condition, a, b]) => {
        const result = where(condition.x, a.x, b.x);
        expect([result.shape, result.dtype]).toEqual([shape, promote(a.x.dtype, b.x.dtype)]);
        const picked = (index: readonly number[]): Sample => (valueAt(condition, index) !== 0 ? a : b);
        expect(numbersOf(result)).toEqual(indicesOf(shape).map((index) => valueAt(picked(index), index)));
      }),
      { seed: 13, numRuns: 100 },
    );
  });

  it("keeps the bits of what it picks", () => {
    const picked = where(tensor([true, false, true]), tensor([-0, 1, Number.NaN]), tensor([5, -0, 5]));
    expect(picked.toArray()).toEqual([-0, -0, Number.NaN]);
  });

  it("takes numbers, in the dtype of the other branch", () => {
    const condition = tensor([true, false]);
    expect(where(condition, 1, tensor([5, 6], { dtype: "int32" })).toArray()).toEqual([1, 6]);
    expect(where(condition, tensor([5, 6], { dtype: "uint8" }), 0).dtype).toBe("uint8");
    expect(where(condition, 1, 0).dtype).toBe("float32");
    expect(where(tensor([2, 0]), 1, 0).toArray()).toEqual([1, 0]);
    expect(() => where(condition, tensor([1], { dtype: "int32" }), 0.5)).toThrow(
      "[where] the number 0.5 does not fit",
    );
  });

  it("refuses shapes that do not broadcast", () => {
    expect(() => where(tensor([true, false]), zeros([3]), zeros([3]))).toThrow(
      expect.objectContaining({
        message:
          "[where] shapes do not broadcast: a is [2] (axis 0 = 2), b is [3] (axis 0 = 3). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
      }),
    );
  });
});

describe("relu", () => {
  it.each(["float32", "float64"] as const)(
    "keeps NaN of either sign and is 0 below 0, −∞ and −0 (%s)",
    (dtype) => {
      const minusNaN = fromTypedArray(new Float32Array(new Int32Array([-1]).buffer)).cast(dtype);
      const numbers = [
        Number.NEGATIVE_INFINITY,
        -1e-45,
        -0,
        0,
        1e-45,
        2,
        Number.POSITIVE_INFINITY,
        Number.NaN,
      ];
      const x = concat([tensor(numbers, { dtype }) as Tensor, minusNaN]);
      const expected = [0, 0, 0, 0, Math.fround(1e-45), 2, Number.POSITIVE_INFINITY, Number.NaN, Number.NaN];
      if (dtype === "float64") expected[4] = 1e-45;
      expect(x.relu().toArray()).toEqual(expected);
      expect(x.flip().relu().toArray()).toEqual(expected.toReversed());
    },
  );

  it("takes integers, and refuses bools", () => {
    expect(tensor([-3, 0, 4], { dtype: "int32" }).relu().toArray()).toEqual([0, 0, 4]);
    expect(() => tensor([true]).relu()).toThrow(
      '[relu] x is bool. Cast it first, for example with cast("int32").',
    );
  });
});

describe("division of integers", () => {
  it("is true division, rounded to float32 once", () => {
    const quotient = tensor([16777217, -7, 5], { dtype: "int32" }).div(3);
    expect(quotient.dtype).toBe("float32");
    expect(quotient.toArray()).toEqual([16777217 / 3, -7 / 3, 5 / 3].map(Math.fround));
    expect(
      tensor(new Uint8Array([255, 51]))
        .div(255)
        .toArray(),
    ).toEqual([1, Math.fround(0.2)]);
    expect(
      tensor(new Uint8Array([1]))
        .div(2.5)
        .toArray(),
    ).toEqual([Math.fround(0.4)]);
    expect(
      tensor(new Uint8Array([1]))
        .div(300)
        .toArray(),
    ).toEqual([Math.fround(1 / 300)]);
  });
});
