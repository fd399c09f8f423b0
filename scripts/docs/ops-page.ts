/** docs/ops.md: what is tested of every op, as the suites beside the ops have it. */
import type { OpSuite } from "../../packages/autograd/test/describe-op.ts";
import { notInPytorch, readCases } from "../../packages/autograd/test/pytorch-cases.ts";
import { type ManifestOp, readManifest, readStatedTypes, type StatedType } from "./manifest.ts";
import { readSuites } from "./suites.ts";

const columns = [
  ["forward", "hand values"],
  ["first order", "gradients against finite differences in float64, and used twice"],
  ["second order", "gradients of gradients, likewise"],
  ["broadcasting", "both orders with shapes that broadcast"],
  ["empty", "axes of size 0 and 1"],
  ["kinks", "ties, 0, ±∞, NaN: outputs and gradients bit for bit"],
  ["errors", "whole messages"],
  ["vmap", "values, gradients of each example and of the batch, against a loop"],
  ["types", "the shape that the compiler knows of the call in test/types/op-types.ts"],
  ["PyTorch", "cases against PyTorch's outputs, gradients and second-order products"],
] as const;

/** Reasons in the order in which they come up; a cell shows a reason's number. */
class Notes {
  readonly all: string[] = [];

  cell(reason: string): string {
    const known = this.all.indexOf(reason);
    const number = known >= 0 ? known + 1 : this.all.push(reason);
    return `–&nbsp;<sup>${number}</sup>`;
  }
}

/**
 * The whole page.
 *
 * @throws {Error} if an op of the manifest has no suite or no stated type: a hole in the table.
 */
export async function opsPage(): Promise<string> {
  const notes = new Notes();
  const [suites, types] = [await readSuites(), readStatedTypes()];
  const rows = readManifest().map((op) => {
    const [suite, type] = [suites.get(op.name), types.get(op.name)];
    if (suite === undefined) throw new Error(`${op.file} has no suite beside it. Write one with describeOp.`);
    if (type === undefined) throw new Error(`${op.name} has no line in test/types/op-types.ts. Add one.`);
    return row(op, suite, type, notes);
  });
  return `${head}
| op | ${columns.map(([title]) => title).join(" | ")} |
|---|${columns.map(() => "---").join("|")}|
${rows.join("\n")}

## Why there is none

${notes.all.map((reason, i) => `${i + 1}. ${reason}`).join("\n")}
`;
}

const head = `# What is tested of every op

<!-- Made by \`npm run docs\`; a test compares. Do not edit. -->

A number is how many cases there are; a dash has its reason below the table. The cases are in the suite beside each op
([describeOp](../packages/autograd/test/describe-op.ts)); ∂ leads to the op's derivation in [mathematics.md](mathematics.md).

${columns.map(([title, what]) => `- **${title}**: ${what}`).join("\n")}
`;

function row({ name, file }: ManifestOp, suite: OpSuite, type: StatedType, notes: Notes): string {
  const count = (cases: object | string): string =>
    typeof cases === "string" ? notes.cell(cases) : String(Object.keys(cases).length);
  const sizes = [suite.forward, suite.smooth, suite.broadcasting].map((cases) =>
    typeof cases === "string" ? 0 : Object.keys(cases).length,
  );
  const cells = [
    count(suite.forward),
    count(suite.smooth),
    count(suite.smooth),
    count(suite.broadcasting),
    count(suite.empty),
    count(suite.kinks),
    count(suite.errors),
    String(sizes.reduce((a, b) => a + b)),
    typeCell(type, notes),
    pytorchCell(name, notes),
  ];
  return `| [${name}](../${file}) [∂](mathematics.md#${name}) | ${cells.join(" | ")} |`;
}

function typeCell({ type, reason }: StatedType, notes: Notes): string {
  const shape = /<(\[.*\])>/.exec(type)?.[1];
  if (shape !== undefined) return `\`${shape}\`${type.endsWith("[]") ? " each" : ""}`;
  if (reason === "") throw new Error("A plain Variable in test/types/op-types.ts wants its reason above it.");
  return notes.cell(reason);
}

const pytorch = readCases("pytorch.json");

function pytorchCell(name: string, notes: Notes): string {
  const count = pytorch.filter(({ op }) => op === name).length;
  return count > 0 ? String(count) : notes.cell(notInPytorch[name] ?? "no case yet");
}
