/** Workers of the page. A self-contained page carries their programs, for `file://` has no other file to start. */
import type { WorkerName } from "../engine/worker-names.ts";
import { inertText } from "./inert-text.ts";

const addresses = new Map<WorkerName, string>();

/**
 * A new worker that runs the program `name`: the text of the block `worker-<name>` where the page has one, else the file
 * `<name>.js`; null where the browser starts none. An error while it loads comes as its `error` event.
 */
export function startWorker(name: WorkerName): Worker | null {
  try {
    return new Worker(addressOf(name));
  } catch {
    return null;
  }
}

/** The address is made once: a page that starts a worker anew, to cancel what it did, shall not gather copies. */
function addressOf(name: WorkerName): string {
  const known = addresses.get(name);
  if (known !== undefined) return known;
  const text = inertText(`worker-${name}`);
  const address =
    text === null ? `${name}.js` : URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  addresses.set(name, address);
  return address;
}
