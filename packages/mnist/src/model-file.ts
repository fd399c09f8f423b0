// model.safetensors: the weights under PyTorch's names (`0.weight`, `0.bias`, …), and in the header's metadata what the
// shapes do not tell.
import { readFile } from "node:fs/promises";
import { decodeSafetensors, encodeSafetensors, type Sequential, type StateDict } from "@adjoint/nn";
import { Generator, type Tensor } from "@adjoint/tensor";
import { classCount, imagePixels } from "./dataset.ts";
import { type Architecture, buildNetwork } from "./network.ts";
import { type Activation, activations } from "./options.ts";

/** Thrown when a file does not hold a network that can be evaluated here. */
export class ModelFileError extends Error {
  readonly file: string;

  constructor(file: string, problem: string, remedy: string) {
    super(`[loadModel] ${problem}: ${file}. ${remedy}`);
    this.name = "ModelFileError";
    this.file = file;
  }
}

/** The bytes of model.safetensors. */
export function encodeModel(network: Sequential, architecture: Architecture): Uint8Array {
  const metadata = {
    layers: architecture.layers.join("-"),
    activation: architecture.activation,
    dropout: String(architecture.dropout),
  };
  return encodeSafetensors(network.stateDict(), metadata);
}

/** A network from a file, and what it consists of. */
export interface LoadedModel {
  readonly network: Sequential;
  readonly architecture: Architecture;
}

/**
 * Reads a network. The layers' widths are those of the tensors; the activation is the metadata's.
 *
 * @param activation for files without that metadata (saved by another program); it is not asked when the file says it
 * @throws ModelFileError when the file cannot be read, or is no chain of Linear layers from 784 to 10
 */
export async function loadModel(file: string, activation?: Activation): Promise<LoadedModel> {
  const bytes = await readModelFile(file);
  const { tensors, metadata } = decode(bytes, file);
  const linears = linearLayers(tensors, file);
  const layers = [imagePixels, ...linears.map(({ weight }) => weight.shape[0] ?? 0)];
  const known = activations.find((name) => name === metadata.activation) ?? activation;
  if (known === undefined && linears.length > 1) {
    const remedy = `Give the one it was trained with: --activation ${activations.join(" | ")}.`;
    throw new ModelFileError(file, "the file does not say which activation its hidden layers have", remedy);
  }
  const architecture: Architecture = { layers, activation: known ?? "relu", dropout: 0 };
  const unused = new Generator(0);
  const network = buildNetwork(architecture, {
    initialization: "default",
    generator: unused,
    dropout: unused,
  });
  network.loadStateDict(renumbered(linears));
  network.eval();
  return { network, architecture };
}

async function readModelFile(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = "Give the model.safetensors of a run with --model FILE; `train` writes one.";
    throw new ModelFileError(file, `cannot read the model (${reason})`, remedy);
  }
}

function decode(bytes: Uint8Array, file: string): ReturnType<typeof decodeSafetensors> {
  try {
    return decodeSafetensors(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ModelFileError(
      file,
      `not a safetensors file (${reason})`,
      "Give the model.safetensors of a run.",
    );
  }
}

interface LinearLayer {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

// The positions in the names have gaps where activations and dropout stand; only their order counts.
function linearLayers(tensors: StateDict, file: string): LinearLayer[] {
  const remedy =
    "Give a network of Linear layers as `train` writes it: 0.weight [out, 784], 0.bias [out], ….";
  const names = [...tensors.keys()];
  const stray = names.find((name) => !/^\d+\.(weight|bias)$/.test(name));
  if (stray !== undefined || names.length === 0) {
    throw new ModelFileError(file, `not a chain of Linear layers (${stray ?? "no tensors"})`, remedy);
  }
  const positions = [...new Set(names.map((name) => Number.parseInt(name, 10)))].sort((a, b) => a - b);
  let width = imagePixels;
  const layers = positions.map((position) => {
    const weight = tensors.get(`${position}.weight`);
    const bias = tensors.get(`${position}.bias`);
    const [out, input] = weight?.shape ?? [];
    const fits = weight?.rank === 2 && bias?.rank === 1 && bias.shape[0] === out && input === width;
    if (!fits || weight === undefined || bias === undefined) {
      const shapes = `weight [${weight?.shape.join(", ") ?? "none"}], bias [${bias?.shape.join(", ") ?? "none"}]`;
      throw new ModelFileError(
        file,
        `layer ${position} is ${shapes}, and its input has width ${width}`,
        remedy,
      );
    }
    width = out ?? 0;
    return { weight, bias };
  });
  if (width !== classCount) {
    throw new ModelFileError(file, `the last layer gives ${width} numbers instead of ${classCount}`, remedy);
  }
  return layers;
}

// Without dropout a Linear stands at every other position.
function renumbered(layers: readonly LinearLayer[]): StateDict {
  const state: StateDict = new Map();
  for (const [index, { weight, bias }] of layers.entries()) {
    state.set(`${2 * index}.weight`, weight);
    state.set(`${2 * index}.bias`, bias);
  }
  return state;
}
