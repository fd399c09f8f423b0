/**
 * Subscripts of `einsum`, read and checked: which label each axis of each operand has, and which the result has.
 *
 * The axes that an ellipsis stands for get labels of their own, counted from the last: "...0", "...1".
 */
import { AdjointError, formatShape, type Shape, ShapeMismatchError } from "@adjoint/tensor";

/** A letter, or one of the axes of an ellipsis. */
export type Label = string;

/** What subscripts say about operands of known shapes. */
export interface Contraction {
  /** The labels of each operand's axes. */
  readonly inputs: readonly (readonly Label[])[];
  readonly output: readonly Label[];
  /** The size of each label: the largest of its axes, of which the others may be 1. */
  readonly sizes: ReadonlyMap<Label, number>;
}

/**
 * Reads `subscripts` for operands of `shapes`.
 *
 * @throws {AdjointError} if they cannot be read, or do not name as many operands.
 * @throws {ShapeMismatchError} if they do not fit the shapes.
 */
export function readSubscripts(subscripts: string, shapes: readonly Shape[]): Contraction {
  const text = subscripts.replaceAll(" ", "");
  const stray = /[^A-Za-z.,>-]/.exec(text)?.[0];
  if (stray !== undefined) throw unreadable(subscripts, `hold "${stray}"`);
  const [left = "", right, ...rest] = text.split("->");
  if (rest.length > 0 || /[>-]/.test(left + (right ?? "")))
    throw unreadable(subscripts, 'hold more than one "->", or a part of it');
  const terms = left.split(",").map((term) => split(subscripts, term));
  if (terms.length !== shapes.length) {
    const what = `subscripts "${subscripts}" name ${terms.length} operands, ${shapes.length} were given.`;
    throw new AdjointError("einsum", what, "Separate the subscripts of operands by commas.");
  }
  const inputs = terms.map((term, i) => labelsOf(term, shapes[i] as Shape, i));
  const sizes = sizesOf(inputs, shapes);
  const dots = [...sizes.keys()].filter(isDot).sort((p, q) => fromLast(q) - fromLast(p));
  const output =
    right === undefined ? [...dots, ...onceIn(inputs)] : outputOf(split(subscripts, right), dots, sizes);
  return { inputs, output, sizes };
}

function unreadable(subscripts: string, why: string): AdjointError {
  const remedy =
    'Give letters, commas, "..." at most once an operand, and "->" at most once: "...ij,jk->...ik".';
  return new AdjointError("einsum", `subscripts "${subscripts}" ${why}.`, remedy);
}

/** A term as letters and "...". */
function split(subscripts: string, term: string): string[] {
  const parts: string[] = term.match(/\.\.\.|./g) ?? [];
  if (parts.includes(".") || parts.filter((part) => part === "...").length > 1 || term.includes(",")) {
    throw unreadable(subscripts, `hold "${term}"`);
  }
  return parts;
}

function isDot(label: Label): boolean {
  return label.startsWith("...");
}

/** Where an axis of an ellipsis lies, counted from its last one. */
function fromLast(label: Label): number {
  return Number(label.slice("...".length));
}

/** A label for each axis of operand i. */
function labelsOf(term: readonly string[], shape: Shape, i: number): Label[] {
  const letters = term.filter((part) => !isDot(part)).length;
  const more = shape.length - letters;
  if (more < 0 || (more > 0 && letters === term.length)) {
    throw new ShapeMismatchError(
      "einsum",
      `operand ${i} is ${formatShape(shape)} and has subscripts "${term.join("")}": ${letters} letters for ${shape.length} axes.`,
      'Give a letter for each axis, or "..." for the rest of them.',
      [shape],
    );
  }
  // Dots are counted from the last, so that those of different operands are aligned there, as in broadcasting.
  const dots = Array.from({ length: more }, (_, axis) => `...${more - 1 - axis}`);
  return term.flatMap((part) => (isDot(part) ? dots : [part]));
}

function sizesOf(inputs: readonly (readonly Label[])[], shapes: readonly Shape[]): Map<Label, number> {
  const found = new Map<Label, { size: number; operand: number; axis: number }>();
  for (const [operand, labels] of inputs.entries()) {
    for (const [axis, label] of labels.entries()) {
      const size = shapes[operand]?.[axis] ?? 1;
      const first = found.get(label);
      // On a diagonal nothing stretches.
      const fits = first?.size === size || (first?.operand !== operand && (first?.size === 1 || size === 1));
      if (first === undefined || (fits && first.size === 1)) found.set(label, { size, operand, axis });
      else if (!fits) {
        const place = (at: { operand: number; axis: number; size: number }): string =>
          `${at.size} in operand ${at.operand} (axis ${at.axis} of ${formatShape(shapes[at.operand] ?? [])})`;
        const name = isDot(label) ? "an axis of ..." : `"${label}"`;
        throw new ShapeMismatchError(
          "einsum",
          `${name} is ${place(first)} and ${place({ operand, axis, size })}.`,
          "Axes of one letter must be equal; between operands, 1 stretches.",
          shapes,
        );
      }
    }
  }
  return new Map([...found].map(([label, { size }]) => [label, size]));
}

/** The letters that occur once in all operands, in alphabetical order, capitals first. */
function onceIn(inputs: readonly (readonly Label[])[]): Label[] {
  const all = inputs.flat().filter((label) => !isDot(label));
  return all.filter((label) => all.indexOf(label) === all.lastIndexOf(label)).sort();
}

/** The labels of an output that is given. An ellipsis that it leaves out is summed over. */
function outputOf(
  term: readonly string[],
  dots: readonly Label[],
  sizes: ReadonlyMap<Label, number>,
): Label[] {
  const twice = term.find((part, i) => term.indexOf(part) !== i);
  if (twice !== undefined) {
    throw new AdjointError("einsum", `the output names "${twice}" twice.`, "Name each letter once.");
  }
  const unknown = term.find((part) => !isDot(part) && !sizes.has(part));
  if (unknown !== undefined) {
    const remedy = "Every letter of the output must be a letter of an operand.";
    throw new AdjointError("einsum", `the output names "${unknown}", which no operand has.`, remedy);
  }
  return term.flatMap((part) => (isDot(part) ? dots : [part]));
}
