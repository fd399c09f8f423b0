/** The layout, off the page's thread. */
import { type CardGraph, layoutCards } from "../graph-layout.ts";

addEventListener("message", ({ data }: MessageEvent<{ readonly id: number; readonly graph: CardGraph }>) => {
  postMessage({ id: data.id, positions: layoutCards(data.graph) });
});
