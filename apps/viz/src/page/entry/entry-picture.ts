/** Rows of 784 as pictures of 28 × 28: the one that an entry is in, and the examples of a batch. */
import type { TraceTensor } from "@adjoint/autograd/graph";
import { pixelCount, side } from "../../draw/drawing.ts";
import { largestMagnitude } from "../../tensor-cells.ts";
import { html } from "../dom.ts";
import { paintInk, pictureCanvas } from "../draw-picture.ts";
import { paintCells } from "../paint-cells.ts";

/**
 * The row of `tensor` that entry `index` is in, as a picture with the entry framed; a click chooses another pixel of it. Null
 * where its rows are no pictures.
 */
export function entryPicture(
  tensor: TraceTensor | null,
  index: number,
  scale: "value" | "gradient",
  choose: (index: number) => void,
): HTMLElement | null {
  if (tensor?.data == null || tensor.shape.at(-1) !== pixelCount) return null;
  const start = Math.floor(index / pixelCount) * pixelCount;
  const pixel = index - start;
  const [row, column] = [Math.floor(pixel / side), pixel % side];
  const canvas = pictureCanvas(1, `Row ${start / pixelCount} as a picture, pixel ${row}, ${column} framed`);
  paintCells(canvas, tensor.data.subarray(start, start + pixelCount), scale, largestMagnitude(tensor.data));
  canvas.addEventListener("click", ({ offsetX, offsetY }) => {
    const at = (offset: number, size: number): number =>
      Math.max(0, Math.min(side - 1, Math.floor((offset / size) * side)));
    choose(start + at(offsetY, canvas.clientHeight) * side + at(offsetX, canvas.clientWidth));
  });
  canvas.title = "Click a pixel for its entry";
  const caption = html("figcaption", {}, `pixel ${row}, ${column}`);
  return html("figure", { class: "entry-picture" }, framed(canvas, pixel), caption);
}

/** One example as a picture of its pixels, `pixel` framed; or where it has not 784 of them, as a strip. */
export function examplePicture(
  examples: TraceTensor,
  example: number,
  count: number,
  pixel: number | null,
): HTMLElement | null {
  const { data } = examples;
  if (data === null || count === 0) return null;
  const size = data.length / count;
  const own = data.subarray(example * size, (example + 1) * size);
  if (size !== pixelCount) {
    const canvas = html("canvas", { role: "img", class: "strip", "aria-label": `Example ${example}` });
    canvas.width = Math.max(1, Math.min(size, 400));
    canvas.height = 1;
    paintCells(canvas, own, "value", largestMagnitude(data));
    return canvas;
  }
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const x of data) [least, most] = [Math.min(least, x), Math.max(most, x)];
  const canvas = pictureCanvas(1, `Image ${example}`);
  paintInk(
    canvas,
    Float64Array.from(own, (x) => x - least),
    most - least || 1,
  );
  return framed(canvas, pixel);
}

function framed(canvas: HTMLCanvasElement, pixel: number | null): HTMLElement {
  const made = html("span", { class: "image" }, canvas);
  if (pixel === null) return made;
  const frame = html("i", { class: "pixel" });
  frame.style.left = `${(100 * ((pixel % side) + 0.5)) / side}%`;
  frame.style.top = `${(100 * (Math.floor(pixel / side) + 0.5)) / side}%`;
  made.append(frame);
  return made;
}
