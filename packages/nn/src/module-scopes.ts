/** Module paths for whoever listens: while a body runs, every call of a module's forward is a scope with its name. */
import { scope } from "@adjoint/autograd";
import type { Module } from "./module.ts";
import { watchForward } from "./watch-forward.ts";

/**
 * Runs `body` while each call of `forward` of `module`, and of the modules below it, is a scope (see autograd's `scope`)
 * named as in `namedModules`, `0` or `encoder.layers.2`, with its class as the kind. Nothing of it costs anything
 * elsewhere: the modules are watched for as long as body runs. A module that is shared is named by where it is called.
 *
 * @returns what body returns.
 * @example record(() => withModuleScopes(model, () => step(images, labels)), { names: model.namedParameters() });
 */
export function withModuleScopes<R>(module: Module, body: () => R): R {
  const names = new Map<Module, string[]>();
  for (const [name, part] of module.namedModules()) names.set(part, [...(names.get(part) ?? []), name]);
  const open: string[] = [];
  const around = <T>(part: Module, forward: () => T): T => {
    const name = nameHere(names.get(part) ?? [], open.at(-1));
    open.push(name);
    try {
      return scope(name, part.constructor.name, forward);
    } finally {
      open.pop();
    }
  };
  return watchForward([...names.keys()], around, body);
}

/** Of a module's names the one below the module that calls it; else its first. */
function nameHere(names: readonly string[], caller: string | undefined): string {
  const below = names.find((name) => caller !== undefined && caller !== "" && name.startsWith(`${caller}.`));
  return below ?? names[0] ?? "";
}
