/** Which program of the page has the parameters of a run of elsewhere. */
import type { RunInfo } from "@adjoint/nn";

/** So many hidden units a recorded pass has at most; more would make the graph of a step slow to open. */
const mostHidden = 512;

/**
 * The page's 784-h-10 as settings, if the run trains that network with ReLU: then its snapshots can be looked at on the
 * page's eight digits. Null for any other.
 */
export function programForRun({ parameters, notes }: RunInfo): ReadonlyMap<string, string> | null {
  const [hidden = 0] = parameters[0]?.shape ?? [];
  const wanted = [`0.weight:${hidden},784`, `0.bias:${hidden}`, `2.weight:10,${hidden}`, "2.bias:10"];
  const found = parameters.map(({ name, shape }) => `${name}:${shape.join(",")}`);
  const isSame = found.length === wanted.length && wanted.every((each, i) => each === found[i]);
  if (!isSame || hidden < 1 || hidden > mostHidden || notes.activation !== "relu") return null;
  return new Map([
    ["program", "digits"],
    ["hidden", String(hidden)],
    ["seed", "0"],
    ["steps", "0"],
  ]);
}
