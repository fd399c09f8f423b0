/**
 * Places in the page's own programs. They run out of a bundle that is minified, whose builder leaves a table behind it
 * which says where the programs' lines have come to lie. What the table does not name is the library.
 */

/** A file of the programs. */
export interface ProgramFile {
  /** `programs/digits.ts`. */
  readonly address: string;
  readonly text: string;
}

/** Where in one bundle the programs lie. */
export interface PlaceTable {
  readonly files: readonly ProgramFile[];
  /**
   * Five numbers each, in order of the bundle's lines and columns: line from 1, column from 0, and what begins there:
   * the position among the files, or −1 for the library, and the line from 1 and the column from 0 in it.
   */
  readonly segments: readonly number[];
}

/** How the builder names the table for the program behind which it stands. */
export const tableName = "adjointPlaces";

/** The table of the bundle that this runs in; null where it was not bundled so. */
export function bundleTable(): PlaceTable | null {
  return (globalThis as { readonly [tableName]?: PlaceTable })[tableName] ?? null;
}

/** How deep a stack is kept; V8 keeps 10 by itself, and nested modules put many frames before the program's. */
const depth = 100;

/** A function that tells the program's line from which it is called: `programs/digits.ts:36:17`. */
export function placesOf(table: PlaceTable): () => string | null {
  return () => {
    const engine: ErrorConstructor & { stackTraceLimit?: number } = Error;
    const { stackTraceLimit } = engine;
    if (stackTraceLimit !== undefined) engine.stackTraceLimit = depth;
    const { stack = "" } = new Error("an op was applied here");
    if (stackTraceLimit !== undefined) engine.stackTraceLimit = stackTraceLimit;
    return placeInStack(stack, table);
  };
}

/** The place of the innermost frame that lies in a file of the table; null if none does. */
function placeInStack(stack: string, table: PlaceTable): string | null {
  for (const frame of stack.split("\n")) {
    const [, line, column] = /:(\d+):(\d+)\)?\s*$/.exec(frame) ?? [];
    if (line === undefined) continue;
    const place = placeAt(table, Number(line), Number(column) - 1);
    if (place !== null) return place;
  }
  return null;
}

function placeAt({ files, segments }: PlaceTable, line: number, column: number): string | null {
  let [low, high] = [0, segments.length / 5];
  // The last segment that begins at the position or before it.
  while (low < high) {
    const middle = (low + high) >> 1;
    const [atLine = 0, atColumn = 0] = [segments[5 * middle], segments[5 * middle + 1]];
    if (atLine < line || (atLine === line && atColumn <= column)) low = middle + 1;
    else high = middle;
  }
  const [, , file = -1, fileLine = 0, fileColumn = 0] = segments.slice(5 * (low - 1), 5 * low);
  const found = files[file];
  return low === 0 || found === undefined ? null : `${found.address}:${fileLine}:${fileColumn + 1}`;
}
