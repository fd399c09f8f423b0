/** The graph as a file: SVG that needs nothing else, and a PNG of it. */
import { cardSize } from "../graph-layout.ts";
import type { Bounds, Scene } from "../scene.ts";
import type { SceneState } from "../scene-state.ts";
import { svg } from "./dom.ts";
import { coloursOf } from "./graph-colours.ts";
import { SvgGraph } from "./graph-svg.ts";

/** So many cards an SVG file holds; more would be a file that few programs open. */
export const largestExport = 5000;

const margin = 24;
/** Pixels of a PNG for one of the SVG, and the longest side that it has. */
const pngScale = 2;
const longestSide = 8192;

/**
 * The cards of `scene` that touch `part`, with their lines and frames, in the colours that hold for `shown`.
 *
 * @param part null for the whole.
 * @throws {RangeError} if these are more than `largestExport` cards.
 */
export function graphSvg(scene: Scene, state: SceneState, part: Bounds | null, shown: Element): string {
  const [seen, states] = part === null ? [scene, state] : partOf(scene, state, part);
  if (seen.cards.length > largestExport) {
    throw new RangeError(
      `[viz] an SVG file of ${seen.cards.length} cards is too large, the limit is ${largestExport}. Fold modules, or zoom in and save what is seen.`,
    );
  }
  const drawing = new SvgGraph(seen, null);
  drawing.show(states);
  const { left, top, right, bottom } = part ?? scene.bounds;
  const [x, y] = [left - margin, top - margin];
  const [width, height] = [right - left + 2 * margin, bottom - top + 2 * margin];
  const description = `${seen.cards.length} nodes and ${seen.lines.length} edges of a recorded program.`;
  const file = svg(
    "svg",
    { viewBox: [x, y, width, height].join(" "), width, height },
    svg("title", {}, "Computation graph"),
    svg("desc", {}, description),
    svg("rect", { x, y, width, height, fill: "var(--ground)" }),
    drawing.world,
  );
  for (const far of file.querySelectorAll(".far")) far.remove();
  // Not needed in a file: what the page's keyboard and its screen readers go by.
  for (const element of file.querySelectorAll("[tabindex]")) element.removeAttribute("tabindex");
  const text = new XMLSerializer().serializeToString(file);
  const colours = coloursOf(shown);
  return text.replaceAll(/var\(--([\w-]+)\)/g, (_, name: string) =>
    (colours[name] ?? "").replaceAll('"', "'"),
  );
}

/** What of a scene touches a rectangle. */
function partOf(scene: Scene, state: SceneState, part: Bounds): [Scene, SceneState] {
  const { width, height } = cardSize;
  const touches = (left: number, top: number, wide: number, high: number): boolean =>
    left <= part.right && left + wide >= part.left && top <= part.bottom && top + high >= part.top;
  const positions = new Map<number, number>();
  for (const [i, { x, y }] of scene.cards.entries()) {
    if (touches(x - width / 2, y - height / 2, width, height)) positions.set(i, positions.size);
  }
  const kept = [...scene.lines.entries()].filter(
    ([, { from, to }]) => positions.has(from) && positions.has(to),
  );
  const moved = kept.map(([, line]) => {
    return { ...line, from: positions.get(line.from) ?? 0, to: positions.get(line.to) ?? 0 };
  });
  const pick = <T>(list: readonly T[], at: Iterable<number>): T[] => [...at].flatMap((i) => list[i] ?? []);
  return [
    {
      ...scene,
      cards: pick(scene.cards, positions.keys()),
      lines: moved,
      frames: scene.frames.filter(({ left, top, width: wide, height: high }) =>
        touches(left, top, wide, high),
      ),
    },
    {
      cards: pick(state.cards, positions.keys()),
      lines: pick(
        state.lines,
        kept.map(([i]) => i),
      ),
    },
  ];
}

/**
 * An SVG file as a PNG, two pixels for each of the SVG's, at most 8192 to a side.
 *
 * @throws {Error} if the browser cannot draw it.
 */
export async function pngOf(svgText: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svgText], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const scale = Math.min(pngScale, longestSide / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (png === null) throw new Error("[viz] the browser made no PNG. Save the graph as SVG.");
    return png;
  } finally {
    URL.revokeObjectURL(address);
  }
}
