/** Where in the user's program something happened: the first frame of a stack that is not Adjoint's own. */

/** The folders below `packages/` that are Adjoint's, in a checkout. */
const folders = ["wasm", "tensor", "autograd", "compile", "onnx", "nn", "mnist"];

/** How deep a stack is kept: nested modules put many frames of their own before the user's. V8 keeps 10 by itself. */
const depth = 100;

/** The stack as it is now, to be read by `sourceLine` when it is needed. Cheap: nothing is formatted yet. */
export function stackHere(): Error {
  const engine: ErrorConstructor & { stackTraceLimit?: number } = Error;
  const { stackTraceLimit } = engine;
  if (stackTraceLimit !== undefined) engine.stackTraceLimit = depth;
  const stack = new Error("an op was applied here");
  if (stackTraceLimit !== undefined) engine.stackTraceLimit = stackTraceLimit;
  return stack;
}

/**
 * The user's line in a stack: `file:///home/me/train.ts:12:7`. Empty where the engine tells none.
 *
 * @param own the address of a module of this package, by which Adjoint's other packages are found beside it.
 * @param packages which of Adjoint's packages do not count as the user's program. Default: all.
 */
export function sourceLine(
  stack: string | undefined,
  own: string = import.meta.url,
  packages: readonly string[] = folders,
): string {
  const lines = (stack ?? "").split("\n").slice(1);
  const frame = lines.map(placeOf).find((place) => place !== "" && !isOwn(place, own, packages));
  return frame ?? "";
}

/** The address, line and column of a frame as V8, SpiderMonkey and JavaScriptCore write them; empty for others. */
function placeOf(frame: string): string {
  const found = /(?:^|[\s(@])((?:[a-z][a-z+.-]*:|\/|[A-Za-z]:\\)[^\s()]*:\d+:\d+)\)?\s*$/.exec(frame);
  return found?.[1]?.startsWith("node:") ? "" : (found?.[1] ?? "");
}

/** True for Adjoint's packages: installed, or as sources or builds in a checkout. Tests beside sources are users. */
function isOwn(place: string, own: string, packages: readonly string[]): boolean {
  const installed = /[/\\]node_modules[/\\]@adjoint[/\\]([^/\\]+)/.exec(place)?.[1];
  if (installed !== undefined) return packages.includes(installed);
  const parent = /^(.*\/)autograd\/(?:src|dist)\//.exec(own)?.[1];
  if (parent === undefined || /\.test\.[jt]s/.test(place)) return false;
  const path = (address: string): string => address.replace(/^file:\/\//, "");
  return packages.some((folder) =>
    ["src", "dist"].some((part) => path(place).startsWith(`${path(parent)}${folder}/${part}/`)),
  );
}
