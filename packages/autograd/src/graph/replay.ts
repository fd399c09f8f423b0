/**
 * Running a trace again: the same ops on the same or on other values, forward and backward.
 *
 * What the program did outside its ops is not in the trace and stays as it was: numbers that it read, branches that it took
 * because of them, writes in place. An op or a value that is missing is an error, never a guess.
 */
import { ArgumentError, checkOptions, formatShape, sameShape, type Tensor } from "@adjoint/tensor";
import { tensorOf } from "../apply.ts";
import { ReplayError } from "../errors.ts";
import { listen } from "../listener.ts";
import { enableGrad } from "../mode.ts";
import type { Node } from "../node.ts";
import type { AnyOp } from "../op.ts";
import { Sweep } from "../sweep.ts";
import { type Value, Variable } from "../variable.ts";
import { ReplayOps } from "./replay-ops.ts";
import type { Trace, TraceNode, TracePass } from "./trace.ts";
import { lastSums, sameNumbers, seedsOf } from "./trace-passes.ts";

/** Settings of `replay`. */
export interface ReplayOptions {
  /** Values put in place of nodes', by id and of their shape. What came before such a node is not asked. */
  readonly set?: ReadonlyMap<number, Tensor>;
  /** The nodes whose values are wanted; what none of them needs is not run. Default: all. */
  readonly nodes?: Iterable<number>;
  /** Brings every floating-point value to this dtype, `set` included. Default: each node keeps its own. */
  readonly dtype?: "float32" | "float64";
  /** Ops that are not the library's own, or that shall stand in place of the library's of the same name. */
  readonly ops?: readonly AnyOp[];
}

/**
 * Runs the forward pass of `trace` again and gives the values by node id.
 *
 * Nothing set, every value is that of the trace, to the last bit. What was recorded inside a backward pass with
 * createGraph is run too; its seeds stay as they were.
 *
 * @throws {ReplayError} if an op or a value is missing: an op that is not the library's, a value beyond record's
 * maxBytes, one with the hidden axes of vmap, or one that an op made before the recording.
 * @throws {ArgumentError} if a value that is set has another shape than its node.
 * @example replay(trace, { set: new Map([[images, tensor(other)]]), nodes: [loss] }).get(loss)
 */
export function replay(trace: Trace, options: ReplayOptions = {}): ReadonlyMap<number, Tensor> {
  checkOptions("replay", options, ["set", "nodes", "dtype", "ops"]);
  const run = new ReplayOps(trace, { caller: "replay", ...options });
  const wanted = [...(options.nodes ?? trace.nodes.map(({ id }) => id))];
  const values = runForward(run, wanted, checkedSet("replay", "set", run, options.set), false);
  return new Map(wanted.map((id) => [id, tensorOf(values.get(id) as Value)]));
}

/** Settings of `replayBackward`. */
export interface BackwardReplayOptions extends Omit<ReplayOptions, "nodes"> {
  /** Adjoints put in place of nodes' when the sweep comes by, as a hook would, by id and of the node's shape. */
  readonly adjoints?: ReadonlyMap<number, Tensor>;
}

/** What one rule gave for input `input`. */
export interface ReplayedContribution {
  readonly input: number;
  readonly target: number;
  readonly value: Tensor;
}

/** The sweep's visit at one node. */
export interface ReplayedStep {
  readonly node: number;
  readonly adjoint: Tensor;
  readonly contributions: readonly ReplayedContribution[];
}

/** A backward pass that was run again. */
export interface BackwardReplay {
  /** Of the nodes that the pass went through, and of all that they were computed from. */
  readonly values: ReadonlyMap<number, Tensor>;
  /** The complete adjoints. */
  readonly adjoints: ReadonlyMap<number, Tensor>;
  /** In the order of the trace's steps. */
  readonly steps: readonly ReplayedStep[];
}

/**
 * Runs what backward pass `pass` of `trace` went through again, forward and backward, on a tape of its own. No `grad` is touched.
 *
 * Nothing set, every value, contribution and adjoint is that of the trace, to the last bit. A node whose value is set is a leaf:
 * it gets its adjoint, and nothing behind it does. The seeds are those of the trace.
 *
 * @param pass the position in trace.passes.
 * @throws {ReplayError} as `replay`; or where a hook changed an adjoint.
 * @throws {ArgumentError} if there is no such pass, or what is set has another shape than its node.
 * @example replayBackward(trace, 0, { set: new Map([[images, brighter]]) }).adjoints.get(weight)
 */
export function replayBackward(
  trace: Trace,
  pass: number,
  options: BackwardReplayOptions = {},
): BackwardReplay {
  checkOptions("replayBackward", options, ["set", "adjoints", "dtype", "ops"]);
  const run = new ReplayOps(trace, { caller: "replayBackward", ...options });
  const set = checkedSet("replayBackward", "set", run, options.set);
  const adjoints = checkedSet("replayBackward", "adjoints", run, options.adjoints);
  const swept = passAt("replayBackward", trace, pass);
  checkHooks(swept, run, adjoints);
  const wanted = [...swept.steps, ...swept.seeds].map(({ node }) => node);
  const values = enableGrad(() => runForward(run, wanted, set, true));
  return {
    values: new Map([...values].map(([id, value]) => [id, tensorOf(value)])),
    ...runSweep(swept, run, values, adjoints),
  };
}

