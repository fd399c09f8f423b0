import { type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { messageOf } from "../../test/describe-op.ts";
import {
  AnomalyError,
  add,
  checkpoint,
  detectAnomaly,
  div,
  grad,
  log,
  mul,
  softmax,
  sqrt,
  sub,
  sum,
  type Value,
  type Variable,
  variable,
  vmap,
  where,
} from "../index.ts";
import { sourceLine } from "./source-line.ts";

/** The anomaly that `body` runs into. */
function anomalyOf(body: () => unknown, options?: { infinities: boolean }): AnomalyError {
  try {
    detectAnomaly(body, options);
  } catch (error) {
    if (error instanceof AnomalyError) return error;
    throw error;
  }
  return expect.fail("no anomaly was found");
}

/** The line of this file that the next call is written on. */
function lineHere(offset: number): string {
  const frame = /detect-anomaly\.test\.ts:(\d+):/.exec((new Error().stack ?? "").split("\n")[2] ?? "");
  return `detect-anomaly.test.ts:${Number(frame?.[1]) + offset}:`;
}

describe("18. detectAnomaly", () => {
  it("finds the user's line below many frames of the packages' own", () => {
    const nest = (layers: number): Variable =>
      layers === 0 ? (log(variable([-1])) as Variable) : checkpoint(() => nest(layers - 1))();
    expect(anomalyOf(() => nest(8)).place).toContain("detect-anomaly.test.ts:");
  });

  it("gives what the body gives where all is well", () => {
    expect(detectAnomaly(() => sum(sqrt(tensor([1, 4]))).item())).toBe(3);
  });

  it("names the op whose forward made the first NaN, the user's line and the inputs", () => {
    const x = variable([-1, 1, 3]);
    const line = lineHere(1);
    const found = anomalyOf(() => mul(sum(log(x)), 2));
    expect(found.place).toContain(line);
    expect([found.op, found.phase, found.output.nan]).toEqual(["log", "forward", 1]);
    expect(found.inputs).toEqual([
      { shape: [3], dtype: "float32", min: -1, max: 3, mean: 1, nan: 0, infinite: 0, size: 3 },
    ]);
    expect(found.message).toBe(
      `[log] its forward made 1 NaN among 3 numbers. It was applied at ${found.place}. Input 0 is [3] float32: min -1, max 3, mean 1, 0 NaN, 0 infinite. Look for a logarithm or root of what is not positive, a division by 0, or an overflow.`,
    );
  });

  it("names the op whose VJP made it, at the line of its forward", () => {
    const x = variable([0, 4]);
    const line = lineHere(2);
    const found = anomalyOf(() => {
      const y = mul(sqrt(x), 3);
      (sum(y) as Variable).backward();
    });
    expect(found.place).toContain(line);
    expect([found.op, found.phase]).toEqual(["sqrt", "backward"]);
    expect(found.message).toContain(
      "[sqrt] its VJP for input 0, x̄ = g / 2y, made 1 infinity among 2 numbers. It was applied at",
    );
    expect(found.message).toContain("Input 0 is [2] float32: min 0, max 4, mean 2, 0 NaN, 0 infinite.");
  });

  it("finds the NaN of 0·∞ behind where, in the rule that made it", () => {
    const x = variable([0, 4]);
    const found = anomalyOf(() => grad(sum(where(tensor([false, true]), sqrt(x), 0)) as Variable, [x]), {
      infinities: false,
    });
    expect([found.op, found.phase, found.output.nan]).toEqual(["sqrt", "backward", 1]);
  });

  it("tells an infinity only where none went in, and none at all without infinities", () => {
    const masked = tensor([1, Number.NEGATIVE_INFINITY]) as Tensor;
    expect(detectAnomaly(() => softmax(add(masked, 1)).toArray())).toEqual([1, 0]);
    expect(anomalyOf(() => div(1, tensor([0]))).message).toContain(
      "[div] its forward made 1 infinity among 1 number.",
    );
    expect(detectAnomaly(() => div(1, tensor([0])).toArray(), { infinities: false })).toEqual([
      Number.POSITIVE_INFINITY,
    ]);
    expect(anomalyOf(() => sub(masked, masked)).output.nan).toBe(1);
  });

  it("looks at all examples inside vmap, and at derivatives of derivatives", () => {
    const rows = tensor([
      [1, 2],
      [3, -4],
    ]) as Tensor;
    expect(anomalyOf(() => vmap((x: Value) => log(x))(rows)).output).toMatchObject({ nan: 1, size: 4 });
    const slope = (x: Value): Value => sum(grad((y: Value) => sum(mul(y, sqrt(y))))(x) as Variable);
    expect(anomalyOf(() => grad(slope)(tensor([0, 1])))).toMatchObject({ phase: "backward" });
  });

  it("leaves nothing behind after it has thrown", () => {
    const x = variable([0, 4]);
    anomalyOf(() => (sum(sqrt(x)) as Variable).backward());
    expect((grad(sum(sqrt(x)) as Variable, [x])[0] as Variable).toArray()).toEqual([
      Number.POSITIVE_INFINITY,
      0.25,
    ]);
  });

  it("refuses unknown options", () => {
    expect(messageOf(() => detectAnomaly(() => 1, { nan: true } as never))).toBe(
      '[detectAnomaly] unknown option "nan". Known options: infinities.',
    );
  });
});

describe("the user's line in a stack", () => {
  const stack = (...frames: string[]): string => ["Error: here", ...frames].join("\n");

  it("is the first frame outside the packages' sources", () => {
    const own = "file:///work/packages/autograd/src/transforms/source-line.ts";
    const text = stack(
      "    at apply (file:///work/packages/autograd/src/apply.ts:44:20)",
      "    at Linear.forward (file:///work/packages/nn/src/modules/linear.ts:9:2)",
      "    at step (file:///work/examples/train.ts:12:7)",
      "    at file:///work/examples/main.ts:3:1",
    );
    expect(sourceLine(text, own)).toBe("file:///work/examples/train.ts:12:7");
  });

  it("takes a test beside a source for a user, and a loader's plain paths as they are", () => {
    const own = "file:///work/packages/autograd/src/transforms/source-line.ts";
    const test = stack(
      "    at apply (/work/packages/autograd/src/apply.ts:44:20)",
      "    at /work/packages/nn/src/a.test.ts:5:1",
    );
    expect(sourceLine(test, own)).toBe("/work/packages/nn/src/a.test.ts:5:1");
  });

  it("is the first frame outside the builds, in a checkout and installed", () => {
    const dist = stack(
      "    at apply (file:///work/packages/autograd/dist/apply.js:44:20)",
      "    at file:///work/packages/tensor/dist/index.js:1:1",
      "    at train (file:///work/packages/app/src/train.js:5:1)",
    );
    expect(sourceLine(dist, "file:///work/packages/autograd/dist/transforms/source-line.js")).toBe(
      "file:///work/packages/app/src/train.js:5:1",
    );
    const installed = stack(
      "    at apply (file:///app/node_modules/.pnpm/x/node_modules/@adjoint/autograd/dist/apply.js:4:2)",
      "    at file:///app/node_modules/@adjoint/nn/dist/index.js:1:1",
      "    at async file:///app/train.js:5:1",
    );
    const own =
      "file:///app/node_modules/.pnpm/x/node_modules/@adjoint/autograd/dist/transforms/source-line.js";
    expect(sourceLine(installed, own)).toBe("file:///app/train.js:5:1");
    // A program among the packages may count as a user.
    const nn = "file:///app/node_modules/@adjoint/nn/dist/index.js:1:1";
    expect(sourceLine(installed, own, ["tensor", "autograd"])).toBe(nn);
  });

  it("reads other engines' frames, passes Node's own over, and is empty where there is nothing", () => {
    const own = "http://localhost/packages/autograd/dist/transforms/source-line.js";
    const firefox =
      "here\napply@http://localhost/packages/autograd/dist/apply.js:4:2\nstep@http://localhost/train.js:5:1";
    expect(sourceLine(firefox, own)).toBe("http://localhost/train.js:5:1");
    expect(sourceLine(stack("    at node:internal/process:1:1", "    at native"), own)).toBe("");
    expect(sourceLine(undefined, own)).toBe("");
  });
});
