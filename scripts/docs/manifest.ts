/** The ops in the manifest of @adjoint/autograd, in its order. */
import { readFileSync } from "node:fs";

/** An op of the manifest. */
export interface ManifestOp {
  /** As it is exported: `leakyRelu`. */
  readonly name: string;
  /** Its file from the repository's root. */
  readonly file: string;
}

const autograd = new URL("../../packages/autograd/", import.meta.url);

/** All ops of the manifest. */
export function readManifest(): ManifestOp[] {
  const lines = readFileSync(new URL("src/index.ts", autograd), "utf8").matchAll(/"\.\/ops\/(.+)\.ts"/g);
  return Array.from(lines, ([, file = ""]) => ({
    name: file.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    file: `packages/autograd/src/ops/${file}.ts`,
  }));
}

/** The type of the op's result that `test/types/op-types.ts` states, by the op's name. */
export function readStatedTypes(): ReadonlyMap<string, string> {
  const source = readFileSync(new URL("test/types/op-types.ts", autograd), "utf8");
  const lines = source.matchAll(/^expectType<(.+)>\(\)\((\w+)\(/gm);
  return new Map(Array.from(lines, ([, type = "", op = ""]) => [op, type]));
}
