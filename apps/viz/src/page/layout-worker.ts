/** The layout, off the page's thread. */
import { LayoutRunner, type NumberedQuestion } from "../layout-runner.ts";
import { breath } from "./breath.ts";

const runner = new LayoutRunner(breath);

addEventListener("message", ({ data }: MessageEvent<NumberedQuestion | null>) => {
  if (data === null) return runner.cancel();
  void runner.run(data).then((places) => {
    if (places === null) return;
    const { x, y, aside, bends, bendStarts } = places;
    const buffers = [x.buffer, y.buffer, aside.buffer, bends.buffer, bendStarts.buffer];
    postMessage({ id: data.id, places }, { transfer: buffers });
  });
});
