/** Laws of the transforms, on random programs. */
import { stack as stackTensors, type Tensor } from "@adjoint/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tensorOf } from "../src/apply.ts";
import {
  add,
  checkpoint,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  mul,
  sum,
  type Value,
  Variable,
  vjp,
  vmap,
} from "../src/index.ts";
import { anyProgram, anyTensor } from "./random-programs.ts";

const runs = { numRuns: 60, seed: 3 };
const one = anyTensor([2, 3]);
const batch = anyTensor([4, 2, 3]);

/** Asserts that two tensors agree up to the rounding of sums. */
function expectClose(actual: Value, expected: Value, tolerance = 1e-11): void {
  expect(actual.shape).toEqual(expected.shape);
  const [a, b] = [tensorOf(actual).toTypedArray(), tensorOf(expected).toTypedArray()];
  for (const [i, y] of b.entries()) {
    const gap = Math.abs((a[i] ?? Number.NaN) - y);
    if (!(gap <= tolerance * Math.max(1, Math.abs(y))))
      expect.fail(`element ${i}: ${a[i]}, expected ${y}, gap ${gap}`);
  }
}

const tracked = { requiresGrad: true };
const dot = (a: Value, b: Value): number => (tensorOf(a).mul(tensorOf(b)) as Tensor).sum().item();
const rows = (x: Tensor): Tensor[] => Array.from({ length: x.shape[0] ?? 0 }, (_, i) => x.slice(i));

describe("vmap", () => {
  it("is a loop", () => {
    fc.assert(
      fc.property(anyProgram(), batch, one, ({ run }, xs, w) => {
        const expected = stackTensors(rows(xs).map((x) => tensorOf(run(x, w))));
        expectClose(vmap(run, { inAxes: [0, null] })(xs, w), expected);
      }),
      runs,
    );
  });

  it("of grad gives each example's gradient of what it shares with the others, and grad of vmap their sum", () => {
    fc.assert(
      fc.property(anyProgram(), batch, one, ({ run }, xs, w) => {
        const loss = (x: Value, w: Value): Value => sum(run(x, w));
        const gradient = grad(loss, { argnums: 1 }) as (x: Value, w: Value) => Variable;
        const each = stackTensors(rows(xs).map((x) => tensorOf(gradient(x, w)))) as Tensor;
        expectClose(vmap(gradient, { inAxes: [0, null] })(xs, w), each);
        const total = (w: Value): Value => sum(vmap(loss, { inAxes: [0, null] })(xs, w));
        expectClose((grad(total) as (w: Value) => Variable)(w), each.sum(0));
      }),
      runs,
    );
  });

  it("of vmap is two loops", () => {
    fc.assert(
      fc.property(anyProgram(), batch, anyTensor([2, 2, 3]), ({ run }, xs, ws) => {
        const table = vmap((x: Tensor) => vmap((w: Tensor) => tensorOf(run(x, w)))(ws))(xs);
        const expected = rows(xs).map((x) => stackTensors(rows(ws).map((w) => tensorOf(run(x, w)))));
        expectClose(table, stackTensors(expected as Tensor[]));
      }),
      { ...runs, numRuns: 30 },
    );
  });

  it("of grad of vmap of vmap sums over the inner two, and keeps the outer one's examples apart", () => {
    fc.assert(
      fc.property(anyProgram(4), batch, anyTensor([2, 2, 3]), anyTensor([3, 2, 3]), ({ run }, xs, ys, ws) => {
        const loss = (w: Value): Value =>
          sum(vmap((x: Value) => vmap((y: Value) => sum(run(mul(x, y), w)))(ys))(xs));
        const looped = (w: Value): Value =>
          rows(xs)
            .flatMap((x) => rows(ys).map((y) => sum(run(mul(x, y), w))))
            .reduce((total, each) => add(total, each));
        const gradients = vmap(grad(loss) as (w: Value) => Variable)(ws);
        const expected = rows(ws).map((w) => (grad(looped) as (w: Value) => Variable)(w).value);
        expectClose(gradients, stackTensors(expected) as Tensor);
      }),
      { ...runs, numRuns: 30 },
    );
  });

  it("of hessian and hessian of vmap", () => {
    fc.assert(
      fc.property(anyProgram(4), anyTensor([2, 2, 3]), one, ({ run }, xs, w) => {
        const second = hessian((w: Value, x: Value) => sum(run(x, w))) as (w: Value, x: Value) => Variable;
        const each = stackTensors(rows(xs).map((x) => tensorOf(second(w, x)))) as Tensor;
        expectClose(vmap(second, { inAxes: [null, 0] })(w, xs), each, 1e-9);
        const total = (w: Value): Value => sum(vmap((x: Value) => sum(run(x, w)))(xs));
        expectClose((hessian(total) as (w: Value) => Variable)(w), each.sum(0), 1e-9);
      }),
      { ...runs, numRuns: 20 },
    );
  });
});

