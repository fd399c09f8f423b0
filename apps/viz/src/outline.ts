/** A trace as a tree: modules with what ran in them, in order of execution. Pure. */
import type { Trace, TraceNode, TraceScope } from "@adjoint/autograd/graph";
import { titleOf } from "./scene.ts";
import { scopesOfNodes } from "./visible-graph.ts";

/** One item of the tree. Items stand in the order in which they are read, whatever contains others before them. */
export interface OutlineItem {
  /** `n12` for node 12, `s3` for scope 3, `p0` for what the rules of pass 0 computed. */
  readonly key: string;
  readonly title: string;
  /** Null for a module and a pass. */
  readonly node: TraceNode | null;
  /** The position of what contains it; −1 at the top. */
  readonly parent: number;
  /** 1 at the top. */
  readonly level: number;
  /** The position after the last of its descendants. */
  readonly end: number;
}

/** What is seen of an item: an item whose modules are open, and which the filter lets through. */
export interface OutlineRow {
  readonly item: OutlineItem;
  readonly key: string;
  readonly title: string;
  readonly level: number;
  /** The position among the rows of what contains it; −1 at the top. */
  readonly parent: number;
  /** Null where there is nothing inside. */
  readonly open: boolean | null;
  /** The position among its siblings that are seen, from 1, and how many of them there are. */
  readonly position: number;
  readonly siblings: number;
}

interface Branch {
  readonly key: string;
  readonly title: string;
  readonly children: (Branch | TraceNode)[];
}

/** The tree of `trace`; a leaf that one module alone reads stands in that module. */
export function outlineOf(trace: Trace): readonly OutlineItem[] {
  const items: { -readonly [K in keyof OutlineItem]: OutlineItem[K] }[] = [];
  // Scopes may be nested as deep as the writer of a trace likes: no recursion.
  const open: { readonly branch: Branch; readonly at: number; next: number }[] = [
    { branch: branchesOf(trace), at: -1, next: 0 },
  ];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const child = top.branch.children[top.next++];
    const base = { parent: top.at, level: open.length, end: items.length + 1 };
    if (child === undefined) {
      const item = items[top.at];
      if (item !== undefined) item.end = items.length;
      open.pop();
    } else if ("children" in child) {
      open.push({ branch: child, at: items.length, next: 0 });
      items.push({ key: child.key, title: child.title, node: null, ...base });
    } else {
      const title = titleOf({ node: child, folded: null });
      items.push({ key: `n${child.id}`, title, node: child, ...base });
    }
  }
  return items;
}

/** Where nodes go: each branch is put where its first node is. */
function branchesOf(trace: Trace): Branch {
  const scopes = new Map(trace.scopes.map((scope) => [scope.id, scope]));
  const inside = scopesOfNodes(trace);
  const root: Branch = { key: "", title: "", children: [] };
  const made = new Map<string, Branch>([["", root]]);
  const branch = (parent: Branch, key: string, title: string): Branch => {
    const added: Branch = { key, title, children: [] };
    parent.children.push(added);
    made.set(key, added);
    return added;
  };
  const scopeBranch = (id: number): Branch => {
    const missing: TraceScope[] = [];
    let scope = scopes.get(id);
    while (scope !== undefined && !made.has(`s${scope.id}`)) {
      missing.push(scope);
      scope = scope.parent === null ? undefined : scopes.get(scope.parent);
    }
    let at = scope === undefined ? root : (made.get(`s${scope.id}`) ?? root);
    for (const each of missing.reverse()) at = branch(at, `s${each.id}`, scopeTitle(each));
    return at;
  };
  for (const node of trace.nodes) {
    const scope = inside.get(node.id);
    if (node.pass !== null) {
      const key = `p${node.pass}`;
      const words = `Computed by backward pass ${node.pass + 1}`;
      (made.get(key) ?? branch(root, key, words)).children.push(node);
    } else (scope === undefined ? root : scopeBranch(scope)).children.push(node);
  }
  return root;
}

function scopeTitle({ name, kind }: TraceScope): string {
  return name === "" ? kind : `${name} · ${kind}`;
}

/**
 * The rows that are seen.
 *
 * @param closed the keys of the items that are closed.
 * @param found the ids of the nodes that a filter lets through, with what contains them; null for all.
 */
export function outlineRows(
  items: readonly OutlineItem[],
  closed: ReadonlySet<string>,
  found: ReadonlySet<number> | null,
): OutlineRow[] {
  const seen = found === null ? null : seenOf(items, found);
  const rows: { -readonly [K in keyof OutlineRow]: OutlineRow[K] }[] = [];
  /** Of the rows of containers, by the positions of their items; one more for the top. */
  const rowOf = new Int32Array(items.length);
  const counts = new Int32Array(items.length + 1);
  for (let at = 0; at < items.length; ) {
    const item = items[at];
    if (item === undefined) break;
    if (seen !== null && seen[at] !== 1) {
      at = item.end;
      continue;
    }
    const { key, title, level, parent: outer } = item;
    const position = (counts[outer + 1] ?? 0) + 1;
    counts[outer + 1] = position;
    rowOf[at] = rows.length;
    const open = item.node !== null ? null : !closed.has(key);
    const parent = outer < 0 ? -1 : (rowOf[outer] ?? -1);
    rows.push({ item, key, title, level, parent, open, position, siblings: 0 });
    at = open === false ? item.end : at + 1;
  }
  for (const row of rows) row.siblings = counts[row.item.parent + 1] ?? 1;
  return rows;
}

/** 1 for what is found and for what contains it. */
function seenOf(items: readonly OutlineItem[], found: ReadonlySet<number>): Uint8Array {
  const seen = new Uint8Array(items.length);
  for (let at = items.length - 1; at >= 0; at--) {
    const item = items[at];
    if (item === undefined) continue;
    if (item.node !== null && found.has(item.node.id)) seen[at] = 1;
    if (seen[at] === 1 && item.parent >= 0) seen[item.parent] = 1;
  }
  return seen;
}
