/** The programs of the page by name. */
import { type DeepActivation, deepProgram } from "./deep.ts";
import { digitsProgram } from "./digits.ts";
import { ExpressionError, expressionProgram } from "./expression.ts";
import type { Program } from "./program.ts";
import { xorProgram } from "./xor.ts";

/** What the form says: `program`, and the fields of that program, as the address keeps them. */
export type ProgramSettings = ReadonlyMap<string, string>;

/** A whole number of the settings; 0 where it is missing. */
export function wholeOf(settings: ProgramSettings, name: string): number {
  return Number(settings.get(name) ?? 0);
}

/** The program that `settings` describe. @throws {ExpressionError} for an expression that cannot be read. */
export function programOf(settings: ProgramSettings): Program {
  const whole = (name: string): number => wholeOf(settings, name);
  const name = settings.get("program");
  if (name === "digits") return digitsProgram(whole("hidden"), whole("seed"));
  if (name === "xor") return xorProgram(whole("seed"));
  if (name === "deep") return deepOf(settings);
  if (name === "expression") return expressionProgram(settings.get("expression") ?? "");
  throw new ExpressionError(`there is no program ${name}`, 0, "Choose one of the list.");
}

/** @throws {ArgumentError} for a number out of its range or an unknown activation, as an address may hold. */
function deepOf(settings: ProgramSettings): Program {
  return deepProgram({
    depth: wholeOf(settings, "depth"),
    width: wholeOf(settings, "width"),
    activation: (settings.get("activation") ?? "") as DeepActivation,
    gain: Number(settings.get("gain") ?? Number.NaN),
    seed: wholeOf(settings, "seed"),
  });
}
