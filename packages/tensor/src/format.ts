/**
 * Printing as NumPy prints: `tensor([[1., 2.],\n        [3., 4.]], dtype=float32)`.
 *
 * The body is NumPy's array2string with its defaults (8 digits, 75 columns, beyond 1000 elements three at each edge);
 * only true and false are JavaScript's words and a shape has square brackets. The dtype is always named, but for bool,
 * which its words show; the shape where the text does not show it: summarised and empty tensors.
 * Source: numpy/_core/arrayprint.py of NumPy 2.4.
 */
import { formatColumn } from "./format-numbers.ts";
import { formatShape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

const lineWidth = 75;
const threshold = 1000;
const edgeItems = 3;
const prefix = "tensor(";

/**
 * x as text, the way NumPy's repr writes an array. Of a large tensor only the elements that are shown are read.
 * A tensor of a recording, which holds no numbers yet, prints its shape and dtype.
 *
 * @example formatTensor(tensor([1, 2.5])) // "tensor([1. , 2.5], dtype=float32)"
 */
export function formatTensor(x: Tensor): string {
  const summarised = x.size > threshold;
  const body = x.size === 0 ? "[]" : formatBody(x, summarised);
  const extras: string[] = [];
  if (summarised || x.storage.array === null || (x.size === 0 && x.rank !== 1)) {
    extras.push(`shape=${formatShape(x.shape)}`);
  }
  if (x.dtype !== "bool" || x.size === 0 || x.storage.array === null) extras.push(`dtype=${x.dtype}`);
  if (extras.length === 0) return `${prefix}${body})`;
  const text = `${prefix}${body},`;
  const extra = `${extras.join(", ")})`;
  const lastLine = text.length - (text.lastIndexOf("\n") + 1);
  const gap = lastLine + extra.length + 1 > lineWidth ? `\n${" ".repeat(prefix.length)}` : " ";
  return text + gap + extra;
}

function formatBody(x: Tensor, summarised: boolean): string {
  const values = shownValues(x, summarised);
  if (values === null) return x.storage.absence.shown;
  const layout = { words: formatColumn(x.dtype, values, x.rank === 0), next: 0, shape: x.shape, summarised };
  // The closing parenthesis takes a column of the line; "[" takes one more of the indent.
  return nest(layout, 0, " ".repeat(prefix.length + 1), lineWidth - 1);
}

/** The elements that are shown, in row-major order, read where they lie; null where there are none yet. */
function shownValues(x: Tensor, summarised: boolean): number[] | null {
  const array = x.storage.array;
  if (array === null) return null;
  const values: number[] = [];
  const visit = (axis: number, position: number): void => {
    const [size, stride] = [x.shape[axis], x.strides[axis]];
    if (size === undefined || stride === undefined) {
      values.push(array[position] ?? Number.NaN);
      return;
    }
    for (let i = 0; i < size; i++) {
      if (summarised && size > 2 * edgeItems && i === edgeItems) i = size - edgeItems;
      visit(axis + 1, position + i * stride);
    }
  };
  visit(0, x.offset);
  return values;
}

interface Layout {
  readonly words: readonly string[];
  /** The next word to be placed. */
  next: number;
  readonly shape: readonly number[];
  readonly summarised: boolean;
}

/** The elements from `axis` on, in brackets, in lines of at most `width` that start with `indent`. */
function nest(layout: Layout, axis: number, indent: string, width: number): string {
  const size = layout.shape[axis];
  if (size === undefined) return layout.words[layout.next++] ?? "";
  const cut = layout.summarised && size > 2 * edgeItems;
  const count = cut ? 2 * edgeItems : size;
  const parts: string[] = [];
  for (let i = 0; i < count; i++) {
    if (cut && i === edgeItems) parts.push("...");
    parts.push(nest(layout, axis + 1, `${indent} `, width - 1));
  }
  const axesLeft = layout.shape.length - axis;
  if (axesLeft > 1) return `[${parts.join(`,${"\n".repeat(axesLeft - 1)}${indent}`)}]`;
  return `[${wrap(parts, indent, width - 1)}]`;
}

/** Words joined by commas, wrapped before `width`; later lines start with `indent`, and the first stands after it. */
function wrap(words: readonly string[], indent: string, width: number): string {
  const lines: string[] = [];
  let line = indent;
  for (const [i, word] of words.entries()) {
    if (line.length + word.length > width && line.length > indent.length) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += i < words.length - 1 ? `${word}, ` : word;
  }
  return [...lines, line].join("\n").slice(indent.length);
}
