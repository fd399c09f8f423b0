/** Nothing holds the tape: drop the root and the graph goes. Checked by asking the collector outright, in this thread. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { exp, grad, listen, mul, noGrad, sum, tanh, Variable, variable } from "@adjoint/autograd";
import { zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** A turn of the event loop, at whose end references taken by deref() are dropped, and then a full collection. */
async function collectAll(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
}

/** What is still there of the targets. */
function alive(references: readonly WeakRef<object>[]): boolean[] {
  return references.map((reference) => reference.deref() !== undefined);
}

/** A leaf of a thousand numbers, so that what hangs on is worth freeing. */
function leaf(): Variable {
  return new Variable(zeros([1000]), { requiresGrad: true });
}

describe("the garbage collector", () => {
  it("takes the graph when its root is dropped, with no backward pass and no call", async () => {
    const x = leaf();
    const build = (): WeakRef<object>[] => {
      const h = exp(x);
      const y = sum(mul(h, h));
      return [new WeakRef(y), new WeakRef(h), new WeakRef(h.node as object), new WeakRef(h.value.storage)];
    };
    const references = build();
    await collectAll();
    expect(alive(references)).toEqual([false, false, false, false]);
    expect(x.requiresGrad).toBe(true);
  });

  it("takes what the nodes saved after the sweep, while the root is still held", async () => {
    const x = leaf();
    const build = (): { readonly y: Variable; readonly references: WeakRef<object>[] } => {
      const h = exp(x);
      const y = sum(tanh(h));
      return { y, references: [new WeakRef(h), new WeakRef(h.value.storage)] };
    };
    const { y, references } = build();
    await collectAll();
    // exp saved its output, so its storage is there; nobody holds the Variable.
    expect(alive(references)).toEqual([false, true]);
    y.backward();
    await collectAll();
    expect(alive(references)).toEqual([false, false]);
    expect(y.node).not.toBeNull();
  });

  it("takes intermediate gradients once they have been used", async () => {
    const x = leaf();
    const references: WeakRef<object>[] = [];
    const h = exp(x);
    h.hook((g) => void references.push(new WeakRef(g.value.storage)));
    sum(mul(h, 2)).backward();
    await collectAll();
    expect(alive(references)).toEqual([false]);
    expect(h.node).not.toBeNull();
  });

  it("takes the graph of a gradient with the gradient", async () => {
    const x = variable(2);
    const build = (): WeakRef<object>[] => {
      const y = mul(mul(x, x), x);
      const [g] = grad(y, [x], { createGraph: true });
      const [second] = grad(g as Variable, [x]);
      return [
        new WeakRef(y.node as object),
        new WeakRef((g as Variable).node as object),
        new WeakRef(second as object),
      ];
    };
    const references = build();
    await collectAll();
    expect(alive(references)).toEqual([false, false, false]);
    expect(x.grad).toBeNull();
  });

  it("takes inputs of what was computed inside noGrad, and of what was never tracked", async () => {
    const kept: Variable[] = [];
    const build = (): WeakRef<object>[] => {
      const x = leaf();
      kept.push(
        noGrad(() => exp(x)),
        mul(x.detach(), 2),
      );
      return [new WeakRef(x), new WeakRef(x.value.storage)];
    };
    const references = build();
    await collectAll();
    expect(alive(references)).toEqual([false, false]);
    expect(kept.length).toBe(2);
  });

  it("takes listeners and what hooks closed over once they are gone", async () => {
    const x = leaf();
    const build = (): WeakRef<object>[] => {
      const listener = { node: () => undefined };
      const big = zeros([1000]);
      const remove = x.hook(() => void big.size);
      listen(listener, () => sum(exp(x)).backward());
      remove();
      return [new WeakRef(listener), new WeakRef(big)];
    };
    const references = build();
    await collectAll();
    expect(alive(references)).toEqual([false, false]);
    expect(x.grad).not.toBeNull();
  });
});
