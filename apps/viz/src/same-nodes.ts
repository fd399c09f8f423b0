/** Which nodes of two traces are the same, so that a graph that changed little is drawn where it was. Pure. */
import type { Trace, TraceNode, TraceScope } from "@adjoint/autograd/graph";

/** Above so many pairs what lies between the equal beginning and the equal end is not compared. */
const mostPairs = 1_000_000;
/** At least this share of the larger trace has to be the same. */
const leastShare = 0.5;

/**
 * The ids that nodes and scopes of `before` have in `after`, as the drawing calls them: `n12`, `s3`. Null where too little
 * is the same. Nodes are compared in order of execution by op, name and module: the longest common subsequence between the
 * parts that begin and end alike.
 */
export function sameNodes(before: Trace, after: Trace): ReadonlyMap<string, string> | null {
  const [a, b] = [labelsOf(before), labelsOf(after)];
  const pairs = commonPairs(a, b);
  if (pairs.length < leastShare * Math.max(a.length, b.length)) return null;
  const names = new Map<string, string>();
  for (const [i, j] of pairs) names.set(`n${before.nodes[i]?.id}`, `n${after.nodes[j]?.id}`);
  const scopes = commonPairs(before.scopes.map(scopeLabel), after.scopes.map(scopeLabel));
  for (const [i, j] of scopes) names.set(`s${before.scopes[i]?.id}`, `s${after.scopes[j]?.id}`);
  return names;
}

function scopeLabel({ name, kind }: TraceScope): string {
  return `${kind} ${name}`;
}

function labelsOf({ nodes, scopes }: Trace): string[] {
  const byId = new Map(scopes.map((scope) => [scope.id, scopeLabel(scope)]));
  return nodes.map(({ kind, op, name, scope }: TraceNode) => {
    return `${kind} ${op} ${name ?? ""} ${scope === null ? "" : byId.get(scope)}`;
  });
}

/** Pairs of equal positions, rising in both. */
function commonPairs(a: readonly string[], b: readonly string[]): [number, number][] {
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const pairs: [number, number][] = Array.from({ length: start }, (_, i) => [i, i]);
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  for (const [i, j] of longestCommon(restA, restB)) pairs.push([start + i, start + j]);
  for (let k = end; k > 0; k--) pairs.push([a.length - k, b.length - k]);
  return pairs;
}

function longestCommon(a: readonly string[], b: readonly string[]): [number, number][] {
  if (a.length === 0 || b.length === 0 || a.length * b.length > mostPairs) return [];
  const wide = b.length + 1;
  // lengths[i·wide + j]: of the longest that a from i and b from j have in common.
  const lengths = new Int32Array((a.length + 1) * wide);
  const at = (i: number, j: number): number => lengths[i * wide + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * wide + j] = a[i] === b[j] ? 1 + at(i + 1, j + 1) : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
