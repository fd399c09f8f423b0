/** Turns the bytes of each element round where the machine is big-endian; in place. */
export function littleEndian(bytes: Uint8Array, width: number): void {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] === 1) return;
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse();
}
