/** Numbers as they are read: short for the eye, exact for machines. */

/** At most four significant digits, with a real minus sign: `−0.01234`, `1.234e−5`, `∞`, `NaN`. */
export function numberText(x: number): string {
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  if (x === 0) return Object.is(x, -0) ? "−0" : "0";
  const size = Math.abs(x);
  const text = size >= 1e5 || size < 1e-3 ? shortExponent(x) : String(Number(x.toPrecision(4)));
  return text.replaceAll("-", "−");
}

function shortExponent(x: number): string {
  const [digits, exponent = ""] = x.toExponential(3).split("e");
  return `${Number(digits)}e${exponent.replace("+", "")}`;
}

/** The number with all its digits; `Number` of it is the same number, −0 and NaN too. */
export function exactText(x: number): string {
  return Object.is(x, -0) ? "-0" : String(x);
}

/** `[8, 784]`, or `scalar` for a shape without axes. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? "scalar" : `[${shape.join(" × ")}]`;
}

/** `1.2 kB`, in powers of 1000. */
export function byteText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${Number((bytes / 1e3).toPrecision(3))} kB`;
  if (bytes < 1e9) return `${Number((bytes / 1e6).toPrecision(3))} MB`;
  return `${Number((bytes / 1e9).toPrecision(3))} GB`;
}

/** `1.23 ms`: three digits in the unit that suits. */
export function timeText(nanoseconds: number): string {
  const [size, unit] =
    nanoseconds < 1e3
      ? ([1, "ns"] as const)
      : nanoseconds < 1e6
        ? ([1e3, "µs"] as const)
        : nanoseconds < 1e9
          ? ([1e6, "ms"] as const)
          : ([1e9, "s"] as const);
  return nanoseconds === 0 ? "0" : `${Number((nanoseconds / size).toPrecision(3))} ${unit}`;
}
