/** What is known of a run before its first step. */
import { type DType, dtypes, FormatError, type Shape } from "@adjoint/tensor";
import { type Fields, fieldsOf, integerOf, numbersOf, objectOf, objectsOf, textOf } from "./fields.ts";

/** A parameter of a run. */
export interface RunParameter {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A run's description. */
export interface RunInfo {
  /** Tells this run from every other one. */
  readonly id: string;
  /** What is run, in words: `mnist train 784-128-10`. */
  readonly title: string;
  /** Settings and whatever else is worth showing, by name. */
  readonly notes: Readonly<Record<string, string>>;
  readonly parameters: readonly RunParameter[];
  /** How many steps the run will have if nothing stops it; null if that is not known. */
  readonly plannedSteps: number | null;
  /** Steps in an epoch; null where there are no epochs. */
  readonly stepsPerEpoch: number | null;
  /** The norms are measured in steps 1, 1 + n, 1 + 2n, …. */
  readonly normsEvery: number;
}

const format = "adjoint-run";
const version = 1;

/** The description as JSON. */
export function encodeRunInfo(info: RunInfo): string {
  return `${JSON.stringify({ format, version, ...info }, null, 2)}\n`;
}

/**
 * The description in JSON that `encodeRunInfo` wrote.
 *
 * @throws {FormatError} if it is none, or of another version.
 */
export function decodeRunInfo(text: string): RunInfo {
  const op = "decodeRunInfo";
  const fields = fieldsOf(op, text);
  if (fields.format !== format || fields.version !== version) {
    const found = `format ${JSON.stringify(fields.format)}, version ${JSON.stringify(fields.version)}`;
    throw new FormatError(op, `the text is of ${found}.`, `Give a run's info.json of version ${version}.`);
  }
  const count = (name: string): number | null => (fields[name] === null ? null : integerOf(op, fields, name));
  const notes = objectOf(op, fields, "notes");
  return {
    id: textOf(op, fields, "id"),
    title: textOf(op, fields, "title"),
    notes: Object.fromEntries(Object.keys(notes).map((name) => [name, textOf(op, notes, name)])),
    parameters: objectsOf(op, fields, "parameters").map(readParameter),
    plannedSteps: count("plannedSteps"),
    stepsPerEpoch: count("stepsPerEpoch"),
    normsEvery: integerOf(op, fields, "normsEvery"),
  };
}

function readParameter(fields: Fields): RunParameter {
  const dtype = dtypes.find((known) => known === fields.dtype);
  if (dtype === undefined) {
    const what = `a parameter's dtype is ${JSON.stringify(fields.dtype)}.`;
    throw new FormatError("decodeRunInfo", what, `There are ${dtypes.join(", ")}.`);
  }
  const shape = numbersOf("decodeRunInfo", fields, "shape");
  return { name: textOf("decodeRunInfo", fields, "name"), shape, dtype };
}
