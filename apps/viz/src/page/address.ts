/** What the address says after `#`: which program, pass, step, node and tab. Anything that does not fit is passed over. */
import type { EntryPlace } from "../attribution/places.ts";
import { mostTrainedSteps } from "../engine/train-limit.ts";
import { cameraText, readCamera, type ViewCamera } from "./view-camera.ts";

/** A step of a training run of the program. */
export interface RunPlace {
  /** How many steps are trained. */
  readonly steps: number;
  /** The one that is shown, counted from 1; `steps` + 1 is what the run leaves behind. */
  readonly at: number;
}

/** The part of the page's state that an address keeps. */
export interface Address {
  readonly program: ReadonlyMap<string, string>;
  /** The trace comes from the server, not from a program. */
  readonly openTrace: boolean;
  /** The run that the server follows is shown. */
  readonly openRun: boolean;
  /** A drawing that stands in a program's place, as `writeDrawing` tells it; empty for none. */
  readonly drawn: string;
  /** The program is trained, and a step of that run is shown; null where it is not. */
  readonly run: RunPlace | null;
  readonly pass: number;
  readonly step: number;
  readonly node: number | null;
  /** The entry of the node that is asked about, and those that led to it. */
  readonly entry: number | null;
  readonly via: readonly EntryPlace[];
  /** The tab of the panel; empty for the first. */
  readonly tab: string;
  /** Where a tab stands that sets program, step and node itself: the step of a lesson, `backward.3`; empty for others. */
  readonly place: string;
  /** The scopes that are folded; null for those that are to begin with. */
  readonly folded: readonly number[] | null;
  /** Where the camera is; null shows the whole graph. */
  readonly camera: ViewCamera | null;
}

const own = [
  "pass",
  "step",
  "node",
  "entry",
  "via",
  "open",
  "train",
  "at",
  "drawn",
  "tab",
  "place",
  "folded",
  "camera",
];

/** Reads what `writeAddress` wrote. */
export function readAddress(hash: string): Address {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const whole = (name: string): number | null => {
    const text = parameters.get(name) ?? "";
    return /^\d{1,9}$/.test(text) ? Number(text) : null;
  };
  const tab = parameters.get("tab") ?? "";
  const place = parameters.get("place") ?? "";
  const drawn = parameters.get("drawn") ?? "";
  return {
    program: new Map([...parameters].filter(([name]) => !own.includes(name))),
    openTrace: parameters.get("open") === "trace",
    openRun: parameters.get("open") === "run",
    drawn: /^[\w.-]{1,5000}$/.test(drawn) ? drawn : "",
    run: runOf(whole("train"), whole("at")),
    pass: whole("pass") ?? 0,
    step: whole("step") ?? 0,
    node: whole("node"),
    entry: whole("entry"),
    via: placesOf(parameters.get("via") ?? ""),
    tab: /^[a-z]{1,20}$/.test(tab) ? tab : "",
    place: /^[a-z-]{1,40}\.\d{1,3}$/.test(place) ? place : "",
    folded: wholes(parameters.get("folded")),
    camera: readCamera(parameters.get("camera")),
  };
}

function runOf(steps: number | null, at: number | null): RunPlace | null {
  if (steps === null || steps < 1 || steps > mostTrainedSteps) return null;
  return { steps, at: Math.max(1, Math.min(at ?? steps, steps + 1)) };
}

/** `12.3-7.40`: entry 3 of node 12, then entry 40 of node 7. */
function placesOf(text: string): EntryPlace[] {
  if (!/^\d{1,9}\.\d{1,9}(-\d{1,9}\.\d{1,9}){0,99}$/.test(text)) return [];
  return text.split("-").map((place) => {
    const [node = 0, index = 0] = place.split(".").map(Number);
    return { node, index };
  });
}

function wholes(text: string | null): number[] | null {
  if (text === null || !/^(\d{1,9}(\.\d{1,9})*)?$/.test(text)) return null;
  return text === "" ? [] : text.split(".").map(Number);
}

/** The address as it stands after `#`; what is as it is to begin with is left out. */
export function writeAddress(address: Address): string {
  const {
    program,
    openTrace,
    openRun,
    drawn,
    run,
    pass,
    step,
    node,
    entry,
    via,
    tab,
    place,
    folded,
    camera,
  } = address;
  const parameters = new URLSearchParams(openTrace ? [["open", "trace"]] : [...program]);
  if (openRun) parameters.set("open", "run");
  if (drawn !== "") parameters.set("drawn", drawn);
  if (run !== null && !openTrace) {
    parameters.set("train", String(run.steps));
    parameters.set("at", String(run.at));
  }
  if (pass > 0) parameters.set("pass", String(pass));
  if (step > 0) parameters.set("step", String(step));
  if (node !== null) parameters.set("node", String(node));
  if (entry !== null) parameters.set("entry", String(entry));
  if (via.length > 0) parameters.set("via", via.map((each) => `${each.node}.${each.index}`).join("-"));
  if (tab !== "") parameters.set("tab", tab);
  if (place !== "") parameters.set("place", place);
  if (folded !== null) parameters.set("folded", folded.join("."));
  if (camera !== null) parameters.set("camera", cameraText(camera));
  const text = String(parameters);
  return text === "" ? "" : `#${text.replaceAll("%7E", "~")}`;
}
