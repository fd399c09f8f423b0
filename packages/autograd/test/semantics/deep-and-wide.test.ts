/** Lines 14 and 17 of the semantics: graphs of 100,000 nodes, and the order in which nodes run. */
import {
  add,
  grad,
  type Listener,
  listen,
  mul,
  type Node,
  neg,
  sum,
  tanh,
  type Variable,
  variable,
} from "@adjoint/autograd";
import { tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";

const MANY = 100_000;

/** Counts what a sweep does. */
function counter(): { readonly counts: Record<"nodes" | "contributions" | "sums", number> } & Listener {
  const counts = { nodes: 0, contributions: 0, sums: 0 };
  return {
    counts,
    node: () => void counts.nodes++,
    contribution: () => void counts.contributions++,
    accumulated: () => void counts.sums++,
  };
}

describe("a chain", () => {
  it("14. of 100,000 nodes neither recurses nor overflows", () => {
    const x = variable(1, { dtype: "float64" });
    let y: Variable = x;
    for (let i = 0; i < MANY; i++) y = i % 2 === 0 ? mul(y, 2) : mul(y, 0.5);
    y.backward();
    expect([y.item(), x.grad?.item()]).toEqual([1, 1]);
  });

  it("14. its sweep does one thing for each node and edge", () => {
    const count = (length: number): Record<string, number> => {
      const x = variable(1);
      let y: Variable = x;
      for (let i = 0; i < length; i++) y = neg(y);
      const listener = counter();
      listen(listener, () => y.backward());
      return listener.counts;
    };
    expect(count(10)).toEqual({ nodes: 11, contributions: 10, sums: 11 });
    expect(count(MANY)).toEqual({ nodes: MANY + 1, contributions: MANY, sums: MANY + 1 });
  });

  it("14. may be differentiated twice", () => {
    const x = variable(0.5, { dtype: "float64" });
    let y: Variable = x;
    for (let i = 0; i < 5000; i++) y = tanh(y);
    const [g] = grad(y, [x], { createGraph: true });
    const [second] = grad(g as Variable, [x]);
    expect(second?.item()).toBeLessThan(0);
  });
});

describe("a fan", () => {
  it("14. of 100,000 uses of one leaf stays linear: one contribution a use, one buffer for the sum", () => {
    const x = variable([1, 2]);
    let y: Variable = mul(x, 1);
    for (let i = 1; i < MANY; i++) y = add(y, x);
    const listener = counter();
    listen(listener, () => y.backward({ gradient: tensor([1, 3]), retainGraph: true }));
    expect(listener.counts).toEqual({ nodes: MANY + 1, contributions: 2 * MANY - 1, sums: 2 * MANY });
    expect(x.grad?.toArray()).toEqual([MANY, 3 * MANY]);
    x.zeroGrad();
    y.backward({ gradient: tensor([1, 3]) });
    expect(x.grad?.toArray()).toEqual([MANY, 3 * MANY]);
  });

  it("14. a ladder, in which the number of paths doubles at every rung, costs two steps a rung", () => {
    const x = variable(1, { dtype: "float64" });
    let y: Variable = x;
    for (let i = 0; i < 1000; i++) y = add(y, y);
    const listener = counter();
    listen(listener, () => y.backward());
    expect(listener.counts).toEqual({ nodes: 1001, contributions: 2000, sums: 2001 });
    expect(x.grad?.item()).toBe(2 ** 1000);
  });
});

describe("the order of the sweep", () => {
  /** The nodes in the order in which the sweep of `root` comes by. */
  function visited(root: Variable): Node[] {
    const nodes: Node[] = [];
    listen({ node: (node) => void nodes.push(node) }, () => root.backward());
    return nodes;
  }

  it("17. each node once, after all its consumers", () => {
    const x = variable([0.1, 0.2]);
    const h = tanh(x);
    const y = sum(add(mul(h, x), mul(add(h, h), h)));
    const nodes = visited(y);
    expect(new Set(nodes).size).toBe(nodes.length);
    for (const [at, node] of nodes.entries()) {
      for (const edge of node.edges) if (edge !== null) expect(nodes.indexOf(edge)).toBeGreaterThan(at);
    }
    expect(nodes.map((node) => node.op.name)).toEqual(["sum", "add", "mul", "add", "mul", "tanh", "leaf"]);
  });

  it("17. whatever the order in which branches were computed", () => {
    const [a, b] = [variable(1), variable(2)];
    const late = (): Variable => mul(a, b);
    const early = neg(a);
    const y = add(late(), early);
    const names = visited(y).map((node) => node.op.name);
    expect(names.filter((name) => name !== "leaf")).toEqual(["add", "mul", "neg"]);
    expect([a.grad?.item(), b.grad?.item()]).toEqual([1, 1]);
  });

  it("17. is the same each time, to the last bit of the sums", () => {
    const gradientOf = (): number[] => {
      const x = variable([0.1, 0.7, 1.3]);
      const h = tanh(x);
      sum(add(add(mul(h, x), mul(h, h)), mul(x, 0.3))).backward();
      return [...(x.grad?.value.toTypedArray() ?? [])];
    };
    expect(gradientOf()).toEqual(gradientOf());
  });
});

describe("what is not needed", () => {
  /** The names of the ops whose rules ran, with the input. */
  function rulesThatRan(body: () => void): string[] {
    const ran: string[] = [];
    listen({ contribution: (node, input) => void ran.push(`${node.op.name} ${input}`) }, body);
    return ran;
  }

  it("10. is not computed: grad() runs only the rules that lead to its inputs", () => {
    const [x, w] = [variable(2), variable(3)];
    const y = mul(tanh(x), neg(w));
    expect(rulesThatRan(() => grad(y, [w], { retainGraph: true }))).toEqual(["mul 1", "neg 0"]);
    expect(rulesThatRan(() => grad(y, [x], { retainGraph: true }))).toEqual(["mul 0", "tanh 0"]);
    expect(rulesThatRan(() => y.backward({ inputs: [x], retainGraph: true }))).toEqual(["mul 0", "tanh 0"]);
    expect(rulesThatRan(() => grad(y, [y]))).toEqual([]);
  });

  it("10. nor does the sweep come by an output that leads to no input: its hooks do not run", () => {
    const [x, w] = [variable(2), variable(3)];
    const [y, z] = [tanh(x), tanh(w)];
    const seen: string[] = [];
    z.hook(() => void seen.push("hook"));
    listen({ node: (node) => void seen.push(node.op.name) }, () => grad([y, z], [x]));
    expect(seen).toEqual(["tanh", "leaf"]);
  });

  it("10. nor is the gradient of a constant", () => {
    const x = variable(2);
    expect(rulesThatRan(() => mul(x, variable(3, { requiresGrad: false })).backward())).toEqual(["mul 0"]);
  });
});
