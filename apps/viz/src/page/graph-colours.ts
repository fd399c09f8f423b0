/** The style's colours and fonts as plain text, for a canvas and for files. */
import { colourClasses } from "../palette.ts";

const names: readonly string[] = [
  "ground",
  "surface",
  "sunken",
  "ink",
  "quiet",
  "edge",
  "line",
  "accent",
  "flow",
  "flow-soft",
  "bad",
  "frame",
  "frame-line",
  "sans",
  "mono",
  ...colourClasses("value"),
  ...colourClasses("gradient"),
];

/** What `--name` is for `element` now, by name. */
export type Colours = Readonly<Record<string, string>>;

/** The colours that hold for `element`, light or dark as it is shown. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** Calls `changed` when light turns to dark or back, and for print; the function that it gives ends that. */
export function watchColours(changed: () => void): () => void {
  const queries = ["(prefers-color-scheme: dark)", "print", "(forced-colors: active)"].map((query) =>
    matchMedia(query),
  );
  for (const query of queries) query.addEventListener("change", changed);
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true });
  return () => {
    for (const query of queries) query.removeEventListener("change", changed);
    observer.disconnect();
  };
}
