/** The parts that a page of the inspector consists of, as texts: what a self-contained copy of it needs. */

/** A page taken apart. */
export interface PageParts {
  /** index.html as the server hands it out. */
  readonly index: string;
  readonly style: string;
  readonly script: string;
  /** The programs of the workers by name: `layout-worker`. */
  readonly workers: ReadonlyMap<string, string>;
}

/** Where a self-contained page keeps its parts: the ids of its blocks. */
export const partIds = {
  index: "page-index",
  style: "page-style",
  script: "page-script",
  worker: (name: string): string => `worker-${name}`,
} as const;

/** The type of the blocks that carry a trace, in order, each a part of its bytes in base64. */
export const tracePartType = "application/x-adjoint-trace-part";
