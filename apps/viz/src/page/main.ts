/** The page's beginning: its parts are made and wired here. The library runs in a worker; a server only hands out files. */
import type { AnalysisTasks } from "../engine/analysis-tasks.ts";
import type { EngineTasks } from "../engine/tasks.ts";
import { titleOf } from "../scene.ts";
import { type Address, readAddress, writeAddress } from "./address.ts";
import type { App } from "./app.ts";
import { Commands } from "./commands.ts";
import { Comparison } from "./comparison.ts";
import { detailsTab } from "./details-tab.ts";
import { atBeginning, Documents } from "./documents.ts";
import { byId, html } from "./dom.ts";
import { followEdgesByKey } from "./edge-keys.ts";
import { hasEmbeddedTrace } from "./embedded-trace.ts";
import { Engine } from "./engine.ts";
import { foldAbove, GraphView, type OpenGraph } from "./graph-view.ts";
import { legend } from "./legend.ts";
import { fillForm, formSettings, showFields } from "./program-form.ts";
import { readAhead } from "./read-ahead.ts";
import { Session, type Shown } from "./session.ts";
import { followSession } from "./session-graph.ts";
import { sayChanges } from "./session-voice.ts";
import { Stepper } from "./stepper.ts";
import { Tabs } from "./tabs.ts";
import type { Timeline } from "./timeline/timeline.ts";
import { Voice } from "./voice.ts";
import { during, idle } from "./work.ts";

const form = byId("program", HTMLFormElement);
const fold = byId("fold", HTMLButtonElement);
const passes = byId("pass", HTMLSelectElement);
const voice = new Voice(byId("spoken", HTMLElement));
const problem = byId("problem", HTMLElement);

const session = new Session();
const engine = new Engine<EngineTasks>("engine-worker");
const commands = new Commands();
const tell = (message: string | null): void => {
  problem.textContent = message;
  problem.hidden = message === null;
  if (message !== null) voice.say(message);
};
const documents = new Documents(session, engine, tell);
const graph: GraphView = new GraphView(byId("drawing", HTMLElement), {
  choose: (node) => session.choose(node === session.shown.chosen ? null : node),
  foldsChanged: () => {
    fold.textContent = graph.folded.size > 0 ? "Unfold all" : "Fold modules";
    fold.disabled = !graph.canFold;
    keepAddress();
  },
  cameraMoved: () => keepAddress(),
});
const stepper = new Stepper((step) => session.go(step));
const app: App = {
  session,
  engine,
  analysis: new Engine<AnalysisTasks>("analysis-worker"),
  commands,
  graph,
  documents,
  comparison: new Comparison(session, documents),
  selectTab: (id) => tabs.select(id),
  badge: (tab, text, words) => tabs.badge(tab, text, words),
  speak: (words, when) => (when === "at last" ? voice.sayAtLast(words) : voice.say(words)),
  problem: tell,
};
const details = detailsTab(app);
const tabs: Tabs = new Tabs(byId("panel", HTMLElement), session, [details], () => keepAddress());
/** The other tools come while the first graph is being made. */
const toolbox: Promise<Timeline> = during(
  import("./toolbox.ts").then(({ openToolbox }) => openToolbox(app, tabs, details, form)),
);

/** Folds and camera of the trace that is opened next, as the address asks for them. */
let opening: OpenGraph = {};

/** The address of what is shown; a file has none. */
function addressNow(): Address | null {
  const { origin } = documents;
  const { place } = tabs;
  if (place !== "") return { ...readAddress(""), tab: tabs.current, place };
  if (origin.kind === "file") return null;
  const { pass, step, chosen, entry, via, trace } = session.shown;
  const asToBegin = graph.folded.size === 0 && trace.nodes.length <= foldAbove;
  return {
    program: origin.kind === "program" ? origin.settings : new Map(),
    openTrace: origin.kind === "served",
    openRun: origin.kind === "run",
    drawn: origin.kind === "drawn" ? origin.drawing : "",
    run: (origin.kind === "program" ? origin.run : null) ?? null,
    pass,
    step,
    node: chosen,
    entry,
    via,
    tab: tabs.current === "details" ? "" : tabs.current,
    place,
    folded: asToBegin ? null : [...graph.folded],
    camera: graph.camera,
  };
}