/** The backward pass at `position`. @throws {ArgumentError} if the trace has none there. */
export function passAt(op: string, trace: Trace, position: number): TracePass {
  const pass = trace.passes[position];
  if (pass !== undefined) return pass;
  const what = `pass is ${position}, and the trace has ${trace.passes.length} backward passes.`;
  throw new ArgumentError(op, "pass", what, "Give the position of one of trace.passes.");
}

/** The values of `wanted` and of all that they need, by id; on the tape where the trace was. */
function runForward(
  run: ReplayOps,
  wanted: readonly number[],
  set: ReadonlyMap<number, Tensor>,
  onTape: boolean,
): Map<number, Value> {
  const values = new Map<number, Value>();
  const leaf = (node: TraceNode, value: Tensor): Value =>
    onTape && node.tracked ? new Variable(value, { requiresGrad: true }) : value;
  for (const node of neededFor(run, wanted, set)) {
    const given = set.get(node.id) ?? (node.kind === "op" ? undefined : run.recorded(node.id));
    if (given !== undefined) {
      values.set(node.id, leaf(node, given));
      continue;
    }
    const inputs = node.inputs.map(({ tracked }, i) => {
      const value = values.get(run.source(node, i).id) as Value;
      return tracked ? value : tensorOf(value);
    });
    values.set(node.id, run.apply(node, inputs));
  }
  return values;
}

/** What `wanted` are computed from, themselves included, in order of execution. Iterative: graphs may be 100,000 deep. */
function neededFor(run: ReplayOps, wanted: readonly number[], set: ReadonlyMap<number, Tensor>): TraceNode[] {
  const needed = new Set<number>(wanted);
  for (const id of needed) {
    const node = run.node(id);
    if (set.has(id)) continue;
    for (let input = 0; input < node.inputs.length; input++) needed.add(run.source(node, input).id);
  }
  return run.trace.nodes.filter(({ id }) => needed.has(id));
}

function runSweep(
  pass: TracePass,
  run: ReplayOps,
  values: ReadonlyMap<number, Value>,
  replaced: ReadonlyMap<number, Tensor>,
): Pick<BackwardReplay, "adjoints" | "steps"> {
  const nodes = new Map<number, Node>();
  for (const [id, value] of values)
    if (value instanceof Variable && value.node !== null) nodes.set(id, value.node);
  const ids = new Map<Node, number>([...nodes].map(([id, node]) => [node, id]));
  const sweep = new Sweep(false, false);
  for (const [id, sum] of seedsOf(pass)) sweep.seed(nodes.get(id) as Node, run.tensor(sum, run.node(id)));
  for (const [id, adjoint] of replaced) {
    const value = values.get(id);
    if (value instanceof Variable && value.requiresGrad) value.hook(() => adjoint);
  }
  const steps: (ReplayedStep & { readonly contributions: ReplayedContribution[] })[] = [];
  const hear = {
    node(node: Node, adjoint: Value): void {
      steps.push({ node: ids.get(node) as number, adjoint: tensorOf(adjoint), contributions: [] });
    },
    contribution(_node: Node, input: number, target: Node, value: Value): void {
      steps.at(-1)?.contributions.push({ input, target: ids.get(target) as number, value: tensorOf(value) });
    },
  };
  const visited = pass.steps.flatMap(({ node }) => nodes.get(node) ?? []);
  listen(hear, () => sweep.run(new Set(visited), () => {}));
  // When a leaf first took part decides when the sweep comes by it, and nothing else; the trace's order is kept.
  const order = new Map(pass.steps.map(({ node }, position) => [node, position]));
  steps.sort((a, b) => (order.get(a.node) ?? 0) - (order.get(b.node) ?? 0));
  return { steps, adjoints: new Map(steps.map(({ node, adjoint }) => [node, adjoint])) };
}

/** What is set, in the dtype of the run. @throws {ArgumentError} if a shape is not that of its node. */
function checkedSet(
  op: string,
  argument: string,
  run: ReplayOps,
  given: ReadonlyMap<number, Tensor> = new Map(),
): ReadonlyMap<number, Tensor> {
  const checked = new Map<number, Tensor>();
  for (const [id, value] of given) {
    const node = run.node(id);
    if (!sameShape(value.shape, node.shape)) {
      const what = `${argument} gives ${formatShape(value.shape)} for node ${id}, ${node.op}, of shape ${formatShape(node.shape)}.`;
      throw new ArgumentError(op, argument, what, "Give a tensor of the node's own shape.");
    }
    checked.set(id, run.converted(value, node));
  }
  return checked;
}

/** @throws {ReplayError} if an adjoint of the trace is not the sum of what arrived, and none is given in its place. */
function checkHooks(pass: TracePass, run: ReplayOps, replaced: ReadonlyMap<number, Tensor>): void {
  const sums = lastSums(pass);
  for (const { node: id, adjoint } of pass.steps) {
    const sum = sums.get(id);
    if (replaced.has(id) || sum === undefined || sameNumbers(sum, adjoint)) continue;
    const what = `node ${id}, ${run.node(id).op}, has an adjoint that is not the sum of what arrived: a hook changed it.`;
    const remedy = "Record without the hook, or give the node's adjoint in adjoints.";
    throw new ReplayError("replayBackward", what, remedy, "hook", id);
  }
}
