/** The camera as an address keeps it: by a card and the middle of the pane, so that it fits other windows too. */

/** Where the camera stands. */
export interface ViewCamera {
  /** Pixels for each pixel of the scene. */
  readonly k: number;
  /** The card that the place is told by: `n12` for node 12, `s3` for the folded scope 3. */
  readonly at: string;
  /** How far that card's middle lies right of, and below, the pane's middle. Pixels of the screen. */
  readonly x: number;
  readonly y: number;
}

/** The camera in one word: `0.8~n12~-40.5~12`. Places to a hundredth of a pixel, the scale to six digits. */
export function cameraText({ k, at, x, y }: ViewCamera): string {
  return [Number(k.toPrecision(6)), at, hundredths(x), hundredths(y)].join("~");
}

function hundredths(x: number): number {
  return Math.round(x * 100) / 100 || 0;
}

/** Reads what `cameraText` wrote; null for anything else. */
export function readCamera(text: string | null): ViewCamera | null {
  const found = /^(\d+(?:\.\d+)?(?:e-\d+)?)~([ns]\d{1,9})~(-?\d{1,7}(?:\.\d+)?)~(-?\d{1,7}(?:\.\d+)?)$/.exec(
    text ?? "",
  );
  const [, k = "", at = "", x = "", y = ""] = found ?? [];
  return found === null || !(Number(k) > 0) ? null : { k: Number(k), at, x: Number(x), y: Number(y) };
}
