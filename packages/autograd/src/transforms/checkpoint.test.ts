import { Generator, type Storage, type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { expectClose, messageOf } from "../../test/describe-op.ts";
import {
  add,
  checkpoint,
  grad,
  jacobian,
  listen,
  matmul,
  mul,
  type Node,
  noGrad,
  relu,
  sum,
  tanh,
  type Value,
  Variable,
  variable,
  vmap,
} from "../index.ts";

const generator = new Generator(2);
const weights = Array.from({ length: 4 }, () => generator.normal([8, 8], { dtype: "float64" }) as Tensor);
const images = generator.normal([5, 8], { dtype: "float64" }) as Tensor;

/** A block of a net: five values of its own are made, four of which are saved. */
const block = (x: Value, w: Value): Value => tanh(mul(relu(matmul(x, w)), tanh(matmul(x, w))));

/** The bytes of all different storages that the nodes of y's graph hold now. */
function savedBytes(y: Variable): number {
  const storages = new Set<Storage>();
  const nodes = new Set<Node>(y.node === null ? [] : [y.node]);
  for (const node of nodes) {
    for (const saved of node.saved ?? []) if (saved !== undefined) storages.add(saved.storage);
    for (const edge of node.edges) if (edge !== null) nodes.add(edge);
  }
  return [...storages].reduce((total, { length }) => total + 8 * length, 0);
}

/** The four blocks one after the other, as `wrap` makes them. */
function deep(wrap: (f: typeof block) => typeof block): { loss: Variable; ws: Variable[]; x: Variable } {
  const ws = weights.map((w) => new Variable(w, { requiresGrad: true }));
  const x = new Variable(images, { requiresGrad: true });
  const y = ws.reduce<Value>((h, w) => wrap(block)(h, w), x);
  return { loss: sum(y) as Variable, ws, x };
}

const identity = (f: typeof block): typeof block => f;

describe("checkpoint", () => {
  it("saves what the blocks find, and nothing that they make", () => {
    const own = 8 * images.size + 4 * 8 * 64;
    const betweenBlocks = 3 * 8 * images.size;
    expect(savedBytes(deep(checkpoint).loss)).toBe(own + betweenBlocks);
    // Of each block: the outputs of relu and of both tanh, the last of which is the next one's input.
    expect(savedBytes(deep(identity).loss)).toBe(own + 4 * 3 * 8 * images.size);
  });

  it("gives the same gradients to the last bit, also of weights that the function closes over", () => {
    const [plain, saving] = [deep(identity), deep(checkpoint)];
    plain.loss.backward();
    saving.loss.backward();
    for (const [i, w] of saving.ws.entries()) expect(w.grad?.toArray()).toEqual(plain.ws[i]?.grad?.toArray());
    expect(saving.x.grad?.toArray()).toEqual(plain.x.grad?.toArray());
    const w = variable([2, 3]);
    (sum(checkpoint((x: Tensor) => tanh(mul(w, x)))(tensor([1, 2]))) as Variable).backward();
    const closed = w.grad;
    w.zeroGrad();
    (sum(tanh(mul(w, tensor([1, 2])))) as Variable).backward();
    expect(closed?.toArray()).toEqual(w.grad?.toArray());
  });

  it("computes one block again at a time, and frees it before the next", () => {
    const { loss } = deep(checkpoint);
    const held: number[] = [];
    const node = (reached: Node): void => {
      if (reached.op.name === "relu") held.push(savedBytes(loss));
    };
    listen({ node }, () => loss.backward({ retainGraph: false }));
    const whole = savedBytes(deep(identity).loss);
    expect(held.length).toBe(4);
    expect(Math.max(...held)).toBeLessThan(whole);
  });

  it("gives second derivatives, and with retainGraph a second pass", () => {
    const second = (wrap: typeof identity): unknown => {
      const { loss, ws } = deep(wrap);
      const first = grad(loss, ws, { createGraph: true });
      const norm = first.reduce<Value>(
        (total, g) => add(total, sum(mul(g, g))),
        tensor(0, { dtype: "float64" }),
      );
      return grad(norm as Variable, ws).map((g) => g.toArray());
    };
    expect(second(checkpoint)).toEqual(second(identity));
    const { loss, ws } = deep(checkpoint);
    const [once, again] = [grad(loss, ws, { retainGraph: true }), grad(loss, ws)];
    expect(again.map((g) => g.toArray())).toEqual(once.map((g) => g.toArray()));
  });

  it("draws the same random numbers again, and leaves the generator where it is", () => {
    const bits = new Generator(9);
    const dropout = (x: Value): Value => tanh(mul(x, bits.bernoulli(0.5, [5, 8]).cast("float64") as Tensor));
    const run = (f: typeof dropout): unknown[] => {
      bits.seed = 9;
      const x = new Variable(images, { requiresGrad: true });
      const y = sum(f(f(x))) as Variable;
      bits.bits([3]);
      const before = bits.state.toArray();
      y.backward();
      expect(bits.state.toArray()).toEqual(before);
      return [y.item(), x.grad?.toArray(), before];
    };
    expect(run(checkpoint(dropout))).toEqual(run(dropout));
  });

  it("repeats no write to what is outside", () => {
    const running = zeros([8], { dtype: "float64" });
    const normalise = (x: Value): Value => {
      const value = x instanceof Variable ? x.value : x;
      running.assign(running.mul(0.9).add(value.sum(0)) as Tensor);
      return tanh(mul(x, x));
    };
    const x = new Variable(images, { requiresGrad: true });
    const y = sum(checkpoint(normalise)(x)) as Variable;
    const [once, version] = [running.toArray(), running.storage.version];
    y.backward();
    expect([running.toArray(), running.storage.version]).toEqual([once, version]);
  });

  it("nests, and works inside vmap and around it", () => {
    const nested = (f: typeof block): typeof block => checkpoint((x, w) => checkpoint(f)(f(x, w), w));
    const twice =
      (f: typeof block): typeof block =>
      (x, w) =>
        f(f(x, w), w);
    const w = weights[0] as Tensor;
    const gradient = (f: typeof block): Value => grad((w: Value) => sum(f(images, w)))(w) as Variable;
    expectClose(
      (gradient(nested(block)) as Variable).value,
      (gradient(twice(block)) as Variable).toArray() as number[],
      0,
    );
    const inside = (w: Value): Value => sum(vmap((row: Value) => checkpoint(block)(row, w))(images));
    const around = (w: Value): Value =>
      sum(checkpoint((w: Value) => vmap((row: Value) => block(row, w))(images))(w));
    const plain = (grad((w: Value) => sum(block(images, w)))(w) as Variable).toArray() as number[];
    for (const f of [inside, around]) expectClose((grad(f)(w) as Variable).value, plain, 1e-13);
    const each = vmap((row: Tensor) => grad((w: Value) => sum(checkpoint(block)(row, w)))(w) as Variable)(
      images,
    );
    expectClose(each.value.sum(0) as Tensor, plain, 1e-13);
  });

  it("is computed again inside the vmap of a Jacobian", () => {
    const w = weights[0] as Tensor;
    const rows = (f: typeof block): unknown =>
      (jacobian((x: Value) => f(x, w))(images.slice(0)) as Variable).toArray();
    expect(rows(checkpoint(block))).toEqual(rows(block));
  });

  it("records nothing inside noGrad", () => {
    const y = noGrad(() =>
      checkpoint(block)(new Variable(images, { requiresGrad: true }), weights[0] as Tensor),
    );
    expect((y as Variable).requiresGrad).toBe(false);
  });

  it("refuses what was written in between", () => {
    const w = variable([1, 2]);
    const y = sum(checkpoint((x: Tensor) => tanh(add(w, x)))(tensor([1, 1]))) as Variable;
    noGrad(() => w.assign(5));
    expect(messageOf(() => y.backward())).toBe(
      '[checkpoint] a tensor of 2 elements that the function read at version 0 is at version 1: "assign" wrote to its storage since. Write after the backward pass, or without checkpoint.',
    );
  });

  it("refuses a function that does something else the second time", () => {
    let run = 0;
    const moody = (x: Value): Value => (run++ === 0 ? tanh(x) : relu(x));
    const y = sum(checkpoint(moody)(variable([1, 2]))) as Variable;
    expect(messageOf(() => y.backward())).toBe(
      '[checkpoint] the function did something else when it ran again: "relu" saved [2] where "tanh" had saved [2]. Give a function whose result follows from its arguments and from generators.',
    );
  });
});
