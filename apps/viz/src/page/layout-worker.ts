/** The layout, off the page's thread. */
import { type LayoutGraph, layeredLayout } from "../layered-layout.ts";

addEventListener(
  "message",
  ({ data }: MessageEvent<{ readonly id: number; readonly graph: LayoutGraph }>) => {
    postMessage({ id: data.id, positions: layeredLayout(data.graph) });
  },
);
