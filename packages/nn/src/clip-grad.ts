/** Keeping gradients within bounds, between `backward` and `step`. */
import { ArgumentError, checkOptions, full, type Tensor } from "@adjoint/tensor";
import type { Parameter } from "./parameter.ts";

/** Settings of `clipGradNorm`. */
export interface ClipGradNormOptions {
  /** p of the norm (Σ|g|ᵖ)^(1/p), above 0; Infinity for the largest |g|. Default 2. */
  readonly normType?: number;
  /** Refuse a norm that is infinite or NaN. Reads the norm, which a recording cannot. Default false. */
  readonly errorIfNonFinite?: boolean;
}

/**
 * Scales the gradients of all parameters, in place, so that their norm as one vector is at most `maxNorm`:
 * g ← g · min(1, maxNorm / (‖g‖ + 10⁻⁶)), as PyTorch's clip_grad_norm_.
 *
 * @param parameters those without a gradient are passed over.
 * @returns the norm before scaling, `[]`; a tensor, so that a recorded step need not read it.
 * @throws {ArgumentError} on an option that is unknown or outside its range, or, if asked, a norm that is not finite.
 */
export function clipGradNorm(
  parameters: Iterable<Parameter>,
  maxNorm: number,
  options: ClipGradNormOptions = {},
): Tensor {
  checkOptions("clipGradNorm", options, ["normType", "errorIfNonFinite"]);
  const { normType = 2, errorIfNonFinite = false } = options;
  checkBound("clipGradNorm", "maxNorm", maxNorm);
  if (!(normType > 0)) {
    const remedy = "Give a number above 0, or Infinity.";
    throw new ArgumentError("clipGradNorm", "normType", `normType is ${normType}.`, remedy);
  }
  const gradients = gradientsOf(parameters);
  const norm = normOf(gradients, normType);
  if (errorIfNonFinite && !Number.isFinite(norm.item())) {
    throw new ArgumentError(
      "clipGradNorm",
      "parameters",
      `the norm of the gradients is ${norm.item()}.`,
      "detectAnomaly names the op that made it; without errorIfNonFinite it is scaled all the same.",
    );
  }
  const limit: Tensor = full([], maxNorm, { dtype: norm.dtype });
  const factor = limit.div(norm.add(1e-6)).minimum(1);
  for (const gradient of gradients) gradient.assign(factor, { mode: "mul", writer: "clipGradNorm" });
  return norm;
}

/**
 * Cuts every element of every gradient, in place, to −clipValue … clipValue, as PyTorch's clip_grad_value_. NaN stays.
 *
 * @throws {ArgumentError} if clipValue is not a number of at least 0.
 */
export function clipGradValue(parameters: Iterable<Parameter>, clipValue: number): void {
  checkBound("clipGradValue", "clipValue", clipValue);
  for (const gradient of gradientsOf(parameters)) {
    gradient.assign(gradient.maximum(-clipValue).minimum(clipValue), { writer: "clipGradValue" });
  }
}

function gradientsOf(parameters: Iterable<Parameter>): Tensor[] {
  return [...parameters].flatMap(({ grad }) => (grad === null ? [] : [grad.value]));
}

/** The p-norm of all elements of all gradients. */
function normOf(gradients: readonly Tensor[], p: number): Tensor {
  const none: Tensor = full([], 0);
  const magnitudes = gradients.filter((gradient) => gradient.size > 0);
  if (p === Number.POSITIVE_INFINITY) {
    return magnitudes.map((g): Tensor => g.abs().max()).reduce((a, b) => a.maximum(b), none);
  }
  const power = (g: Tensor): Tensor => (p === 2 ? g.mul(g) : p === 1 ? g.abs() : g.abs().pow(p));
  const total = magnitudes.map((g): Tensor => power(g).sum()).reduce((a, b): Tensor => a.add(b), none);
  return p === 2 ? total.sqrt() : p === 1 ? total : total.pow(1 / p);
}

function checkBound(op: string, argument: string, value: number): void {
  if (value >= 0) return;
  throw new ArgumentError(op, argument, `${argument} is ${value}.`, "Give a number of at least 0.");
}
