/** Asks the worker for a layout. A newer question cancels what is under way: the worker is ended and another started. */
import { type CardGraph, type CardPositions, layoutCards } from "../graph-layout.ts";
import { startWorker } from "./start-worker.ts";

let worker: Worker | null = null;
let cancel: (() => void) | null = null;
let asked = 0;

/** The layout of `graph`; null if another was asked for before it was there. */
export function askLayout(graph: CardGraph): Promise<CardPositions | null> {
  cancel?.();
  const id = ++asked;
  return new Promise((resolve) => {
    const finish = (positions: CardPositions | null): void => {
      cancel = null;
      resolve(positions);
    };
    worker ??= startWorker("layout-worker");
    const here = worker;
    // Where no worker can be started the page itself does it.
    if (here === null) return finish(layoutCards(graph));
    cancel = () => {
      here.terminate();
      worker = null;
      finish(null);
    };
    here.onmessage = ({ data }: MessageEvent<{ readonly id: number; readonly positions: CardPositions }>) => {
      if (data.id === id) finish(data.positions);
    };
    here.onerror = () => {
      worker = null;
      finish(layoutCards(graph));
    };
    here.postMessage({ id, graph });
  });
}
