/** What a trace is called where two are told apart. Pure. */
import type { Trace } from "@adjoint/autograd/graph";

const longest = 72;

/**
 * The program and its settings as the trace's metadata tell them; else how large it is.
 *
 * @example `xor: seed 0, steps 3`; `tanh(a*b)`; `a trace of 19 nodes`
 */
export function traceTitle({ metadata, nodes }: Trace): string {
  const program = metadata.get("program") ?? "";
  // Whole source files stand there too.
  const settings = [...metadata].filter(([name]) => name !== "program" && !name.includes(":"));
  const expression = metadata.get("expression");
  if (program === "expression" && expression !== undefined) return short(expression);
  if (settings.length === 0) return short(program || `a trace of ${nodes.length} nodes`);
  const list = settings.map(([name, value]) => `${name} ${value}`).join(", ");
  return short(program === "" ? list : `${program}: ${list}`);
}

function short(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
