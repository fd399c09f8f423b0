/**
 * Module: a function with parameters.
 *
 * A module's parts are found among its own properties, and among the items of arrays there: a Parameter is trained, a
 * Tensor is a buffer (saved, not trained), a Module is a child. Names are the properties' names and the items' positions
 * joined by dots (see `stateName`), which gives the names that PyTorch gives. What lies in a `#private` property is not found.
 */
import type { Value, Variable } from "@adjoint/autograd";
import { type ShapeRule, Tensor } from "@adjoint/tensor";
import { Parameter } from "./parameter.ts";
import { type LoadOptions, type LoadTarget, loadInto, type StateDict } from "./state-dict.ts";
import { type SummaryOptions, summarize } from "./summary.ts";

/**
 * A function from a value to a Variable, with parameters, buffers and children.
 *
 * @example
 * class Gated extends Module {
 *   readonly body = new Linear(16, 16);
 *   readonly gate = new Linear(16, 16);
 *   override forward(x: Value): Variable {
 *     return mul(this.body.forward(x), sigmoid(this.gate.forward(x)));
 *   }
 * }
 */
export abstract class Module {
  /** How it changes shapes: what Sequential checks, in the types and when it is made. Unknown unless a class says it. */
  readonly shapeRule: ShapeRule = { kind: "unknown" };
  #training = true;

  /** The module's output for `input`. */
  abstract forward(input: Value): Variable;

  /** True in training (the start), false in evaluation: Dropout and normalisation differ. */
  get training(): boolean {
    return this.#training;
  }

  /** Puts this module and all below it into training, or out of it. */
  train(on = true): this {
    this.#training = on;
    for (const [, child] of this.namedChildren()) child.train(on);
    return this;
  }

  /** Puts this module and all below it into evaluation. */
  eval(): this {
    return this.train(false);
  }

  /**
   * The name of a property in `stateDict` and wherever parts are named: its own. A module whose PyTorch model says
   * otherwise overrides this, as BatchNorm does (`runningMean` is `running_mean` there), so that files go both ways.
   */
  stateName(property: string): string {
    return property;
  }

  /** The modules directly below this one, by property name; those of an array `layers` are `layers.0`, `layers.1` …. */
  namedChildren(): [string, Module][] {
    return partsOf(this).filter((part): part is [string, Module] => part[1] instanceof Module);
  }

  /** This module (under `prefix`) and all below it, parents first; one that is shared, once for each of its names. */
  namedModules(prefix = ""): [string, Module][] {
    const below = this.namedChildren().flatMap(([name, child]) => child.namedModules(join(prefix, name)));
    return [[prefix, this], ...below];
  }

  /** All parameters with their names (`0.weight`), each once even where modules share it. */
  namedParameters(prefix = ""): [string, Parameter][] {
    return collect(this, prefix, isParameter).map(([[name = ""], parameter]) => [name, parameter]);
  }

  /** All parameters, each once. */
  parameters(): Parameter[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /** All buffers with their names: tensors that are saved with the module and not trained. */
  namedBuffers(prefix = ""): [string, Tensor][] {
    return collect(this, prefix, isBuffer).map(([[name = ""], buffer]) => [name, buffer]);
  }

  /** Forgets all gradients. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.zeroGrad();
  }

  /**
   * The values of all parameters and buffers by name, each once even where modules share it. They are views: copy them
   * to keep them from changing.
   */
  stateDict(): StateDict {
    return new Map(targetsOf(this).map(({ names: [name = ""], tensor }) => [name, tensor]));
  }

  /**
   * Copies values into parameters and buffers of the same names, cast to their dtypes. Nothing is written unless
   * everything fits. A parameter that modules share is found under any of its names.
   *
   * @throws {StateDictError} if a name is missing or unknown (unless strict is false) or a shape differs.
   */
  loadStateDict(state: ReadonlyMap<string, Tensor>, options: LoadOptions = {}): void {
    loadInto("module", targetsOf(this), state, options);
  }

  /**
   * A table of this module and those below: name, type, parameters, bytes; with `inputShape`, output shapes too.
   *
   * @throws what `forward` throws, if the input does not fit.
   * @example new Linear(2, 1).summary().split("\n").length   // 6
   */
  summary(options: SummaryOptions = {}): string {
    return summarize(this, options);
  }
}

function isParameter(part: unknown): part is Parameter {
  return part instanceof Parameter;
}

function isBuffer(part: unknown): part is Tensor {
  return part instanceof Tensor;
}

/** Parameters, then buffers, with all their names. */
function targetsOf(module: Module): LoadTarget[] {
  const parameters = collect(module, "", isParameter);
  return [
    ...parameters.map(([names, parameter]) => ({ names, tensor: parameter.value })),
    ...collect(module, "", isBuffer).map(([names, tensor]) => ({ names, tensor })),
  ];
}

/** The parts of `module` and of all below it that belong, in order, each once with all of its names. */
function collect<T>(
  module: Module,
  prefix: string,
  belongs: (part: unknown) => part is T,
): [readonly string[], T][] {
  const found = new Map<T, string[]>();
  for (const [path, below] of module.namedModules(prefix)) {
    for (const [name, part] of partsOf(below)) {
      if (!belongs(part)) continue;
      const names = found.get(part) ?? [];
      names.push(join(path, name));
      found.set(part, names);
    }
  }
  return [...found].map(([part, names]) => [names, part]);
}

/** A module's own properties, with the items of arrays in the place of the arrays. */
function partsOf(module: Module): [string, unknown][] {
  return Object.entries(module).flatMap(([property, value]: [string, unknown]): [string, unknown][] => {
    const name = module.stateName(property);
    return Array.isArray(value) ? value.map((item, i) => [`${name}.${i}`, item]) : [[name, value]];
  });
}

function join(prefix: string, name: string): string {
  return prefix === "" ? name : `${prefix}.${name}`;
}
