/** The summary of a module as a table: what lies where, what shape it gives, and how many numbers it holds. */
import { noGrad, Variable } from "@adjoint/autograd";
import { bytesPerElement, checkOptions, type DType, formatShape, type Shape, zeros } from "@adjoint/tensor";
import type { Module } from "./module.ts";
import { watchForward } from "./watch-forward.ts";

/** Settings of `summary`. */
export interface SummaryOptions {
  /** The shape of an input, batch axis included; with it the table has the shape that each module gives. */
  readonly inputShape?: Shape;
  /** The dtype of that input. Default float32. */
  readonly inputDType?: DType;
}

/**
 * A table of `module` and the modules below it: name, type, output shape, parameters and bytes of its own (those of its
 * children are on their lines), and the totals. What is shared counts once.
 *
 * Output shapes come from one forward pass over zeros, in evaluation and off the tape.
 *
 * @throws what `forward` throws, if the input does not fit.
 */
export function summarize(module: Module, options: SummaryOptions): string {
  checkOptions("summary", options, ["inputShape", "inputDType"]);
  const { inputShape, inputDType = "float32" } = options;
  const shapes = inputShape === undefined ? null : outputShapes(module, inputShape, inputDType);
  const header = ["module", "type", ...(shapes === null ? [] : ["output"]), "parameters", "bytes"];
  const first = new Map<Module, string>();
  const rows = module.namedModules().map(([name, part]) => {
    const path = name === "" ? "(whole)" : name;
    const again = first.get(part);
    if (again === undefined) first.set(part, path);
    const type = `${part.constructor.name}${again === undefined ? "" : ` (as ${again})`}`;
    const output = shapes === null ? [] : [shapes.get(part) ?? "-"];
    return [path, type, ...output, ...countAndBytes(again === undefined ? ownParameters(part) : [])];
  });
  const parameters = module.parameters();
  const buffers = module.namedBuffers().map(([, buffer]) => buffer);
  const gap = shapes === null ? [""] : ["", ""];
  const totals = [
    ["total", ...gap, ...countAndBytes(parameters)],
    ["trained", ...gap, ...countAndBytes(parameters.filter((parameter) => parameter.requiresGrad))],
    ["buffers", ...gap, ...countAndBytes(buffers)],
  ];
  return table(header, rows, buffers.length > 0 ? totals : totals.slice(0, 2));
}

/** What has a size in memory. */
interface Holding {
  readonly size: number;
  readonly dtype: DType;
}

function ownParameters(module: Module): Holding[] {
  const below = new Set(module.namedChildren().flatMap(([, child]) => child.parameters()));
  return module.parameters().filter((parameter) => !below.has(parameter));
}

function countAndBytes(holdings: readonly Holding[]): [string, string] {
  const count = holdings.reduce((sum, { size }) => sum + size, 0);
  const bytes = holdings.reduce((sum, { size, dtype }) => sum + size * bytesPerElement(dtype), 0);
  return [count.toLocaleString("en-US"), bytes.toLocaleString("en-US")];
}

/** The shape that each module gave in a forward pass over zeros. */
function outputShapes(module: Module, inputShape: Shape, dtype: DType): Map<Module, string> {
  const shapes = new Map<Module, string>();
  const parts = module.namedModules().map(([, part]) => part);
  const modes = parts.map((part) => part.training);
  const around = <T>(part: Module, forward: () => T): T => {
    const output = forward();
    if (output instanceof Variable) shapes.set(part, formatShape(output.shape));
    return output;
  };
  try {
    module.eval();
    watchForward([...new Set(parts)], around, () =>
      noGrad(() => module.forward(zeros(inputShape, { dtype }))),
    );
  } finally {
    // Parents come first, so that each part ends with its own mode.
    for (const [i, part] of parts.entries()) part.train(modes[i]);
  }
  return shapes;
}

/** Text columns to the left, the last two (numbers) to the right, a rule under the header and over the totals. */
function table(header: string[], rows: string[][], totals: string[][]): string {
  const lines = [header, ...rows, ...totals];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  const print = (line: string[]): string =>
    line
      .map((cell, column) =>
        column < header.length - 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ");
  const rule = "-".repeat(print(header).length);
  return [print(header), rule, ...rows.map(print), rule, ...totals.map(print)].join("\n");
}
