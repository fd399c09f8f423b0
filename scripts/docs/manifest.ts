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

/** The type of an op's result, and if it is a plain Variable, the reason. */
export interface StatedType {
  readonly type: string;
  readonly reason: string;
}

/** What `test/types/op-types.ts` states, by the op's name. */
export function readStatedTypes(): ReadonlyMap<string, StatedType> {
  const source = readFileSync(new URL("test/types/op-types.ts", autograd), "utf8");
  const lines = source.matchAll(/^(?:\/\/ (.+)\n)?expectType<(.+)>\(\)\((\w+)\(/gm);
  return new Map(Array.from(lines, ([, reason = "", type = "", op = ""]) => [op, { type, reason }]));
}
