import { listen, profile, type Variable, variable } from "@adjoint/autograd";
import { record, type Trace } from "@adjoint/autograd/graph";
import { Tanh, withModuleScopes } from "@adjoint/nn";
import { bytesPerElement, type Storage } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { type Cost, costsOf } from "./costs.ts";
import { digitsProgram } from "./programs/digits.ts";

const columns = ["nodes", "forward", "backward", "valueBytes", "savedBytes", "adjointBytes"] as const;

function sumOf(rows: Iterable<Cost>): Cost {
  const sums = { nodes: 0, forward: 0, backward: 0, valueBytes: 0, savedBytes: 0, adjointBytes: 0 };
  for (const row of rows) for (const column of columns) sums[column] += row[column];
  return sums;
}

/** A clock that a tick at a time makes every duration a whole number of milliseconds. */
function recordF(): Trace {
  const program = digitsProgram(32, 0);
  let clock = 0;
  const { model } = program;
  const step = (): void => program.loss().backward();
  return record(() => (model === null ? step() : withModuleScopes(model, step)), {
    names: program.names,
    now: () => clock++,
  });
}

describe("costsOf", () => {
  const trace = recordF();
  const costs = costsOf(trace);

  it("sums to the library's own count of saved bytes on F, in all tables", () => {
    const program = digitsProgram(32, 0);
    const counted = profile(() => program.loss().backward()).nodes;
    const expected = counted.reduce((sum, { savedBytes }) => sum + savedBytes, 0);
    expect(expected).toBeGreaterThan(0);
    expect(costs.total.savedBytes).toBe(expected);
    for (const rows of [costs.byNode.values(), costs.ops, costs.modules]) {
      expect(sumOf(rows)).toEqual(costs.total);
    }
    // Node by node, too: the ops on the tape stand in the order of execution in both.
    const ops = trace.nodes.filter(({ kind, tracked }) => kind === "op" && tracked);
    expect(ops.map(({ op, id }) => [op, costs.byNode.get(id)?.savedBytes])).toEqual(
      counted.map(({ op, savedBytes }) => [op, savedBytes]),
    );
  });

  it("counts the memory of values as a listener of the library does", () => {
    const program = digitsProgram(32, 0);
    const storages = new Set<Storage>();
    const note = (value: { readonly storage: Storage } | Variable): void => {
      storages.add("storage" in value ? value.storage : value.value.storage);
    };
    listen(
      {
        forward({ inputs, output }): void {
          for (const input of inputs) note(input);
          note(output);
        },
      },
      () => program.loss(),
    );
    const bytes = [...storages].map(({ length, dtype }) => length * bytesPerElement(dtype));
    expect(costs.total.valueBytes).toBe(bytes.reduce((a, b) => a + b));
  });

  it("has the times of the trace, forward and backward", () => {
    const steps = trace.passes.flatMap((pass) => pass.steps);
    const backward = steps
      .flatMap(({ contributions }) => contributions)
      .reduce((sum, { ruleNanoseconds, sumNanoseconds }) => sum + ruleNanoseconds + sumNanoseconds, 0);
    expect(costs.total.backward).toBe(backward);
    expect(backward).toBeGreaterThan(0);
    expect(costs.total.forward).toBe(trace.nodes.reduce((sum, { nanoseconds }) => sum + nanoseconds, 0));
  });

  it("puts a module's parts under it, and in its whole", () => {
    const rows = costs.modules.map(({ name, kind, depth, calls }) => [name, kind, depth, calls]);
    expect(rows).toEqual([
      ["", "Sequential", 0, 1],
      ["0", "Linear", 1, 1],
      ["1", "ReLU", 1, 1],
      ["2", "Linear", 1, 1],
      ["", "", 0, 0],
    ]);
    const [outermost, ...parts] = costs.modules;
    expect(outermost?.nodes).toBe(0);
    expect(outermost?.whole).toEqual(sumOf(parts.slice(0, 3)));
  });

  it("counts the calls of a module that is called twice", () => {
    const layer = new Tanh();
    const called = record(() => withModuleScopes(layer, () => layer.forward(layer.forward(variable(1)))));
    const rows = costsOf(called).modules.map(({ kind, calls, nodes }) => [kind, calls, nodes]);
    expect(rows).toEqual([
      ["Tanh", 2, 2],
      ["", 0, 1],
    ]);
  });

  it("has rows of nothing for an empty trace", () => {
    expect(costsOf(record(() => {}))).toMatchObject({ total: { nodes: 0 }, ops: [], modules: [] });
  });
});
