/**
 * Places along a line with least movement: pool adjacent violators.
 *
 * With oᵢ the sum of the gaps before i, the least of Σ wᵢ(xᵢ − dᵢ)² under xᵢ₊₁ ≥ xᵢ + gapᵢ is the isotonic regression of
 * dᵢ − oᵢ: neighbours that are out of order are pooled, and each pool lies at its weighted mean. Linear time.
 *
 * Source: R. Barlow, D. Bartholomew, J. Bremner, H. Brunk, Statistical inference under order restrictions, Wiley 1972, ch. 1.
 */

/** Less than this is no violation, so that places that were found once are found again to the last bit. */
const tolerance = 1e-6;

/**
 * The places closest to `desired` that keep their order and the `gaps`.
 *
 * @param desired n places.
 * @param weights n of them, above 0: how much it costs to move each.
 * @param gaps n − 1 distances that neighbours keep at least.
 * @returns n places; where nothing is in the way exactly the desired ones.
 * @example spread([0, 0, 9], [1, 1, 1], [2, 2])   // [-1, 1, 9]
 */
export function spread(
  desired: ArrayLike<number>,
  weights: ArrayLike<number>,
  gaps: ArrayLike<number>,
): Float64Array {
  const count = desired.length;
  const offsets = new Float64Array(count);
  const starts = new Int32Array(count);
  const means = new Float64Array(count);
  const masses = new Float64Array(count);
  let pools = 0;
  for (let i = 0; i < count; i++) {
    if (i > 0) offsets[i] = at(offsets, i - 1) + at(gaps, i - 1);
    let start = i;
    let mean = at(desired, i) - at(offsets, i);
    let mass = at(weights, i);
    while (pools > 0 && at(means, pools - 1) > mean + tolerance) {
      pools--;
      const before = at(masses, pools);
      mean = (mean * mass + at(means, pools) * before) / (mass + before);
      mass += before;
      start = at(starts, pools);
    }
    starts[pools] = start;
    means[pools] = mean;
    masses[pools++] = mass;
  }
  const places = new Float64Array(count);
  for (let pool = 0; pool < pools; pool++) {
    const end = pool + 1 < pools ? at(starts, pool + 1) : count;
    const alone = end - at(starts, pool) === 1;
    for (let i = at(starts, pool); i < end; i++) {
      places[i] = alone ? at(desired, i) : at(means, pool) + at(offsets, i);
    }
  }
  return places;
}

function at(list: ArrayLike<number>, i: number): number {
  return list[i] ?? 0;
}
