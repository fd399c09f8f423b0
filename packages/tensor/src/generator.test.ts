import { describe, expect, it } from "vitest";
import streams from "../test/fixtures/streams.json" with { type: "json" };
import { Generator } from "./generator.ts";

/** Largest distance between the sample's distribution and `cdf` (Kolmogorov–Smirnov), in units of 1/√n. */
function ksDistance(sample: ArrayLike<number>, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).sort();
  const n = sorted.length;
  const gaps = sorted.map((x, i) => Math.max(Math.abs(cdf(x) - i / n), Math.abs(cdf(x) - (i + 1) / n)));
  return gaps.reduce((a, b) => Math.max(a, b)) * Math.sqrt(n);
}

/** Φ by its power series around 0, good to 1e-12 for |x| ≤ 6. */
function normalCdf(x: number): number {
  if (Math.abs(x) > 6) return x < 0 ? 0 : 1;
  let [sum, term] = [x, x];
  for (let k = 1; k < 200; k++) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

function moments(sample: ArrayLike<number>): { mean: number; variance: number } {
  const values = Array.from(sample);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, variance: values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length };
}

/** At this distance a true sample would be refused once in a million; the seeds are fixed, so none is. */
const ksBound = 2.7;

describe("Generator", () => {
  // Computed by an implementation of its own, in Python: see make_fixtures.py.
  it.each(streams.map((stream) => [stream.seed, stream] as const))(
    "gives the known stream of seed %i",
    (seed, stream) => {
      const fresh = (): Generator => new Generator(seed);
      expect(fresh().bits([8]).toArray()).toEqual(stream.bits);
      expect(fresh().uniform([8]).toArray()).toEqual(stream.uniform32);
      expect(fresh().uniform([8], { dtype: "float64" }).toArray()).toEqual(stream.uniform64);
      expect(fresh().integers(0, 10, [8]).toArray()).toEqual(stream.digits);
      expect(fresh().bernoulli(0.25, [8]).toArray()).toEqual(stream.coins);
      expect(fresh().permutation(8).toArray()).toEqual(stream.permutation);
      const normal = fresh().normal([8], { dtype: "float64" }).toTypedArray();
      for (const [i, expected] of stream.normal64.entries()) {
        expect(Math.abs((normal[i] ?? 0) - expected)).toBeLessThan(4e-15 * Math.max(1, Math.abs(expected)));
      }
      expect(fresh().normal([8]).toTypedArray()).toEqual(Float32Array.from(normal));
    },
  );

  it("gives the same bits of normal numbers on every machine", () => {
    const normal = new Generator(1).normal([4], { dtype: "float64" }).toArray();
    expect(normal).toEqual([1.2279075984429575, 1.251833419914889, 0.2165640697183999, 0.5570930647234338]);
  });

  it("goes on where it stopped, and begins again when its seed is set", () => {
    const generator = new Generator(5);
    const [first, second] = [generator.uniform([4]).toArray(), generator.uniform([4]).toArray()];
    expect(second).not.toEqual(first);
    generator.seed = 5;
    expect(generator.seed).toBe(5);
    expect([generator.uniform([4]).toArray(), generator.uniform([4]).toArray()]).toEqual([first, second]);
    generator.seed = 6;
    expect(generator.uniform([4]).toArray()).toEqual(new Generator(6).uniform([4]).toArray());
  });

  it("keeps both words of a large seed", () => {
    expect(new Generator(2 ** 53 - 1).state.toArray()).toEqual([-1, 2 ** 21 - 1, 0, 0, 0, 0]);
    expect(new Generator(2 ** 32).state.toArray()).toEqual([0, 1, 0, 0, 0, 0]);
  });

  it("restores a stream from a copy of its state", () => {
    const generator = new Generator(8);
    generator.bits([10]);
    const state = generator.state.copy();
    const expected = generator.normal([5]).toArray();
    generator.state.assign(state);
    expect(generator.normal([5]).toArray()).toEqual(expected);
  });

  it("notes the write to its state at each draw", () => {
    const generator = new Generator(8);
    const before = generator.state.storage.version;
    generator.uniform([1]);
    expect(generator.state.storage.version).toBe(before + 1);
    expect(generator.state.storage.writer).toBe("randomBits");
  });

  it.each([[[]], [[0]], [[3, 0, 2]], [[2, 3]], [[1, 1, 5]]])(
    "draws the shape %j in every distribution",
    (shape) => {
      const generator = new Generator(1);
      const drawn = [
        generator.bits(shape),
        generator.uniform(shape),
        generator.uniform(shape, { dtype: "float64", low: -1 }),
        generator.normal(shape, { mean: 3 }),
        generator.integers(3, 5, shape),
        generator.bernoulli(0.5, shape),
      ];
      expect(drawn.map((x) => x.shape)).toEqual(drawn.map(() => shape));
      expect(drawn.map((x) => x.dtype)).toEqual(["int32", "float32", "float64", "float32", "int32", "bool"]);
    },
  );
});

