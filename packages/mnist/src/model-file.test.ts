import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeSafetensors } from "@adjoint/nn";
import { Generator, type Tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { syntheticDigits } from "../test/synthetic-digits.ts";
import { evaluate } from "./evaluate.ts";
import { encodeModel, loadModel, ModelFileError } from "./model-file.ts";
import { type Architecture, buildNetwork } from "./network.ts";

const folder = mkdtempSync(join(tmpdir(), "adjoint-model-"));
const architecture: Architecture = { layers: [784, 12, 8, 10], activation: "tanh", dropout: 0.5 };
const generator = new Generator(5);
const network = buildNetwork(architecture, { initialization: "default", generator, dropout: generator });

function fileOf(bytes: Uint8Array): string {
  const file = join(folder, `${generator.integers(0, 2 ** 31, [1]).item()}.safetensors`);
  writeFileSync(file, bytes);
  return file;
}

/** The error that loading throws. */
async function refusal(file: string): Promise<string> {
  try {
    await loadModel(file);
  } catch (error) {
    if (error instanceof ModelFileError) return error.message;
    throw error;
  }
  throw new Error("loadModel accepted the file");
}

describe("loadModel", () => {
  it("gives back a network with the same predictions; dropout's gaps in the names do not matter", async () => {
    const digits = syntheticDigits(20, 4);
    const loaded = await loadModel(fileOf(encodeModel(network, architecture)));
    expect(loaded.architecture).toEqual({ ...architecture, dropout: 0 });
    const [before, after] = [evaluate(network, digits), evaluate(loaded.network, digits)];
    expect(after.predictions.probabilities).toEqual(before.predictions.probabilities);
  });

  it("asks for the activation when another program left it out", async () => {
    const file = fileOf(encodeSafetensors(network.stateDict()));
    expect(await refusal(file)).toBe(
      `[loadModel] the file does not say which activation its hidden layers have: ${file}. ` +
        "Give the one it was trained with: --activation relu | leaky-relu | sigmoid | tanh.",
    );
    expect((await loadModel(file, "tanh")).architecture.activation).toBe("tanh");
  });

  it("refuses layers that do not follow each other, naming the shapes", async () => {
    const state = new Map<string, Tensor>(network.stateDict());
    state.delete("3.bias");
    expect(await refusal(fileOf(encodeSafetensors(state)))).toContain(
      "layer 3 is weight [8, 12], bias [none], and its input has width 12",
    );
    const foreign = new Map<string, Tensor>([["conv.weight", generator.normal([1, 784])]]);
    expect(await refusal(fileOf(encodeSafetensors(foreign)))).toContain(
      "not a chain of Linear layers (conv.weight)",
    );
    const narrow = new Map<string, Tensor>([
      ["0.weight", generator.normal([5, 784])],
      ["0.bias", generator.normal([5])],
    ]);
    expect(await refusal(fileOf(encodeSafetensors(narrow)))).toContain("gives 5 numbers instead of 10");
  });

  it("refuses what is no safetensors file, and a file that is not there", async () => {
    expect(await refusal(fileOf(Uint8Array.of(1, 2, 3)))).toContain("not a safetensors file");
    expect(await refusal(join(folder, "none"))).toContain("cannot read the model (ENOENT");
  });
});
