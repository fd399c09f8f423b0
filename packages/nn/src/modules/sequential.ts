import { asVariable, type Value, type Variable } from "@adjoint/autograd";
import {
  AdjointError,
  type FittingModules,
  type Guard,
  type Resolved,
  type RulesOf,
  type SequentialOutput,
  type ShapeOf,
} from "@adjoint/tensor";
import { Module } from "../module.ts";

/**
 * Modules one after the other: f = fₙ ∘ … ∘ f₁. Their names are their positions, as in PyTorch: `0.weight`.
 *
 * A Linear that is fed the wrong width does not compile, and where widths are not known to the compiler it is refused
 * when the Sequential is made.
 *
 * @example new Sequential(new Linear(3, 2), new ReLU()).forward(ones([64, 3])).shape   // [64, 2]
 */
export class Sequential<const Modules extends readonly Module[] = readonly Module[]> extends Module {
  override readonly shapeRule: { readonly kind: "chain"; readonly rules: RulesOf<Modules> };
  readonly modules: readonly Module[];

  /** @throws {AdjointError} if a Linear's width is not what the last Linear before it gives. */
  constructor(...modules: FittingModules<Modules>) {
    super();
    this.modules = modules as readonly Module[];
    this.shapeRule = {
      kind: "chain",
      rules: this.modules.map((module) => module.shapeRule) as RulesOf<Modules>,
    };
    checkWidths(this.modules);
  }

  override namedChildren(): [string, Module][] {
    return this.modules.map((module, i) => [String(i), module]);
  }

  /** Every module's output goes into the next one. */
  override forward<X extends Value>(
    input: X & Guard<SequentialOutput<Modules, ShapeOf<X>>>,
  ): Variable<Resolved<SequentialOutput<Modules, ShapeOf<X>>>> {
    let value: Value = input;
    for (const module of this.modules) value = module.forward(value);
    return asVariable(value) as Variable<Resolved<SequentialOutput<Modules, ShapeOf<X>>>>;
  }
}

/** The same check as CheckChain of the types, for widths that only the run time knows. */
function checkWidths(modules: readonly Module[]): void {
  let from = -1;
  let width = -1;
  for (const [i, { shapeRule: rule }] of modules.entries()) {
    if (rule.kind === "linear") {
      if (width !== -1 && rule.in !== width) {
        const before = modules[from]?.shapeRule;
        const origin = before?.kind === "linear" ? ` (Linear ${before.in} -> ${before.out})` : "";
        throw new AdjointError(
          "Sequential",
          `module ${i} (Linear ${rule.in} -> ${rule.out}) is fed a last axis of ${width} by module ${from}${origin}.`,
          "Make its input width that of the layer before.",
        );
      }
      [from, width] = [i, rule.out];
    } else if (rule.kind !== "same") {
      width = -1;
    }
  }
}
