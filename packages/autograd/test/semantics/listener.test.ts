/** What a listener hears of the tape, and that it changes no number. */
import {
  type AnyOp,
  add,
  enableGrad,
  type ForwardEvent,
  grad,
  type Listener,
  listen,
  matmul,
  mul,
  type Node,
  noGrad,
  scope,
  slice,
  sum,
  tanh,
  tensorOf,
  transpose,
  type Value,
  type Variable,
  variable,
} from "@adjoint/autograd";
import { type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";

interface Contribution {
  readonly from: Node;
  readonly input: number;
  readonly target: Node;
  readonly value: Value;
}

/** Keeps all that it hears. */
class Recorder implements Listener {
  readonly events: ForwardEvent[] = [];
  readonly adjoints: Map<Node, Value> = new Map();
  readonly contributions: Contribution[] = [];
  readonly sums: Map<Node, Value[]> = new Map();
  readonly story: string[] = [];

  forward(event: ForwardEvent): void {
    this.events.push(event);
  }
  node(node: Node, adjoint: Value): void {
    this.adjoints.set(node, adjoint);
    this.story.push(`${node.op.name} complete`);
  }
  contribution(from: Node, input: number, target: Node, value: Value): void {
    this.contributions.push({ from, input, target, value });
    this.story.push(`${from.op.name} ${input} → ${target.op.name}`);
  }
  accumulated(target: Node, total: Value): void {
    this.sums.set(target, [...(this.sums.get(target) ?? []), total]);
    this.story.push(`${target.op.name} has a sum`);
  }
}

/** A graph with fan-out at a leaf, at a result, and at a view. */
function fanOut(x: Variable<[2, 2]>): Variable {
  const h = tanh(matmul(x, transpose(x)));
  const top = slice(h, 0);
  return add(sum(mul(h, x)), sum(mul(mul(top, top), slice(x, null, 1))));
}

const start = (): Variable<[2, 2]> =>
  variable([
    [0.1, 0.7],
    [-0.3, 0.9],
  ]);
const bits = (x: Value): number[] => [...tensorOf(x).toTypedArray()];

describe("forward events", () => {
  it("tell the op, its inputs, attributes, output and node", () => {
    const recorder = new Recorder();
    const x = variable([1, 2]);
    const y = listen(recorder, () => sum(mul(x, x), 0, { keepDims: true }));
    expect(recorder.events.map((event) => event.op.name)).toEqual(["mul", "sum"]);
    const [first, second] = recorder.events;
    expect([first?.inputs, first?.output.toArray(), first?.attributes]).toEqual([[x, x], [1, 4], undefined]);
    expect(second?.attributes).toEqual({ axes: [0], keepDims: true });
    expect(second?.node).toBe(y.node);
    expect(second?.output).toBe(y.value);
  });

  it("have no node where nothing is recorded, and are heard of Tensors too", () => {
    const recorder = new Recorder();
    const x = variable([1, 2]);
    listen(recorder, () => {
      noGrad(() => mul(x, 2));
      add(tensor([1]), tensor([2]));
    });
    expect(recorder.events.map(({ op, node }) => [op.name, node])).toEqual([
      ["mul", null],
      ["add", null],
    ]);
  });

  it("end with the scope, with an exception too; scopes nest and all hear everything", () => {
    const [outer, inner] = [new Recorder(), new Recorder()];
    listen(outer, () => {
      expect(() =>
        listen(inner, () => {
          mul(tensor([1]), 2);
          throw new RangeError("from the body");
        }),
      ).toThrow("from the body");
      add(tensor([1]), 2);
    });
    add(tensor([1]), 2);
    expect([outer.events.length, inner.events.length]).toEqual([2, 1]);
  });

  it("tell what the rules compute, which is how a profiler sees the backward pass", () => {
    const recorder = new Recorder();
    const y = tanh(variable(0.5));
    listen(recorder, () => y.backward());
    expect(recorder.events.length).toBeGreaterThan(0);
    expect(recorder.events.every((event) => event.node === null)).toBe(true);
  });
});

describe("a sweep that is listened to", () => {
  it("tells each edge's contribution, each running sum, and each node once its adjoint is complete", () => {
    const recorder = new Recorder();
    const x = variable(3);
    const y = mul(x, tanh(x));
    listen(recorder, () => y.backward());
    expect(recorder.story).toEqual([
      "mul has a sum",
      "mul complete",
      "mul 0 → leaf",
      "leaf has a sum",
      "mul 1 → tanh",
      "tanh has a sum",
      "tanh complete",
      "tanh 0 → leaf",
      "leaf has a sum",
      "leaf complete",
    ]);
  });

  it("gives contributions that sum, in the order heard, to the adjoint bit for bit", () => {
    const recorder = new Recorder();
    const x = start();
    const y = fanOut(x);
    listen(recorder, () => y.backward());
    for (const [node, adjoint] of recorder.adjoints) {
      const parts = recorder.contributions.filter(({ target }) => target === node).map(({ value }) => value);
      if (parts.length === 0) continue;
      const total = parts.slice(1).reduce((running, part) => add(running, part), parts[0] as Value);
      expect(bits(total)).toEqual(bits(adjoint));
    }
    const atLeaf = recorder.contributions.filter(({ target }) => target === x.node);
    expect(atLeaf.length).toBe(4);
    expect(bits(recorder.adjoints.get(x.node as Node) as Value)).toEqual(bits(x.grad as Variable));
  });

  it("adds in place nowhere: what a listener kept stays what it was", () => {
    const recorder = new Recorder();
    const copies: number[][] = [];
    const kept: Value[] = [];
    const x = start();
    const y = fanOut(x);
    const watch: Listener = {
      contribution: (_from, _input, _target, value) => {
        kept.push(value);
        copies.push(bits(value));
      },
      accumulated: (_target, total) => {
        kept.push(total);
        copies.push(bits(total));
      },
    };
    listen(watch, () => listen(recorder, () => y.backward()));
    x.grad?.value.assign(100);
    expect(kept.map(bits)).toEqual(copies);
  });

  it("gives the same numbers as one that is not, bit for bit", () => {
    const [alone, heard] = [start(), start()];
    fanOut(alone).backward();
    listen(new Recorder(), () => fanOut(heard).backward());
    expect(bits(heard.grad as Variable)).toEqual(bits(alone.grad as Variable));
  });

  it("tells contributions in the input's own shape and dtype", () => {
    const recorder = new Recorder();
    const x = variable([1, 2, 3], { dtype: "float32" });
    const w = variable([[1], [2]], { dtype: "float64" });
    const y = sum(mul(x, w));
    listen(recorder, () => y.backward());
    const shapes = recorder.contributions.map(({ from, value }) => [from.op.name, value.shape, value.dtype]);
    expect(shapes).toEqual([
      ["sum", [2, 3], "float64"],
      ["mul", [3], "float32"],
      ["mul", [2, 1], "float64"],
    ]);
  });

  it("tells the adjoint after the hooks", () => {
    const recorder = new Recorder();
    const x = variable(3);
    x.hook((g) => mul(g, 10));
    listen(recorder, () => mul(x, 2).backward());
    expect(tensorOf(recorder.adjoints.get(x.node as Node) as Value).item()).toBe(20);
  });

  it("names each rule's formula through the node", () => {
    const recorder = new Recorder();
    const x = variable(3);
    listen(recorder, () => grad(mul(x, 2), [x]));
    const [only] = recorder.contributions;
    expect(only?.from.op.formula(only.input)).toBe("ā = g · b");
  });
});

describe("the parts of a program", () => {
  /** A listener that keeps where things begin and end. */
  class Parts implements Listener {
    readonly story: string[] = [];
    applying(op: AnyOp): void {
      this.story.push(`(${op.name}`);
    }
    forward({ op }: ForwardEvent): void {
      this.story.push(`${op.name})`);
    }
    failed(op: AnyOp): void {
      this.story.push(`${op.name} failed)`);
    }
    sweep(createGraph: boolean): void {
      this.story.push(createGraph ? "[recorded sweep" : "[sweep");
    }
    swept(): void {
      this.story.push("]");
    }
    enter(name: string, kind: string): void {
      this.story.push(`{${name} ${kind}`);
    }
    leave(): void {
      this.story.push("}");
    }
  }

  it("are told with their ends, also where something throws", () => {
    const parts = new Parts();
    const x = variable([1, 2]);
    listen(parts, () => {
      const y = scope("0", "Tanh", () => tanh(x));
      const wide: Tensor = tensor([1, 2, 3]);
      expect(() => scope("1", "Add", () => add(y as Variable, wide))).toThrow("[add]");
    });
    expect(parts.story).toEqual(["{0 Tanh", "(tanh", "tanh)", "}", "{1 Add", "(add", "add failed)", "}"]);
  });

  it("are backward passes, one inside another where a hook starts it, and those that fail", () => {
    const parts = new Parts();
    const [x, y] = [variable(2), variable(3)];
    const product = mul(x, x);
    product.hook(
      () =>
        grad(
          enableGrad(() => mul(y, y)),
          [y],
          { createGraph: true },
        )[0] as Value,
    );
    listen(parts, () => {
      product.backward();
      expect(() => product.backward()).toThrow("freed");
    });
    const brackets = parts.story.filter((line) => /[[\]]/.test(line));
    expect(brackets).toEqual(["[sweep", "[recorded sweep", "]", "]", "[sweep", "[recorded sweep", "]", "]"]);
  });

  it("cost nothing where nobody listens: the body is run and that is all", () => {
    expect(scope("0", "Linear", () => 7)).toBe(7);
  });
});
