/** A drawing, and what is asked of it, as a text for an address. */
import { pixelCount } from "./drawing.ts";

/** All that the Draw tab computes from, but the network. */
export interface DrawingText {
  /** 784 bytes as they were drawn. */
  readonly ink: Uint8Array;
  /** Made like MNIST's pictures before the network gets it. */
  readonly normalized: boolean;
  /** The class whose logit is differentiated; null for the predicted one. */
  readonly asked: number | null;
}

/** The text: `m` or `r` (as MNIST, or raw), the class or `p`, a dot, and the bytes with runs of zeros counted, in base64url. */
export function writeDrawing({ ink, normalized, asked }: DrawingText): string {
  const packed: number[] = [];
  for (let i = 0; i < ink.length; ) {
    const byte = ink[i] ?? 0;
    packed.push(byte);
    let run = 1;
    while (byte === 0 && run < 255 && i + run < ink.length && ink[i + run] === 0) run++;
    if (byte === 0) packed.push(run);
    i += run;
  }
  const base64 = btoa(String.fromCharCode(...packed))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
  return `${normalized ? "m" : "r"}${asked ?? "p"}.${base64}`;
}

/** Reads what `writeDrawing` wrote; null for anything else. */
export function readDrawing(text: string): DrawingText | null {
  const [, how, asked, base64] = /^([mr])([0-9p])\.([\w-]{1,4000})$/.exec(text) ?? [];
  if (how === undefined || base64 === undefined) return null;
  const ink = unpack(base64);
  return ink && { ink, normalized: how === "m", asked: asked === "p" ? null : Number(asked) };
}

function unpack(base64: string): Uint8Array | null {
  let packed = "";
  try {
    packed = atob(base64.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return null;
  }
  const ink = new Uint8Array(pixelCount);
  let filled = 0;
  for (let i = 0; i < packed.length; i++) {
    const byte = packed.charCodeAt(i);
    if (byte === 0) filled += packed.charCodeAt(++i) || pixelCount + 1;
    else if (filled < pixelCount) ink[filled++] = byte;
    else return null;
  }
  return filled === pixelCount ? ink : null;
}
