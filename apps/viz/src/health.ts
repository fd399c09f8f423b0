/**
 * Health flags of one training step: dead ReLU units, vanishing and exploding gradients, saturation. Pure.
 *
 * Every flag states the number that it judged and the threshold; the thresholds and their reasons are `healthThresholds`.
 */
import type { Trace, TraceNode, TracePass, TraceTensor } from "@adjoint/autograd/graph";
import { deadUnits } from "./health-units.ts";
import type { Mark, Marks } from "./marks.ts";
import { numberText } from "./number-text.ts";
import { titleOf } from "./scene.ts";
import { sizeOfShape } from "./tensor-entries.ts";

/** The limits beyond which a flag is raised. */
export const healthThresholds = {
  /**
   * A unit is dead if at most this share of examples can be expected to wake it. A unit that is 0 on a small batch is no
   * evidence: of 32 healthy units of a fresh network, four are silent on eight digits. See `deadUnits` for the bound.
   */
  wakeRate: 0.01,
  /**
   * Gradients vanish if those of a layer's outputs are below this share of the last layer's: with one learning rate that
   * layer needs a thousand times the steps. Healthy networks of 30 tanh layers came down to 0.005.
   */
  vanishing: 1e-3,
  /** Gradients explode if a layer's are above so many times the last layer's: the mirror image. */
  exploding: 1e3,
  /** Or if a weight's gradient is so many times the weight: a step of 0.001 then moves it by its own length. */
  step: 1e3,
  /** An activation's entry is saturated where its slope is below this share of the steepest: |x| > 5.99 for sigmoid. */
  slope: 0.01,
  /** An activation is saturated where more than this share of its entries are. */
  saturated: 0.5,
} as const;

/** Something that is not as it should be. */
export interface HealthFlag {
  readonly kind: "dead" | "vanishing" | "exploding" | "saturated";
  /** `note` where it can be meant, as a sure answer at the end; `severe` where nothing is learnt any more. */
  readonly severity: "note" | "warning" | "severe";
  /** The nodes that it is said of, the most telling first. */
  readonly nodes: readonly number[];
  /** Positions on the axis of units; empty where the flag is of whole layers. */
  readonly units: readonly number[];
  /** How many units there are on that axis; 0 where the flag is of whole layers. */
  readonly unitCount: number;
  /** What was judged, and the limit that it is beyond. */
  readonly number: number;
  readonly threshold: number;
  /** What `number` is: `share of examples that wake the unit`. */
  readonly measure: string;
  /** The measure at each layer in order of execution, for a small chart; empty where there is none. */
  readonly series: readonly { readonly node: number; readonly number: number }[];
  /** A sentence with the number and the threshold. */
  readonly words: string;
}

/**
 * What is not healthy in `trace` and `pass`: first the severest, then in order of execution.
 *
 * Tensors whose elements were not kept are not judged for dead units and saturation.
 *
 * @param pass one of the trace's passes; without one gradients are not judged.
 */
