/** Which line of the program each node comes from, and which nodes each line made. Pure. */
import { readPlace, type SourcePlace, sourceKey, type Trace } from "@adjoint/autograd/graph";

/** A file that places name. */
export interface CodeFile {
  /** Its address, as places write it. */
  readonly address: string;
  /** The last part of the address, or more where two files end alike. */
  readonly name: string;
  /** The text, if the trace carries it. */
  readonly text: string | null;
  /** The ids of the nodes that a line applied, in order of execution; lines count from 1. */
  readonly lines: ReadonlyMap<number, readonly number[]>;
}

/** The code of a trace. */
export interface CodePlaces {
  /** In the order in which they come up. */
  readonly files: readonly CodeFile[];
  /** The place of a node; null for leaves and constants, and where none was noted. */
  placeOf(node: number): SourcePlace | null;
}

/** The code behind the nodes of `trace`. A place that is beyond the end of its text is kept: the file may be another. */
export function codePlaces(trace: Trace): CodePlaces {
  const places = new Map<number, SourcePlace>();
  const files = new Map<string, Map<number, number[]>>();
  for (const { id, place } of trace.nodes) {
    const found = place === null ? null : readPlace(place);
    if (found === null) continue;
    places.set(id, found);
    const lines = files.get(found.address) ?? new Map<number, number[]>();
    files.set(found.address, lines);
    const nodes = lines.get(found.line) ?? [];
    lines.set(found.line, nodes);
    nodes.push(id);
  }
  const names = shortNames([...files.keys()]);
  return {
    files: [...files].map(([address, lines]) => ({
      address,
      name: names.get(address) ?? address,
      text: trace.metadata.get(sourceKey + address) ?? null,
      lines,
    })),
    placeOf: (node) => places.get(node) ?? null,
  };
}

/** The last parts of each address, as many as tell it from the others. */
function shortNames(addresses: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const address of addresses) {
    const parts = address.split(/[/\\]/);
    const end = (of: string, count: number): string => of.split(/[/\\]/).slice(-count).join("/");
    let count = 1;
    const isShared = (): boolean =>
      addresses.some((other) => other !== address && end(other, count) === end(address, count));
    while (count < parts.length && isShared()) count++;
    names.set(address, end(address, count));
  }
  return names;
}
