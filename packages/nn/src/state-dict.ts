/** Values of a module by name, and putting them back. */
import { AdjointError, formatShape, sameShape, type Tensor } from "@adjoint/tensor";

/** Tensors by name, in the order of the module's properties. */
export type StateDict = Map<string, Tensor>;

/** Settings of `loadStateDict`. */
export interface LoadOptions {
  /** Refuse missing and unknown names. Default true; shapes must fit in any case. */
  readonly strict?: boolean;
}

/** A state dict that does not fit the module; the fields list what is wrong. */
export class StateDictError extends AdjointError {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly mismatched: readonly string[];

  constructor(missing: readonly string[], unexpected: readonly string[], mismatched: readonly string[]) {
    const parts = [
      missing.length > 0 ? `missing: ${missing.join(", ")}` : "",
      unexpected.length > 0 ? `unexpected: ${unexpected.join(", ")}` : "",
      mismatched.length > 0 ? `of another shape: ${mismatched.join(", ")}` : "",
    ].filter((part) => part !== "");
    super(
      "loadStateDict",
      `the state does not fit the module: ${parts.join("; ")}.`,
      "Build the module with the settings it was saved with; { strict: false } passes over missing and unexpected names.",
    );
    this.missing = missing;
    this.unexpected = unexpected;
    this.mismatched = mismatched;
  }
}

/** Writes `state` into the tensors of `target`, or nothing at all. @throws {StateDictError} if they do not fit. */
export function loadInto(target: StateDict, state: StateDict, options: LoadOptions): void {
  const strict = options.strict ?? true;
  const missing = strict ? [...target.keys()].filter((name) => !state.has(name)) : [];
  const unexpected = strict ? [...state.keys()].filter((name) => !target.has(name)) : [];
  const mismatched: string[] = [];
  for (const [name, tensor] of target) {
    const source = state.get(name);
    if (source === undefined || sameShape(source.shape, tensor.shape)) continue;
    mismatched.push(
      `${name} (the module has ${formatShape(tensor.shape)}, the state ${formatShape(source.shape)})`,
    );
  }
  if (missing.length + unexpected.length + mismatched.length > 0) {
    throw new StateDictError(missing, unexpected, mismatched);
  }
  for (const [name, tensor] of target) {
    const source = state.get(name);
    if (source !== undefined) tensor.assign(source, { writer: "loadStateDict" });
  }
}