describe("derivatives", () => {
  it("⟨u, Jv⟩ = ⟨Jᵀu, v⟩", () => {
    fc.assert(
      fc.property(anyProgram(), one, one, one, one, one, ({ run }, x, w, u, v, t) => {
        const [, pushed] = jvp(run, [x, w], [v, t]);
        const [, pullback] = vjp(run, x, w);
        const [ux, uw] = pullback(u);
        const forward = dot(u, pushed);
        expect(Math.abs(forward - (dot(ux, v) + dot(uw, t)))).toBeLessThan(
          1e-11 * Math.max(1, Math.abs(forward)),
        );
      }),
      runs,
    );
  });

  it("jvp meets the difference quotient", () => {
    fc.assert(
      fc.property(anyProgram(4), one, one, one, ({ run }, x, w, v) => {
        const f = (x: Value): Value => run(x, w);
        const [value, pushed] = jvp(f, [x], [v]);
        expectClose(value, f(x), 0);
        const at = (step: number): Tensor => tensorOf(f(x.add(v.mul(step)) as Tensor));
        expectClose(pushed, at(1e-6).sub(at(-1e-6)).div(2e-6) as Tensor, 1e-5);
      }),
      // The extremum ops have kinks; a step of 1e-6 crosses none where elements are 1/64 apart, but sums may tie.
      { ...runs, numRuns: 40 },
    );
  });

  it("the Jacobian is the same forward and in reverse, and its rows are pullbacks", () => {
    fc.assert(
      fc.property(anyProgram(5), one, one, ({ run }, x, w) => {
        const reverse = jacobian(run, { argnums: [0, 1] })(x, w) as Variable[];
        const forward = jacobian(run, { argnums: [0, 1], mode: "forward" })(x, w) as Variable[];
        for (const i of [0, 1]) expectClose(forward[i] as Variable, reverse[i] as Variable);
        const [, pullback] = vjp(run, x, w);
        const unit = x.mul(0).add(0).copy() as Tensor;
        unit.slice(1, 2).assign(1);
        expectClose((reverse[0] as Variable).value.slice(1, 2), pullback(unit)[0]);
      }),
      runs,
    );
  });

  it("the Hessian is symmetric, meets differences of gradients, and times a vector is hvp", () => {
    fc.assert(
      fc.property(anyProgram(4), one, one, one, ({ run }, x, w, v) => {
        const f = (x: Value): Value => sum(run(x, w));
        const h = tensorOf((hessian(f) as (x: Value) => Variable)(x)).reshape([6, 6]) as Tensor;
        expectClose(h.transpose(), h, 1e-10);
        const [product] = hvp(f, [x], [v]) as Variable[];
        expectClose(h.matmul(v.reshape([6])).reshape([2, 3]) as Tensor, product as Variable, 1e-10);
        const gradient = grad(f) as (x: Value) => Variable;
        const at = (step: number): Tensor => tensorOf(gradient(x.add(v.mul(step)) as Tensor));
        expectClose(product as Variable, at(1e-6).sub(at(-1e-6)).div(2e-6) as Tensor, 1e-4);
      }),
      { ...runs, numRuns: 30 },
    );
  });

  it("grad of grad is the derivative of the gradient", () => {
    fc.assert(
      fc.property(anyProgram(4), one, one, one, ({ run }, x, w, v) => {
        const f = (x: Value): Value => sum(run(x, w));
        const slope = (x: Value): Value => sum(mul((grad(f) as (x: Value) => Variable)(x), v));
        expectClose(
          (grad(slope) as (x: Value) => Variable)(x),
          (hvp(f, [x], [v]) as Variable[])[0] as Variable,
        );
      }),
      { ...runs, numRuns: 30 },
    );
  });

  it("a checkpoint changes no bit of value, gradient or second derivative", () => {
    fc.assert(
      fc.property(anyProgram(), one, one, ({ run }, x, w) => {
        const derivatives = (f: typeof run): Tensor[] => {
          const [a, b] = [new Variable(x, tracked), new Variable(w, tracked)];
          const y = sum(f(a, f(a, b))) as Variable;
          const first = grad(y, [a, b], { createGraph: true });
          const norm = sum(mul(first[0] as Variable, first[1] as Variable)) as Variable;
          return [y, ...first, ...grad(norm, [a, b])].map(tensorOf);
        };
        const [plain, saved] = [derivatives(run), derivatives(checkpoint(run))];
        for (const [i, tensor] of saved.entries()) {
          expect([...tensor.toTypedArray()]).toEqual([...(plain[i] as Tensor).toTypedArray()]);
        }
      }),
      runs,
    );
  });
});
