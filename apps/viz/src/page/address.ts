/** What the address says after `#`: which program, which step, which node. Anything that does not fit is passed over. */

/** The part of the page's state that an address keeps. */
export interface Address {
  readonly program: ReadonlyMap<string, string>;
  readonly step: number;
  readonly node: number | null;
  readonly openTrace: boolean;
}

const own = ["step", "node", "open"];

/** Reads what `writeAddress` wrote. */
export function readAddress(hash: string): Address {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const whole = (name: string): number | null => {
    const text = parameters.get(name) ?? "";
    return /^\d{1,9}$/.test(text) ? Number(text) : null;
  };
  return {
    program: new Map([...parameters].filter(([name]) => !own.includes(name))),
    step: whole("step") ?? 0,
    node: whole("node"),
    openTrace: parameters.get("open") === "trace",
  };
}

/** The address as it stands after `#`. */
export function writeAddress({ program, step, node, openTrace }: Address): string {
  const parameters = new URLSearchParams(openTrace ? [["open", "trace"]] : [...program]);
  if (step > 0) parameters.set("step", String(step));
  if (node !== null) parameters.set("node", String(node));
  return `#${parameters}`;
}
