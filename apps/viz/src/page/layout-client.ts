/** Asks for layouts: in a worker, or in small steps on the page's thread where there is none. */
import type { GraphPlaces, LayoutQuestion } from "../graph-layout.ts";
import { type LayoutBasis, LayoutRunner } from "../layout-runner.ts";
import { breath } from "./breath.ts";
import { startWorker } from "./start-worker.ts";

/** Answers come for the newest question alone; those that it overtook get null, and are given up. */
export class LayoutClient {
  readonly #here: LayoutRunner = new LayoutRunner(breath);
  #worker: Worker | null | undefined;
  #asked = 0;
  #cancel: () => void = () => {};

  /** The number of the newest question; with it, a later one can start from its answer. */
  get latest(): number {
    return this.#asked;
  }

  /** The places of `question`; null if another was asked, or `cancel` called, before they were there. */
  ask(question: LayoutQuestion, basis: LayoutBasis | null): Promise<GraphPlaces | null> {
    this.#cancel();
    const id = ++this.#asked;
    const begin = performance.now();
    performance.mark("graph layout begins");
    return new Promise((resolve) => {
      const finish = (places: GraphPlaces | null): void => {
        this.#cancel = () => {};
        const detail = { nodes: question.keys.length, cancelled: places === null };
        performance.measure("graph layout", { start: begin, detail });
        resolve(places);
      };
      this.#cancel = () => finish(null);
      const here = (): void => {
        void this.#here.run({ id, question, basis }).then((places) => {
          if (id === this.#asked) finish(places);
        });
      };
      this.#worker ??= startWorker("layout-worker");
      const worker = this.#worker;
      if (worker === null) return here();
      worker.onmessage = ({ data }: MessageEvent<{ readonly id: number; readonly places: GraphPlaces }>) => {
        if (data.id === this.#asked) finish(data.places);
      };
      worker.onerror = () => {
        this.#worker = null;
        here();
      };
      worker.postMessage({ id, question, basis });
    });
  }

  /** Gives up what is under way. */
  cancel(): void {
    this.#cancel();
    this.#here.cancel();
    this.#worker?.postMessage(null);
  }
}