describe("fork", () => {
  it("gives a stream that has no number in common with its parent's, and no seed", () => {
    const parent = new Generator(4);
    const child = parent.fork();
    expect(child.seed).toBe(null);
    const words = [...parent.bits([5000]).toTypedArray(), ...child.bits([5000]).toTypedArray()];
    // Of 10,000 random words about 0.01 pairs are equal.
    expect(new Set(words).size).toBe(words.length);
  });

  it("is not moved by its parent's draws, nor moves them", () => {
    const [quiet, busy] = [new Generator(4), new Generator(4)];
    const [a, b] = [quiet.fork(), busy.fork()];
    busy.bits([100]);
    expect(a.bits([9]).toArray()).toEqual(b.bits([9]).toArray());
    expect(quiet.bits([100]).toArray()).not.toEqual(busy.bits([100]).toArray());
    expect(new Generator(4).fork().state.toArray()).not.toEqual(busy.fork().state.toArray());
  });

  it("is uncorrelated with its parent and with its twin", () => {
    const parent = new Generator(9);
    const [one, two] = [parent.fork(), parent.fork()];
    const streams = [parent, one, two].map((generator) => generator.normal([20000], { dtype: "float64" }));
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const correlation = streams[i]
        ?.mul(streams[j] ?? 0)
        .mean()
        .item();
      // The standard deviation of the sample correlation is 1/√20000 = 0.007.
      expect(Math.abs(correlation ?? 1)).toBeLessThan(0.03);
    }
  });
});

describe("uniform", () => {
  it.each(["float32", "float64"] as const)("is uniform on [0, 1) in %s", (dtype) => {
    const sample = new Generator(11).uniform([20000], { dtype }).toTypedArray();
    const { mean, variance } = moments(sample);
    expect(mean).toBeCloseTo(1 / 2, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
    expect(ksDistance(sample, (x) => x)).toBeLessThan(ksBound);
    expect(Math.min(...sample)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...sample)).toBeLessThan(1);
  });

  it("is uniform on [low, high)", () => {
    const sample = new Generator(12).uniform([20000], { low: -3, high: 5 }).toTypedArray();
    expect(ksDistance(sample, (x) => (x + 3) / 8)).toBeLessThan(ksBound);
  });

  it.each([
    ["float32", 1, 1 + 2 ** -23],
    ["float32", -1 - 2 ** -23, -1],
    ["float32", 1e7, 1e7 + 1],
    ["float32", -(2 ** -149), 0],
    ["float32", 16777215, 16777216],
    ["float64", 1, 1 + 2 ** -52],
    ["float64", -1 - 2 ** -52, -1],
    ["float64", 2 ** 53 - 1, 2 ** 53],
    ["float64", -Number.MIN_VALUE, 0],
  ] as const)("never reaches high in %s on [%d, %d), where rounding would", (dtype, low, high) => {
    const sample = new Generator(13).uniform([2000], { low, high, dtype }).toTypedArray();
    expect(Math.min(...sample)).toBe(low);
    expect(Math.max(...sample)).toBeLessThan(high);
  });

  it("gives low where low and high are equal", () => {
    expect(new Generator(1).uniform([3], { low: 2, high: 2 }).toArray()).toEqual([2, 2, 2]);
  });
});

describe("normal", () => {
  it.each(["float32", "float64"] as const)("is normal in %s", (dtype) => {
    const sample = new Generator(21).normal([20000], { dtype }).toTypedArray();
    const { mean, variance } = moments(sample);
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    expect(ksDistance(sample, normalCdf)).toBeLessThan(ksBound);
  });

  it("has the mean and standard deviation that are asked for", () => {
    const sample = new Generator(22).normal([20000], { mean: -4, std: 0.5 }).toTypedArray();
    expect(ksDistance(sample, (x) => normalCdf((x + 4) / 0.5))).toBeLessThan(ksBound);
  });

  it("gives the mean where std is 0", () => {
    expect(new Generator(1).normal([2], { mean: 7, std: 0 }).toArray()).toEqual([7, 7]);
  });

  it("stays finite at the ends of its bits", () => {
    const generator = new Generator(1);
    const least = 0.5 * 2 ** -52;
    const most = (2 ** 52 - 1 + 0.5) * 2 ** -52;
    expect(most).toBeLessThan(1);
    expect(1 - most).toBe(least);
    expect(generator.normal([100000]).isfinite().cast("int32").sum().item()).toBe(100000);
  });
});

describe("integers", () => {
  it("fills [low, high) evenly", () => {
    const sample = new Generator(31).integers(-3, 4, [14000]).toTypedArray();
    const counts = Array.from({ length: 7 }, (_, i) => sample.filter((x) => x === i - 3).length);
    // Each count is 2000 ± 41; chi-squared with 6 degrees of freedom exceeds 35 four times in a million.
    const chiSquared = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(counts.reduce((a, b) => a + b)).toBe(14000);
    expect(chiSquared).toBeLessThan(35);
  });

  it("covers all of int32", () => {
    const sample = new Generator(32).integers(-(2 ** 31), 2 ** 31, [20000]).toTypedArray();
    expect(ksDistance(sample, (x) => (x + 2 ** 31) / 2 ** 32)).toBeLessThan(ksBound);
  });

  it("gives the only number of an interval of one", () => {
    expect(new Generator(1).integers(2 ** 31 - 1, 2 ** 31, [2]).toArray()).toEqual([
      2 ** 31 - 1,
      2 ** 31 - 1,
    ]);
  });
});

