/** The page's beginning: form, files, address. The library runs here; a server only hands out these files. */
import { decodeTrace, encodeTrace, type Trace } from "@adjoint/autograd/graph";
import { largestTrace } from "../trace-limit.ts";
import { readAddress, writeAddress } from "./address.ts";
import { byId } from "./dom.ts";
import { Inspector } from "./inspector.ts";
import { legend } from "./legend.ts";
import { fillForm, formSettings, recordForm, showFields } from "./program-form.ts";
import { during, idle } from "./work.ts";

const form = byId("program", HTMLFormElement);
const problem = byId("problem", HTMLElement);

/** Where the trace came from: the form, with what it said then; the server; or a file, which no address can name. */
type Origin =
  | { readonly kind: "program"; readonly settings: ReadonlyMap<string, string> }
  | { readonly kind: "served" | "file" };

let origin: Origin = { kind: "file" };

const inspector = new Inspector(() => {
  const address =
    origin.kind === "file"
      ? " "
      : writeAddress({
          program: origin.kind === "program" ? origin.settings : new Map(),
          step: inspector.step,
          node: inspector.chosen,
          openTrace: origin.kind === "served",
        });
  history.replaceState(null, "", address.trim() === "" ? location.pathname : address);
});

/** Shows what `read` gives; what it throws is said, and what was shown before stays. */
async function show(
  read: () => Trace | Promise<Trace>,
  from: Origin,
  step: number,
  node: number | null,
): Promise<void> {
  problem.hidden = true;
  try {
    const trace = await read();
    origin = from;
    await inspector.open(trace, step, node);
  } catch (error) {
    problem.textContent = error instanceof Error ? error.message : String(error);
    problem.hidden = false;
  }
}

function record(step: number, node: number | null): Promise<void> {
  const settings = formSettings(form);
  return during(show(() => recordForm(form), { kind: "program", settings }, step, node));
}

function openFile(file: File): Promise<void> {
  const read = async (): Promise<Trace> => {
    checkSize(file.size, file.name);
    return decodeTrace(new Uint8Array(await file.arrayBuffer()), { maxBytes: largestTrace });
  };
  return during(show(read, { kind: "file" }, 0, null));
}

function openServed(step: number, node: number | null): Promise<void> {
  const read = async (): Promise<Trace> => {
    const answer = await fetch("trace");
    if (!answer.ok) throw new Error("[viz] the server has no trace. Start it with npm run viz -- FILE.");
    return decodeTrace(new Uint8Array(await answer.arrayBuffer()), { maxBytes: largestTrace });
  };
  return during(show(read, { kind: "served" }, step, node));
}

function checkSize(bytes: number, name: string): void {
  if (bytes <= largestTrace) return;
  throw new Error(
    `[viz] ${name} has ${bytes} bytes, above the limit of ${largestTrace}. Record it with a smaller maxBytes.`,
  );
}

function saveTrace(): void {
  const file = new Blob([encodeTrace(inspector.trace).slice()], { type: "application/octet-stream" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "step.trace";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function begin(): Promise<void> {
  const address = readAddress(location.hash);
  fillForm(form, address.program);
  return address.openTrace ? openServed(address.step, address.node) : record(address.step, address.node);
}

function start(): void {
  byId("legend", HTMLElement).replaceChildren(...legend());
  form.addEventListener("change", () => showFields(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void record(0, null);
  });
  const picker = byId("file", HTMLInputElement);
  byId("open", HTMLElement).addEventListener("click", () => picker.click());
  byId("save", HTMLElement).addEventListener("click", saveTrace);
  picker.addEventListener("change", () => {
    const file = picker.files?.[0];
    picker.value = "";
    if (file !== undefined) void openFile(file);
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) void openFile(file);
  });
  addEventListener("hashchange", () => void begin());
  const access = { idle, adjoint: (node: number): readonly number[] | null => inspector.adjoint(node) };
  Object.assign(globalThis, { adjointInspector: access });
  void begin();
}

start();
