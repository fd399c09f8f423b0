/** Whether this machine keeps the low byte of a number first, as files do. */
export function isLittleEndian(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}

/** Turns the bytes of each element round where the machine is big-endian; in place. */
export function littleEndian(bytes: Uint8Array, width: number): void {
  if (isLittleEndian()) return;
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse();
}
