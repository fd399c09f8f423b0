import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import { digitImage, divergingColors, weightImage } from "./pixel-image.ts";

/** The pixels of a data URI. */
function pixelsOf(uri: string): { width: number; channels: number; data: number[] } {
  const base64 = uri.replace(/^data:image\/png;base64,/, "");
  const { width, channels, data } = decode(Buffer.from(base64, "base64"));
  return { width, channels, data: [...data] };
}

describe("digitImage", () => {
  it("is black ink whose opacity is the pixel", () => {
    expect(pixelsOf(digitImage(Uint8Array.of(0, 128, 255, 7), 2))).toEqual({
      width: 2,
      channels: 2,
      data: [0, 0, 0, 128, 0, 255, 0, 7],
    });
  });
});

describe("weightImage", () => {
  it("is blue above 0, orange below, the stronger the further, and clear at 0", () => {
    const { negative, positive } = divergingColors;
    const image = pixelsOf(weightImage(Float32Array.of(0, 1, -0.5, -9), 2, 1));
    expect(image.data).toEqual([...positive, 0, ...positive, 255, ...negative, 128, ...negative, 255]);
  });
});