function keepAddress(): void {
  const address = addressNow();
  const text = address === null ? "" : writeAddress(address);
  // Browsers count how often it is written, and stop writing it.
  if (text === location.hash) return;
  history.replaceState(null, "", text || location.pathname + location.search);
}

function showFooter({ trace, frames, step, nodes, pass }: Shown, before: Shown): void {
  if (trace !== before.trace) {
    const options = trace.passes.map((each, i) =>
      html("option", { value: i }, `Pass ${i + 1}: ${each.steps.length} visits`),
    );
    passes.replaceChildren(...options);
    passes.hidden = options.length < 2;
  }
  passes.value = String(pass);
  const latest = frames.frames[step - 1]?.step ?? null;
  const node = latest === null ? undefined : nodes.get(latest.node);
  const name = node === undefined ? "the seed" : titleOf({ node, folded: null });
  stepper.show(step, frames.frames.length, `${step} / ${frames.frames.length} · ${name}`);
}

/** Shows what the address says, or else what the form says. */
async function begin(): Promise<void> {
  // It says where to open a trace too.
  const at = readAddress(location.hash);
  fillForm(form, at.program);
  const needsTools = at.tab !== "" || at.openRun || at.run !== null || at.entry !== null;
  const timeline = needsTools ? await toolbox : null;
  tabs.select(at.tab);
  if (at.place !== "" && tabs.goTo(at.tab, at.place)) return;
  opening = { folded: at.folded === null ? undefined : new Set(at.folded), camera: at.camera };
  if (at.drawn !== "") return documents.drawn(at.drawn, at);
  if (at.openTrace) return documents.served(at);
  if (at.program.size === 0 && hasEmbeddedTrace()) return documents.carried(at);
  if (at.openRun && timeline !== null) {
    timeline.follow();
    keepAddress();
    return;
  }
  if (at.run !== null && timeline !== null) return timeline.restore(formSettings(form), at.run, at);
  return documents.program(formSettings(form), at);
}

function takeFiles(): void {
  const picker = byId("file", HTMLInputElement);
  byId("open", HTMLElement).addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    const file = picker.files?.[0];
    picker.value = "";
    if (file !== undefined) void documents.file(file);
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) void documents.file(file);
  });
  commands.add({ title: "Open trace…", run: () => picker.click() });
}

function start(): void {
  byId("legend", HTMLElement).replaceChildren(...legend());
  form.addEventListener("change", () => showFields(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void documents.program(formSettings(form), atBeginning);
  });
  passes.addEventListener("change", () => session.showPass(Number(passes.value)));
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") session.choose(null);
  });
  followSession(graph, session, () => {
    const asked = opening;
    opening = {};
    return asked;
  });
  session.subscribe(showFooter);
  session.subscribe(({ trace }, before) => {
    const { origin } = documents;
    // What a lesson opens, or a run of the timeline, the form says too.
    if (trace !== before.trace && origin.kind === "program") fillForm(form, origin.settings);
  });
  session.subscribe(keepAddress);
  followEdgesByKey(app, byId("drawing", HTMLElement));
  sayChanges(session, voice);
  readAhead(session);
  takeFiles();
  addEventListener("hashchange", () => void during(begin()));
  const adjoint = (node: number): readonly number[] | null => {
    const data = session.shown.state.adjoints.get(node)?.tensor.data ?? null;
    return data === null ? null : Array.from(data);
  };
  const access = { idle, adjoint, weights: (): unknown => null };
  Object.assign(globalThis, { adjointInspector: access });
  toolbox.then(
    (timeline) => {
      access.weights = () => timeline.weights;
    },
    (error: unknown) => tell(`[viz] the page's tools could not be loaded: ${error}. Load it again.`),
  );
  void during(begin());
}

start();
