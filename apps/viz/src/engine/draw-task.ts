/** What a network makes of one drawing, and why: a forward pass, and the backward pass of one logit. */
import { slice, softmax, Variable } from "@adjoint/autograd";
import { record, type Trace } from "@adjoint/autograd/graph";
import { type Sequential, withModuleScopes } from "@adjoint/nn";
import { fromTypedArray } from "@adjoint/tensor";
import { type DigitNet, type FloatArray, netParameters } from "../draw/digit-net.ts";
import { pixelCount } from "../draw/drawing.ts";
import { largestAt } from "../draw/drawn-digit.ts";
import { digitModel } from "./digit-model.ts";
import type { Task } from "./task.ts";

/** A drawing as the network gets it, and what is asked of it. */
export interface DrawInput {
  /** 784 bytes, 0 to 255; the network gets them divided by 255. */
  readonly ink: Uint8Array;
  /** The class whose logit is differentiated; null for the one with the largest logit. */
  readonly asked: number | null;
  readonly net: DigitNet;
}

let latest: { readonly net: DigitNet; readonly model: Sequential } | null = null;

/** The module of `net`, the one of the question before where the weights are the same: to make it takes half of the time. */
function modelOf(net: DigitNet): Sequential {
  const known = latest;
  const same =
    known !== null && netParameters.every((name) => equal(known.net.weights[name], net.weights[name]));
  const { model } = same ? known : { model: digitModel(net) };
  model.zeroGrad();
  latest = { net, model };
  return model;
}

function equal(a: FloatArray, b: FloatArray): boolean {
  return a.constructor === b.constructor && a.length === b.length && a.every((x, i) => Object.is(x, b[i]));
}

/**
 * Records `softmax(logits)` of the drawing, `[1, 784]`, and the backward pass of logits[0, class]: the adjoint of the
 * drawing is its saliency, ∂logit/∂x. What is where in the trace, `readDrawn` tells.
 */
export const drawTask: Task<DrawInput, Trace> = ({ ink, asked, net }) => {
  const model = modelOf(net);
  const doubles = Float64Array.from(ink, (byte) => byte / 255);
  const pixels = net.weights["0.weight"] instanceof Float64Array ? doubles : Float32Array.from(doubles);
  const drawing = new Variable(fromTypedArray(pixels, [1, pixelCount]), { requiresGrad: true });
  const names = [["drawing", drawing] as const, ...model.namedParameters()];
  const forwardAndBackward = (): void => {
    const logits = model.forward(drawing);
    softmax(logits, -1);
    const chosen = asked ?? largestAt(logits.value.toTypedArray());
    slice(logits, 0, chosen).backward();
  };
  return record(() => withModuleScopes(model, forwardAndBackward), { names });
};
