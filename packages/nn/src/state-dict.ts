/** Values by name, and putting them back: all of them or none. */
import { AdjointError, formatShape, sameShape, type Tensor } from "@adjoint/tensor";

/** Tensors by name, in the order of the module's properties. */
export type StateDict = Map<string, Tensor>;

/** What a state dict may be of. */
export type StateOwner = "module" | "optimizer" | "schedule";

/** Settings of `loadStateDict`. */
export interface LoadOptions {
  /** Refuse missing and unknown names. Default true; shapes must fit in any case. */
  readonly strict?: boolean;
}

/** A tensor to be written, and the names under which a state may hold its values. */
export interface LoadTarget {
  readonly tensor: Tensor;
  /** The first is its own; the others are of modules that share it. */
  readonly names: readonly string[];
}

/** A state dict that does not fit the module or optimizer; the fields list what is wrong. */
export class StateDictError extends AdjointError {
  /** Names that the state lacks. */
  readonly missing: readonly string[];
  /** Names that only the state has. */
  readonly unexpected: readonly string[];
  /** Names whose shapes differ, each with both shapes. */
  readonly mismatched: readonly string[];

  /** @param owner what the state does not fit. */
  constructor(
    owner: StateOwner,
    missing: readonly string[],
    unexpected: readonly string[],
    mismatched: readonly string[],
  ) {
    const parts = [
      missing.length > 0 ? `missing: ${missing.join(", ")}` : "",
      unexpected.length > 0 ? `unexpected: ${unexpected.join(", ")}` : "",
      mismatched.length > 0 ? `of another shape: ${mismatched.join(", ")}` : "",
    ].filter((part) => part !== "");
    const leniency =
      owner === "module" && mismatched.length === 0
        ? "; { strict: false } passes over missing and unexpected names"
        : "";
    super(
      "loadStateDict",
      `the state does not fit the ${owner}: ${parts.join("; ")}.`,
      `Build the ${owner} with the settings it was saved with${leniency}.`,
    );
    this.missing = missing;
    this.unexpected = unexpected;
    this.mismatched = mismatched;
  }
}

/**
 * Writes `state` into the targets, cast to their dtypes, or writes nothing at all.
 *
 * @param owner what the targets belong to, for the message.
 * @throws {StateDictError} if they do not fit.
 */
export function loadInto(
  owner: StateOwner,
  targets: readonly LoadTarget[],
  state: ReadonlyMap<string, Tensor>,
  options: LoadOptions = {},
): void {
  const strict = options.strict ?? true;
  const known = new Set(targets.flatMap(({ names }) => names));
  const missing = targets.filter(({ names }) => !names.some((name) => state.has(name)));
  const unexpected = [...state.keys()].filter((name) => !known.has(name));
  const found = targets.flatMap(({ tensor, names }) => sourcesOf(tensor, names, state));
  const mismatched = found
    .filter(({ tensor, source }) => !sameShape(source.shape, tensor.shape))
    .map(
      ({ name, tensor, source }) =>
        `${name} (the ${owner} has ${formatShape(tensor.shape)}, the state ${formatShape(source.shape)})`,
    );
  if (mismatched.length > 0 || (strict && missing.length + unexpected.length > 0)) {
    const absent = missing.map(({ names }) => names[0] ?? "");
    throw new StateDictError(owner, strict ? absent : [], strict ? unexpected : [], mismatched);
  }
  // What is read from memory that is about to be written is copied first: the state may be of this very module.
  const written = new Set(found.map(({ tensor }) => tensor.storage));
  const sources = found.map(({ source }) => (written.has(source.storage) ? source.copy() : source));
  for (const [i, { tensor }] of found.entries()) {
    tensor.assign(sources[i] ?? tensor, { writer: "loadStateDict" });
  }
}

function sourcesOf(
  tensor: Tensor,
  names: readonly string[],
  state: ReadonlyMap<string, Tensor>,
): { name: string; tensor: Tensor; source: Tensor }[] {
  return names.flatMap((name) => {
    const source = state.get(name);
    return source === undefined ? [] : [{ name, tensor, source }];
  });
}
