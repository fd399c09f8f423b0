/**
 * The suites of all ops, read without running them: the tests beside the ops are bundled with a describeOp that keeps what
 * it is given, and with a Vitest that does nothing.
 */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import type { OpSuite } from "../../packages/autograd/test/describe-op.ts";

const ops = new URL("../../packages/autograd/src/ops/", import.meta.url);

/** Every op's suite, by the op's name. */
export async function readSuites(): Promise<ReadonlyMap<string, OpSuite>> {
  const tests = readdirSync(ops).filter((file) => file.endsWith(".test.ts"));
  const bundle = await build({
    stdin: {
      contents: `${tests.map((file) => `import "./${file}";`).join("\n")}
export { suites } from "../../test/describe-op.ts";`,
      loader: "ts",
      resolveDir: fileURLToPath(ops),
    },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    // Test files do have side effects, whatever package.json says of the package.
    ignoreAnnotations: true,
    logLevel: "error",
    plugins: [collecting],
  });
  const code = `data:text/javascript,${encodeURIComponent(bundle.outputFiles[0]?.text ?? "")}`;
  const { suites } = (await import(code)) as { suites: ReadonlyMap<string, OpSuite> };
  return suites;
}

const idle = `const idle = new Proxy(function () {}, { get: () => idle, apply: () => idle });
export const describe = idle, it = idle, test = idle, expect = idle, expectTypeOf = idle, vi = idle,
  beforeAll = idle, afterAll = idle, beforeEach = idle, afterEach = idle;`;

const keeping = `export * from "real:describe-op";
export const suites = new Map();
export function describeOp(name, suite) { suites.set(name, { ...suites.get(name), ...suite }); }`;

/** Puts the idle Vitest and the keeping describeOp in the places of the true ones. */
const collecting: Plugin = {
  name: "collecting",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vitest$/ }, () => ({ path: "vitest", namespace: "idle" }));
    onLoad({ filter: /.*/, namespace: "idle" }, () => ({ contents: idle }));
    onResolve({ filter: /\/describe-op\.ts$/ }, () => ({ path: "describe-op", namespace: "keeping" }));
    onLoad({ filter: /.*/, namespace: "keeping" }, () => ({ contents: keeping }));
    onResolve({ filter: /^real:describe-op$/ }, () => ({
      path: fileURLToPath(new URL("../../packages/autograd/test/describe-op.ts", import.meta.url)),
    }));
  },
};
