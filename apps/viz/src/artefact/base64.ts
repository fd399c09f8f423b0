/** Base64 in parts: no text gets so long that an engine would refuse it, and a page can breathe between two of them. */

/** Bytes to a part: a multiple of three, so that no part but the last is padded. */
export const bytesToAPart: number = 3 * 2 ** 20;

/** What newer engines have of their own, a hundred times as fast: Uint8Array.prototype.toBase64, Uint8Array.fromBase64. */
const native: {
  readonly to?: ((this: Uint8Array) => string) | undefined;
  readonly from?: ((text: string) => Uint8Array) | undefined;
} = {
  to: Reflect.get(Uint8Array.prototype, "toBase64"),
  from: Reflect.get(Uint8Array, "fromBase64")?.bind(Uint8Array),
};

/** The parts of `bytes` in base64, in order. Needs nothing of Node. */
export function* base64Parts(bytes: Uint8Array): Generator<string> {
  for (let start = 0; start < bytes.length; start += bytesToAPart) {
    yield base64Of(bytes.subarray(start, start + bytesToAPart));
  }
}

/** A function takes so many arguments everywhere. */
const argumentsAtOnce = 8190;

function base64Of(bytes: Uint8Array): string {
  if (typeof native.to === "function") return native.to.call(bytes);
  let binary = "";
  for (let start = 0; start < bytes.length; start += argumentsAtOnce) {
    binary += String.fromCharCode(...bytes.subarray(start, start + argumentsAtOnce));
  }
  return btoa(binary);
}

/**
 * The bytes that `parts` say, in steps: each decodes a part.
 *
 * @throws {Error} from `next`, if a part is no base64, as in a file that was cut or changed.
 */
export function* bytesOfParts(parts: readonly string[]): Generator<void, Uint8Array<ArrayBuffer>> {
  const decoded: Uint8Array[] = [];
  for (const part of parts) {
    decoded.push(bytesOf(part));
    yield;
  }
  const bytes = new Uint8Array(decoded.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of decoded) {
    bytes.set(part, filled);
    filled += part.length;
  }
  return bytes;
}

function bytesOf(text: string): Uint8Array {
  if (typeof native.from === "function") return native.from(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
