/** The form that chooses a program, and the trace that it records. */
import type { Trace } from "@adjoint/autograd/graph";
import { digitsProgram } from "../programs/digits.ts";
import { ExpressionError, expressionProgram } from "../programs/expression.ts";
import { type Program, recordStep } from "../programs/program.ts";
import { xorProgram } from "../programs/xor.ts";

/** Shows the fields of the chosen program alone. */
export function showFields(form: HTMLFormElement): void {
  const chosen = new FormData(form).get("program");
  for (const label of form.querySelectorAll<HTMLElement>("[data-for]")) {
    const hidden = !(label.dataset.for ?? "").split(" ").includes(String(chosen));
    label.hidden = hidden;
    for (const field of label.querySelectorAll("input")) field.disabled = hidden;
  }
}

/** Fills the form with what an address keeps; names and values that the form has not are passed over. */
export function fillForm(form: HTMLFormElement, settings: ReadonlyMap<string, string>): void {
  for (const [name, value] of settings) {
    const field = form.elements.namedItem(name);
    if (!(field instanceof HTMLInputElement) && !(field instanceof HTMLSelectElement)) continue;
    const before = field.value;
    field.value = value;
    if (!field.checkValidity() || field.value !== value) field.value = before;
  }
  showFields(form);
}

/** What the form says, for the address. */
export function formSettings(form: HTMLFormElement): Map<string, string> {
  return new Map([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}

/**
 * Runs the chosen program and records one step of it.
 *
 * @throws {ExpressionError} if the expression cannot be read.
 */
export function recordForm(form: HTMLFormElement): Trace {
  const settings = formSettings(form);
  const number = (name: string): number => Number(settings.get(name) ?? 0);
  return recordStep(programOf(settings, number), number("steps"), Object.fromEntries(settings));
}

function programOf(settings: ReadonlyMap<string, string>, number: (name: string) => number): Program {
  const name = settings.get("program");
  if (name === "digits") return digitsProgram(number("hidden"), number("seed"));
  if (name === "xor") return xorProgram(number("seed"));
  if (name === "expression") return expressionProgram(settings.get("expression") ?? "");
  throw new ExpressionError(`there is no program ${name}`, 0, "Choose one of the list.");
}
