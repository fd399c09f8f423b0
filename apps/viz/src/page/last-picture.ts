/** What a canvas showed last, to be moved with the camera while painting it anew would take longer than a frame. */
import type { Camera } from "./graph-drawing.ts";

/** Painting that takes longer than this many milliseconds is slow: half a frame is left for all else. */
const slow = 7;

/** A copy of a canvas, and the camera that it was painted for. */
export class LastPicture {
  readonly #copy: HTMLCanvasElement = document.createElement("canvas");
  #camera: Camera | null = null;

  /** It is no longer what shall be shown. */
  forget(): void {
    this.#camera = null;
  }

  /** Keeps what `canvas` shows, where painting it took long. */
  keep(canvas: HTMLCanvasElement, camera: Camera, milliseconds: number): void {
    this.#camera = null;
    if (milliseconds <= slow) return;
    this.#copy.width = canvas.width;
    this.#copy.height = canvas.height;
    this.#copy.getContext("2d")?.drawImage(canvas, 0, 0);
    this.#camera = camera;
  }

  /** Paints the copy as another camera sees it; false if there is none, or none of this size. */
  paint(canvas: HTMLCanvasElement, { k, x, y }: Camera): boolean {
    const [from, context] = [this.#camera, canvas.getContext("2d")];
    if (from === null || context === null || this.#copy.width !== canvas.width) return false;
    const scale = k / from.k;
    const ratio = devicePixelRatio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(scale, 0, 0, scale, ratio * (x - scale * from.x), ratio * (y - scale * from.y));
    context.drawImage(this.#copy, 0, 0);
    return true;
  }
}
