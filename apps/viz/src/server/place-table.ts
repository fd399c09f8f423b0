/** The table of a bundle's places, out of its source map. */
import { eachMapping, TraceMap } from "@jridgewell/trace-mapping";
import { type PlaceTable, tableName } from "../bundle-places.ts";

/** The folder of the page's programs, and those of its files that are data or no program of a user. */
const folder = /(?:^|\/)src\/(programs\/[^/]+\.ts)$/;
const noPrograms: readonly string[] = ["digit-images", "programs", "expression"].map(
  (name) => `programs/${name}.ts`,
);

/** Where the page's programs lie in the bundle that `map` describes. */
function placeTable(map: string): PlaceTable {
  const traced = new TraceMap(map);
  const contents = traced.sourcesContent ?? [];
  const files: { address: string; text: string }[] = [];
  const positions = new Map<string | null, number>();
  for (const [i, source] of traced.sources.entries()) {
    const address = folder.exec(source ?? "")?.[1];
    if (address === undefined || noPrograms.includes(address)) continue;
    positions.set(source, files.length);
    files.push({ address, text: contents[i] ?? "" });
  }
  const segments: number[] = [];
  let inside = false;
  eachMapping(traced, ({ generatedLine, generatedColumn, source, originalLine, originalColumn }) => {
    const file = positions.get(source) ?? -1;
    // One segment closes what lies inside; the library's others say no more.
    if (file < 0 && !inside) return;
    inside = file >= 0;
    segments.push(generatedLine, generatedColumn, file, originalLine ?? 0, originalColumn ?? 0);
  });
  return { files, segments };
}

/** The bundle with its table behind it, where no position moves; a bundle without programs stays as it is. */
export function withPlaceTable(bundle: Uint8Array, map: string): Uint8Array {
  const table = placeTable(map);
  if (table.files.length === 0) return bundle;
  // Inline in a page, a `<` of a text could end the script.
  const json = JSON.stringify(table).replaceAll("<", "\\u003c");
  const text = new TextDecoder().decode(bundle);
  return new TextEncoder().encode(`${text.trimEnd()}\nglobalThis.${tableName}=${json};\n`);
}
