/**
 * erf x = 2/√π · ∫₀ˣ e^(−t²) dt and erfc x = 1 − erf x.
 *
 * Below ½ erf is its power series; above, (1 + 2x)·e^(x²)·erfc x is nearly constant and a short Chebyshev series, so
 * that the small values of erfc far to the right are as exact as the large ones. Measured against 40 digits: erf
 * within 1 unit in the last place, erfc within 4, on average 0.4.
 *
 * Sources: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, 7.1.5; M. M. Shepherd, J. G. Laframboise,
 * Chebyshev approximation of (1 + 2x)exp(x²)erfc x in 0 ≤ x < ∞, Mathematics of Computation 36, 1981. The coefficients
 * are of scripts/erfc-coefficients.py.
 */

/** erf x, from −1 to 1. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= 1) return x + x * series(x * x);
  const value = 1 - tail(size);
  return x < 0 ? -value : value;
}

/** erfc x, from 2 to 0; small values keep all their digits, where 1 − erf x would have none. */
export function erfc(x: number): number {
  if (Math.abs(x) <= 0.5) return 1 - (x + x * series(x * x));
  return x < 0 ? 2 - tail(-x) : tail(x);
}

/** (erf x) / x − 1 for x² ≤ 1. */
function series(square: number): number {
  let sum = 0;
  for (let n = powerSeries.length - 1; n >= 1; n--) sum = (sum + powerSeries[n]!) * square;
  return powerSeries[0]! + sum;
}

/** erfc x for x ≥ ½, by Clenshaw's recurrence. */
function tail(x: number): number {
  if (x > 28) return 0;
  const s = (1.3 * (x - 3.75)) / (x + 3.75);
  const twice = 2 * s;
  let sum = 0;
  let last = 0;
  for (let n = chebyshev.length - 1; n >= 1; n--) {
    const next = twice * sum + (chebyshev[n]! - last);
    last = sum;
    sum = next;
  }
  const scaled = 1 + (chebyshev[0]! + (s * sum - last));
  // e^(−x²): the square of x's 24 upper bits is exact, and of what is left three terms of the series do.
  const upper = Math.fround(x);
  const rest = (upper - x) * (upper + x);
  const bell = Math.exp(-upper * upper);
  return ((bell + bell * rest * (1 + rest * (0.5 + rest / 6))) * scaled) / (1 + 2 * x);
}

// 2/√π · (−1)ⁿ / (n!·(2n + 1)); 1 is taken from the first.
const powerSeries = [
  0.1283791670955126, -0.37612638903183754, 0.11283791670955126, -0.026866170645131252, 0.005223977625442188,
  -0.0008548327023450853, 0.00012055332981789664, -1.492565035840625e-5, 1.6462114365889248e-6,
  -1.6365844691234924e-7, 1.4807192815879218e-8, -1.2290555301717928e-9, 9.422759064650411e-11,
  -6.7113668551641105e-12, 4.4632242632864775e-13, -2.7835162072109215e-14, 1.6342614095367152e-15,
  -9.063970842808673e-17, 4.763348040515068e-18, -2.3784598852774293e-19,
];
// 1 is taken from the first.
const chebyshev = [
  0.22016668962715272, -0.061706194477402714, -0.02420004766409355, 0.01866367411009468, -0.00729779124558524,
  0.002068936726931353, -0.0004525944908988004, 7.562553802844589e-5, -8.858619038478564e-6,
  4.863084217755952e-7, 5.177468762569376e-8, -1.3591763395575723e-8, 6.695103817398098e-10,
  1.6215582834062143e-10, -2.49214935773459e-11, -1.2463203101535023e-12, 5.503705241899223e-13,
  -1.2810091132087127e-15, -1.1372810538286891e-14, 3.4957404499925545e-16, 2.459477895815304e-16,
  -1.0735262854033455e-17,
];
