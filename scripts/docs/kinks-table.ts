/** README's table of kinks and extremes: what we compute now beside what PyTorch computed when the fixture was made. */
import * as autograd from "@adjoint/autograd";
import {
  backward,
  exp,
  greater,
  max,
  mean,
  mul,
  prod,
  sqrt,
  stack,
  sum,
  type Value,
  variable,
  where,
} from "@adjoint/autograd";
import { crossEntropy } from "@adjoint/nn";
import { zeros } from "@adjoint/tensor";
import {
  type Computed,
  compute,
  type PytorchCase,
  readCases,
  toTensor,
} from "../../packages/autograd/test/pytorch-cases.ts";

/** A row whose numbers are shown: all outputs or gradients, or one of them. */
interface NumberRow extends PytorchCase {
  readonly show: "outputs" | "gradients";
  readonly of: number | null;
}

/** A row that is an error, with PyTorch's message. */
interface ErrorRow {
  readonly name: string;
  readonly op: string;
  readonly error: string;
}

/** A row of the table. */
export interface KinkRow {
  readonly title: string;
  readonly ours: string;
  readonly pytorch: string;
}

/** What rows call that is no op of @adjoint/autograd. */
const composed: Readonly<Record<string, unknown>> = {
  crossEntropy,
  selectedRoot: (x: Value) => where(greater(x, 0), sqrt(x), 0),
  ofNothing: (x: Value) => stack([sum(x), prod(x), mean(x)]),
};

/** What is refused. */
const refused: Readonly<Record<string, () => unknown>> = {
  maxOfNothing: () => max(zeros([0])),
  manyRoots: () => backward(mul(variable([1, 1]), 2)),
  untracked: () => new autograd.Variable(zeros([])).backward(),
  twice: () => {
    const y = exp(variable(1));
    y.backward();
    y.backward();
  },
  integers: () => new autograd.Variable(zeros([2], { dtype: "int32" }), { requiresGrad: true }),
};

/** Where we differ from PyTorch, and why. */
export const differences: Readonly<Record<string, string>> = {
  "hypot′ at (0, 0), as norm′ of [0, 0]": "hypot is the norm of two numbers, whose derivative at 0 is 0",
};

/** All rows, ours computed now. */
export function kinkRows(): KinkRow[] {
  return readCases<NumberRow | ErrorRow>("kinks.json").map((row) =>
    "error" in row ? errorRow(row) : numberRow(row),
  );
}

/** The rows as a table. */
export function kinksTable(): string {
  const rows = kinkRows().map(({ title, ours, pytorch }) => `| ${title} | ${ours} | ${pytorch} |`);
  return ["| | Adjoint | PyTorch |", "|---|---|---|", ...rows].join("\n");
}

function numberRow(row: NumberRow): KinkRow {
  const ours: Computed = compute(row, composed);
  const theirs = (row[row.show] ?? []).flatMap((flat) => (flat ? [toTensor(flat)] : []));
  const shown = (all: readonly { toArray(): unknown }[]): string =>
    (row.of === null ? all : all.slice(row.of, row.of + 1)).map((x) => text(x.toArray())).join(" and ");
  return { title: row.name, ours: shown(ours[row.show]), pytorch: shown(theirs) };
}

function errorRow({ name, op, error }: ErrorRow): KinkRow {
  try {
    refused[op]?.();
  } catch (problem) {
    const message = problem instanceof Error ? problem.message : String(problem);
    return {
      title: name,
      ours: `error: ${firstSentence(message)}`,
      pytorch: `error: ${firstSentence(error)}`,
    };
  }
  return { title: name, ours: "nothing", pytorch: `error: ${firstSentence(error)}` };
}

/** Up to its first full stop or bracket, without the name of the op. */
function firstSentence(message: string): string {
  return message.replace(/^\[.*?\] /, "").split(/\.(?: |$)| \(/)[0] ?? "";
}

/** Numbers as the table shows them: ∞ and −, and −0 as 0. */
function text(x: unknown): string {
  if (Array.isArray(x)) return `[${x.map(text).join(", ")}]`;
  if (x === Number.POSITIVE_INFINITY) return "∞";
  if (x === Number.NEGATIVE_INFINITY) return "−∞";
  return String(Number(x) + 0)
    .replace("-", "−")
    .replace("e−", "e−");
}
