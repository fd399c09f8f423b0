/** Functions of numbers that JavaScript lacks, or has with other conventions. */

/**
 * x rounded to the nearest whole number, the even one at a tie (IEEE 754 roundTiesToEven, as NumPy and PyTorch).
 */
export function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/**
 * xʸ as C's pow and PyTorch define it: 1 to any power is 1 and (−1)^±∞ is 1, where JavaScript's `**` gives NaN.
 */
export function power(x: number, y: number): number {
  if (x === 1 || (x === -1 && (y === Infinity || y === -Infinity))) return 1;
  return x ** y;
}

/**
 * xʸ of whole numbers modulo 2³², by squaring; to a negative power 0, but for the bases 1 and −1 (as PyTorch).
 */
export function integerPower(x: number, y: number): number {
  if (y < 0) return x === 1 ? 1 : x !== -1 ? 0 : y % 2 === 0 ? 1 : -1;
  let result = 1;
  let base = x;
  for (let rest = y; rest > 0; rest >>>= 1) {
    if ((rest & 1) === 1) result = Math.imul(result, base);
    base = Math.imul(base, base);
  }
  return result;
}

/** x − y·⌊x / y⌋: the remainder with the sign of y, as in Python. Exact: from JavaScript's exact truncated one. */
export function floorRemainder(x: number, y: number): number {
  const truncated = x % y;
  return truncated !== 0 && truncated < 0 !== y < 0 ? truncated + y : truncated;
}

/**
 * Φ⁻¹(p), the quantile of the standard normal distribution, to about 1e-16 relative; −∞ at 0, ∞ at 1, NaN outside.
 *
 * Only additions, products, quotients, square roots and our own logarithm: the same bits on every machine, which
 * Math.log and Math.cos do not promise. Source: M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37, 1988.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(centralTop, r)) / polynomial(centralBottom, r);
  }
  const tail = q < 0 ? p : 1 - p;
  if (!(tail > 0)) return tail === 0 ? (q < 0 ? -Infinity : Infinity) : Number.NaN;
  const r = Math.sqrt(-portableLog(tail));
  const size =
    r <= 5
      ? polynomial(middleTop, r - 1.6) / polynomial(middleBottom, r - 1.6)
      : polynomial(farTop, r - 5) / polynomial(farBottom, r - 5);
  return q < 0 ? -size : size;
}

/** Horner's rule; coefficients from the highest power down. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = 0; i < coefficients.length; i++) sum = sum * x + coefficients[i]!;
  return sum;
}

/**
 * ln x for 0 < x ≤ 1 with the same bits everywhere. x = 2ᵏ·m with m in [√½, √2), and with s = (m − 1)/(m + 1)
 * ln x = k·ln 2 + 2·artanh s; the series of artanh converges for |s| ≤ 0.172. Error below 2 ulp.
 */
function portableLog(x: number): number {
  let m = x;
  let k = 0;
  while (m < Math.SQRT1_2) {
    m *= 2;
    k--;
  }
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let series = 0;
  for (let n = 23; n >= 3; n -= 2) series = (series + 1 / n) * z;
  return k * Math.LN2 + 2 * s * (1 + series);
}

// Coefficients of AS 241 (PPND16), from the highest power down.
const centralTop = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
  1971.5909503065513, 133.14166789178438, 3.3871328727963665,
];
const centralBottom = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
  687.1870074920579, 42.31333070160091, 1,
];
const middleTop = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const middleBottom = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
const farTop = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const farBottom = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
];