describe("bernoulli", () => {
  it.each([0.1, 0.5, 0.9])("is true with probability %d", (p) => {
    const share = new Generator(41).bernoulli(p, [40000]).cast("float32").mean().item();
    expect(Math.abs(share - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / 40000));
  });

  it("is never true at 0 and always at 1", () => {
    const generator = new Generator(42);
    expect(generator.bernoulli(0, [1000]).cast("int32").sum().item()).toBe(0);
    expect(generator.bernoulli(1, [1000]).cast("int32").sum().item()).toBe(1000);
  });
});

describe("permutation", () => {
  it.each([0, 1, 2, 1000])("of %i holds each number once", (n) => {
    const order = new Generator(51).permutation(n);
    expect([order.dtype, order.shape]).toEqual(["int32", [n]]);
    expect([...order.toTypedArray()].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
  });

  it("takes every order of four equally often", () => {
    const generator = new Generator(52);
    const counts = new Map<string, number>();
    for (let i = 0; i < 4800; i++) {
      const order = String(generator.permutation(4).toTypedArray());
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // Chi-squared with 23 degrees of freedom exceeds 70 once in a million.
    expect([...counts.values()].reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0)).toBeLessThan(70);
  });
});

describe("errors", () => {
  const generator = new Generator(1);
  const seedMessage = (seed: unknown): string =>
    `[Generator] seed is ${seed}. Give a whole number from 0 to 2^53 - 1.`;

  it.each([-1, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])("refuses the seed %d", (seed) => {
    const expected = expect.objectContaining({
      name: "ArgumentError",
      argument: "seed",
      message: seedMessage(seed),
    });
    expect(() => new Generator(seed)).toThrow(expected);
    expect(() => {
      generator.seed = seed;
    }).toThrow(expected);
    expect(generator.seed).toBe(1);
  });

  it.each([
    [
      "uniform",
      () => generator.uniform([2], { low: 1, high: 0 }),
      "[uniform] low is 1, high is 0. Give finite bounds, low not above high.",
    ],
    [
      "uniform",
      () => generator.uniform([2], { high: 1e39 }),
      "[uniform] low is 0, high is 1e+39. Give finite bounds, low not above high.",
    ],
    [
      "uniform",
      () => generator.uniform([2], { low: Number.NaN }),
      "[uniform] low is NaN, high is 1. Give finite bounds, low not above high.",
    ],
    [
      "normal",
      () => generator.normal([2], { std: -1 }),
      "[normal] mean is 0, std is -1. Give a finite mean and a finite std of at least 0.",
    ],
    [
      "normal",
      () => generator.normal([2], { mean: Number.NaN }),
      "[normal] mean is NaN, std is 1. Give a finite mean and a finite std of at least 0.",
    ],
    [
      "integers",
      () => generator.integers(3, 3, [2]),
      "[integers] low is 3, high is 3. Give whole numbers from -2^31 to 2^31, low below high; high itself does not come.",
    ],
    [
      "integers",
      () => generator.integers(0, 2.5, [2]),
      "[integers] low is 0, high is 2.5. Give whole numbers from -2^31 to 2^31, low below high; high itself does not come.",
    ],
    [
      "integers",
      () => generator.integers(0, 2 ** 31 + 1, [2]),
      "[integers] low is 0, high is 2147483649. Give whole numbers from -2^31 to 2^31, low below high; high itself does not come.",
    ],
    [
      "bernoulli",
      () => generator.bernoulli(1.5, [2]),
      "[bernoulli] p is 1.5. Give a probability from 0 to 1.",
    ],
    [
      "bernoulli",
      () => generator.bernoulli(Number.NaN, [2]),
      "[bernoulli] p is NaN. Give a probability from 0 to 1.",
    ],
    [
      "permutation",
      () => generator.permutation(-1),
      "[permutation] n is -1. Give a whole number from 0 to 2^31 - 1.",
    ],
    [
      "bits",
      () => generator.bits([-1]),
      "[bits] shape [-1] has axis 0 = -1. Every axis must be a whole number of at least 0.",
    ],
  ])("%s says what is wrong", (op, draw, message) => {
    expect(draw).toThrow(expect.objectContaining({ op, message }));
  });

  it("refuses other dtypes and unknown options", () => {
    const dtype = { dtype: "int32" } as object;
    expect(() => generator.uniform([2], dtype)).toThrow(
      expect.objectContaining({
        name: "DTypeError",
        message: "[uniform] dtype is int32. Give float32 or float64; integers makes whole numbers.",
      }),
    );
    expect(() => generator.normal([2], { sigma: 2 } as object)).toThrow(
      expect.objectContaining({
        message: '[normal] unknown option "sigma". Known options: mean, std, dtype.',
      }),
    );
  });
});
