/**
 * Module: a function with parameters.
 *
 * A module's parts are found among its own properties: a Parameter is trained, a Tensor is a buffer (saved, not
 * trained), a Module or an array of Modules is a child. Names are the properties' names joined by dots, which gives
 * the names that PyTorch gives.
 */
import type { Value, Variable } from "@adjoint/autograd";
import { type ShapeRule, Tensor } from "@adjoint/tensor";
import { Parameter } from "./parameter.ts";
import { type LoadOptions, loadInto, type StateDict } from "./state-dict.ts";
import { type SummaryOptions, summarize } from "./summary.ts";

/** A function from a value to a Variable, with parameters, buffers and children. */
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

  /** The modules directly below this one, by property name; those of an array `layers` are `layers.0`, `layers.1` …. */
  namedChildren(): [string, Module][] {
    return Object.entries(this).flatMap(([name, value]): [string, Module][] => {
      if (value instanceof Module) return [[name, value]];
      if (!Array.isArray(value)) return [];
      return value.flatMap((item: unknown, i): [string, Module][] =>
        item instanceof Module ? [[`${name}.${i}`, item]] : [],
      );
    });
  }

  /** This module (under `prefix`) and all below it, parents first. */
  namedModules(prefix = ""): [string, Module][] {
    const below = this.namedChildren().flatMap(([name, child]) => child.namedModules(join(prefix, name)));
    return [[prefix, this], ...below];
  }

  /** All parameters with their names (`0.weight`), each once even where modules share it. */
  namedParameters(prefix = ""): [string, Parameter][] {
    return this.#collect(prefix, (value): value is Parameter => value instanceof Parameter);
  }

  /** All parameters, each once. */
  parameters(): Parameter[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /** All buffers with their names: tensors that are saved with the module and not trained. */
  namedBuffers(prefix = ""): [string, Tensor][] {
    return this.#collect(prefix, (value): value is Tensor => value instanceof Tensor);
  }

  /** Forgets all gradients. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.zeroGrad();
  }

  /** The values of all parameters and buffers by name, as views: copy them to keep them from changing. */
  stateDict(): StateDict {
    const state: StateDict = new Map();
    for (const [name, parameter] of this.namedParameters()) state.set(name, parameter.value);
    for (const [name, buffer] of this.namedBuffers()) state.set(name, buffer);
    return state;
  }

  /**
   * Copies values into parameters and buffers of the same names. Nothing is written unless everything fits.
   *
   * @throws {StateDictError} if a name is missing or unknown (unless strict is false) or a shape differs.
   */
  loadStateDict(state: StateDict, options: LoadOptions = {}): void {
    loadInto(this.stateDict(), state, options);
  }

  /** A table of the modules below with their parameters; with an input shape, with their output shapes too. */
  summary(options: SummaryOptions = {}): string {
    return summarize(this, options);
  }

  #collect<T>(prefix: string, belongs: (value: unknown) => value is T): [string, T][] {
    const seen = new Set<T>();
    const found: [string, T][] = [];
    for (const [path, module] of this.namedModules(prefix)) {
      for (const [name, value] of Object.entries(module)) {
        if (!belongs(value) || seen.has(value)) continue;
        seen.add(value);
        found.push([join(path, name), value]);
      }
    }
    return found;
  }
}

function join(prefix: string, name: string): string {
  return prefix === "" ? name : `${prefix}.${name}`;
}
