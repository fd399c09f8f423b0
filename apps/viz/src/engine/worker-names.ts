/** The programs that run in workers of their own, each from a file of that name in src/page. */

/** `analysis-worker` brings all of the library's ops, and starts when a gradient is first asked about. */
export const workerNames = ["layout-worker", "engine-worker", "analysis-worker"] as const;

/** One of them. */
export type WorkerName = (typeof workerNames)[number];
