// LEB128, the variable-length integers of the WebAssembly binary format: seven bits a byte, least significant first,
// the high bit set on every byte but the last. Source: WebAssembly core specification, section 5.2.2.

/** Encodes an unsigned 32-bit integer as LEB128: one to five bytes. */
export function unsignedLeb128(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
}

/** Encodes a signed 32-bit (number) or 64-bit (bigint) integer as LEB128: one to five, or one to ten bytes. */
export function signedLeb128(value: number | bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    // Numbers and bigints do not mix, and numbers are much faster.
    const low = typeof rest === "bigint" ? Number(rest & 0x7fn) : rest & 0x7f;
    rest = typeof rest === "bigint" ? rest >> 7n : rest >> 7;
    // The last byte's bit 6 is the sign, so it must agree with what is left.
    if (Number(rest) === (low & 0x40 ? -1 : 0)) {
      bytes.push(low);
      return bytes;
    }
    bytes.push(low | 0x80);
  }
}