export function healthFlags(trace: Trace, pass: TracePass | null): HealthFlag[] {
  const steps = healthSteps(trace, pass);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * As `healthFlags`, in steps between which the caller may do something else: each judges one node.
 *
 * @returns the flags, when the steps have come to their end.
 */
export function* healthSteps(trace: Trace, pass: TracePass | null): Generator<undefined, HealthFlag[]> {
  const nodes = new Map(trace.nodes.map((node) => [node.id, node]));
  const forward = trace.nodes.filter((node) => node.pass === null);
  const layers = forward.flatMap((node) => weightOf(node, nodes) ?? []);
  const flags = pass === null ? [] : gradientFlags(layers, pass);
  const reached = pass === null ? null : new Set(pass.steps.map(({ node }) => node));
  const judges = [
    (node: TraceNode) => deadFlag(node, nodes),
    // Where no gradient comes by, such as at probabilities that are only shown, nothing is lost by a flat slope.
    (node: TraceNode) => (reached?.has(node.id) === false ? null : saturationFlag(node, layers)),
  ];
  for (const judge of judges) {
    for (const node of forward) {
      yield;
      const flag = judge(node);
      if (flag !== null) flags.push(flag);
    }
  }
  const order = ["severe", "warning", "note"];
  return flags.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** An op that multiplies by a weight. */
interface Layer {
  readonly node: TraceNode;
  readonly weight: TraceNode;
}

const products: ReadonlySet<string> = new Set([
  ...["linear", "matmul", "einsum", "conv1d", "conv2d", "convTranspose1d", "convTranspose2d"],
]);
const movements: ReadonlySet<string> = new Set(["transpose", "permute", "reshape", "cast"]);

/** The layer that `node` is: a product one of whose inputs is a leaf of at least two axes, or a view of one. */
function weightOf(node: TraceNode, nodes: ReadonlyMap<number, TraceNode>): Layer | null {
  if (!products.has(node.op)) return null;
  for (const { source } of node.inputs) {
    let from = source === null ? undefined : nodes.get(source);
    while (from !== undefined && movements.has(from.op)) from = nodes.get(from.inputs[0]?.source ?? -1);
    if (from?.kind === "leaf" && from.shape.length >= 2) return { node, weight: from };
  }
  return null;
}

function gradientFlags(layers: readonly Layer[], pass: TracePass): HealthFlag[] {
  const adjoints = new Map(pass.steps.map(({ node, adjoint }) => [node, adjoint]));
  const series = layers.flatMap(({ node }) => {
    const adjoint = adjoints.get(node.id);
    const number = adjoint === undefined ? Number.NaN : rootMeanSquare(adjoint);
    return Number.isNaN(number) ? [] : [{ node: node.id, number }];
  });
  return [...chainFlags(series, layers), ...stepFlags(layers, adjoints)];
}

/** √(Σx²/n); infinite if an entry is not finite, NaN if nothing is known. */
function rootMeanSquare({ statistics, shape }: TraceTensor): number {
  if (statistics === null) return Number.NaN;
  if (statistics.nan + statistics.infinite > 0) return Number.POSITIVE_INFINITY;
  return statistics.norm / Math.sqrt(Math.max(1, sizeOfShape(shape)));
}

/** Compares the gradients at the outputs of the layers with those at the last: what the chain of products does. */
function chainFlags(series: HealthFlag["series"], layers: readonly Layer[]): HealthFlag[] {
  const last = series.at(-1);
  // Nothing to compare with where a loss at its minimum has no gradient, or one that overflowed has no finite one.
  if (
    last === undefined ||
    series.length < 2 ||
    last.number === 0 ||
    last.number === Number.POSITIVE_INFINITY
  )
    return [];
  const ratios = series.map(({ node, number }) => ({ node, number: number / last.number }));
  const lowest = ratios.reduce((a, b) => (b.number < a.number ? b : a));
  const highest = ratios.reduce((a, b) => (b.number > a.number ? b : a));
  const measure = "gradient of a layer's outputs, as a multiple of the last layer's (root mean square)";
  const common = { units: [], unitCount: 0, measure, series: ratios };
  const flags: HealthFlag[] = [];
  if (lowest.number < healthThresholds.vanishing) {
    const [number, threshold] = [lowest.number, healthThresholds.vanishing];
    flags.push({
      ...common,
      kind: "vanishing",
      severity: number < threshold ** 2 ? "severe" : "warning",
      nodes: ratios.filter((each) => each.number < threshold).map(({ node }) => node),
      number,
      threshold,
      words: `Gradients vanish: ${chainWords(lowest, ratios, layers)} Below ${numberText(threshold)} is flagged.`,
    });
  }
  if (!(highest.number <= healthThresholds.exploding)) {
    const [number, threshold] = [highest.number, healthThresholds.exploding];
    flags.push({
      ...common,
      kind: "exploding",
      severity: number > threshold ** 2 ? "severe" : "warning",
      nodes: ratios.filter((each) => !(each.number <= threshold)).map(({ node }) => node),
      number,
      threshold,
      words: `Gradients explode: ${chainWords(highest, ratios, layers)} Above ${numberText(threshold)} is flagged.`,
    });
  }
  return flags;
}

function chainWords(
  worst: HealthFlag["series"][number],
  ratios: HealthFlag["series"],
  layers: readonly Layer[],
): string {
  const layer = layers.find(({ node }) => node.id === worst.node);
  const name = layer === undefined ? "a layer" : titleOf({ node: layer.weight, folded: null });
  const between = ratios.length - 1 - ratios.findIndex(({ node }) => node === worst.node);
  const each = worst.number > 0 && Number.isFinite(worst.number) ? worst.number ** (1 / between) : null;
  const factor = each === null || between < 2 ? "" : `, ×${numberText(each)} a layer`;
  return `at the layer of ${name} they are ${numberText(worst.number)} times those of the last of ${ratios.length} layers${factor}.`;
}

/** Weights that one step would throw away. */
function stepFlags(layers: readonly Layer[], adjoints: ReadonlyMap<number, TraceTensor>): HealthFlag[] {
  const series = [...new Set(layers.map(({ weight }) => weight))].flatMap((weight) => {
    const [gradient, value] = [adjoints.get(weight.id)?.statistics, weight.value?.statistics];
    if (gradient == null || value == null || value.norm === 0) return [];
    const finite = gradient.nan + gradient.infinite === 0;
    return [
      { weight, node: weight.id, number: finite ? gradient.norm / value.norm : Number.POSITIVE_INFINITY },
    ];
  });
  const threshold = healthThresholds.step;
  const over = series.filter(({ number }) => number > threshold).sort((a, b) => b.number - a.number);
  const [worst] = over;
  if (worst === undefined) return [];
  const ratio = Number.isFinite(worst.number)
    ? `${numberText(worst.number)} times as long as`
    : "not finite, unlike";
  return [
    {
      kind: "exploding",
      severity: Number.isFinite(worst.number) && worst.number <= threshold ** 2 ? "warning" : "severe",
      nodes: over.map(({ node }) => node),
      units: [],
      unitCount: 0,
      number: worst.number,
      threshold,
      measure: "length of a weight's gradient, as a multiple of the weight's",
      series: series.map(({ node, number }) => ({ node, number })),
      words: `Gradients explode: that of ${titleOf({ node: worst.weight, folded: null })} is ${ratio} the weight itself. Above ${numberText(threshold)} is flagged.`,
    },
  ];
}

function deadFlag(node: TraceNode, nodes: ReadonlyMap<number, TraceNode>): HealthFlag | null {
  const threshold = healthThresholds.wakeRate;
  const found = deadUnits(node, nodes, threshold);
  if (found === null || found.dead.length === 0) return null;
  const { dead, units, examples, bound } = found;
  const names = dead.length > 8 ? `${dead.slice(0, 8).join(", ")}, …` : dead.join(", ");
  const [are, what, them] = dead.length === 1 ? ["is", "unit", "it"] : ["are", "units", "them"];
  const rate = bound === 0 ? "no example" : `at most ${numberText(bound * 100)}% of examples`;
  return {
    kind: "dead",
    severity: dead.length === units ? "severe" : "warning",
    nodes: [node.id],
    units: dead,
    unitCount: units,
    number: bound,
    threshold,
    measure: "largest share of examples that can be expected to wake the unit",
    series: [],
    words: `${dead.length} of ${units} ReLU units ${are} dead: ${what} ${names} gave 0 for all ${examples} examples, and ${rate} can be expected to wake ${them}. At most ${threshold * 100}% is flagged.`,
  };
}

/** The slope of each saturating activation from its output, as a share of the steepest. */
const slopes: Readonly<Record<string, (y: number) => number>> = {
  sigmoid: (y) => 4 * y * (1 - y),
  tanh: (y) => (1 - y) * (1 + y),
  softmax: (y) => 4 * y * (1 - y),
};

function saturationFlag({ id, op, value, shape }: TraceNode, layers: readonly Layer[]): HealthFlag | null {
  const slope = Object.hasOwn(slopes, op) ? slopes[op] : undefined;
  if (slope === undefined || value?.data == null || value.data.length === 0) return null;
  const columns = shape.at(-1) ?? 1;
  const flat = new Uint32Array(columns);
  let entries = 0;
  for (let i = 0; i < value.data.length; i++) {
    if (!(slope(Number(value.data[i])) < healthThresholds.slope)) continue;
    entries++;
    flat[i % columns] = (flat[i % columns] ?? 0) + 1;
  }
  const number = entries / value.data.length;
  const threshold = healthThresholds.saturated;
  if (number <= threshold) return null;
  const rows = value.data.length / columns;
  return {
    kind: "saturated",
    // What no layer follows is the answer: to be sure is its purpose.
    severity: layers.some(({ node }) => node.id > id) ? "warning" : "note",
    nodes: [id],
    units: [...flat.keys()].filter((unit) => flat[unit] === rows),
    unitCount: columns,
    number,
    threshold,
    measure: "share of entries where the slope is below 1% of the steepest",
    series: [],
    words: `${op} is saturated: ${numberText(number * 100)}% of its entries have a slope below ${healthThresholds.slope * 100}% of the steepest. Above ${threshold * 100}% is flagged.`,
  };
}

/** The flags as marks on the cards. */
export function healthMarks(flags: readonly HealthFlag[]): Marks {
  const nodes = new Map<number, Mark[]>();
  for (const flag of flags) {
    for (const node of flag.nodes) {
      nodes.set(node, [...(nodes.get(node) ?? []), { kind: "warning", label: labelOf(flag, node) }]);
    }
  }
  return { nodes, taintedEdges: new Set() };
}

function labelOf({ kind, units, number, series }: HealthFlag, node: number): string {
  if (kind === "dead") return `${units.length} dead ${units.length === 1 ? "unit" : "units"}`;
  if (kind === "saturated") return `${numberText(Math.round(number * 100))}% saturated`;
  const own = series.find((each) => each.node === node)?.number ?? number;
  return `${kind} ×${numberText(Number(own.toPrecision(2)))}`;
}
