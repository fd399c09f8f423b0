/** The terms of a split as a reader wants them: by example of the batch where they come apart so, and the weightiest first. */
import type { Split, Term } from "./attribution.ts";
import { type Examples, groupTerms } from "./examples.ts";

/** Some terms of a split, and their sum. */
export interface Portion {
  /** Where they lie along the split's axis; null for a term by itself. */
  readonly position: number | null;
  /** Σ of the terms. */
  readonly value: number;
  readonly terms: readonly Term[];
}

/** What one edge put into one entry, as a sum of portions. */
export interface Portions {
  /** The entry of the contribution. */
  readonly value: number;
  /** The axis of the consumer's output along which the portions lie; null where each is a term by itself. */
  readonly axis: number | null;
  /** Each portion is what one example of the batch put in. */
  readonly byExample: boolean;
  /** By magnitude, the largest first; null where there are none: see `why`. */
  readonly portions: readonly Portion[] | null;
  /** value − Σ portions. */
  readonly rest: number;
  /** Why there are no portions. */
  readonly why: string | null;
}

/**
 * The portions of what `consumer` put in: by example where axis 0 of its output is that of the examples, else by position
 * where the terms lie along one axis, else each term by itself.
 */
export function portionsOf(split: Split, consumer: number, examples: Examples | null): Portions {
  const { value, terms, axes, why } = split;
  const byExample = axes.includes(0) && examples?.nodes.has(consumer) === true;
  const axis = byExample ? 0 : axes.length === 1 ? (axes[0] ?? null) : null;
  if (terms === null) return { value, axis: null, byExample: false, portions: null, rest: 0, why };
  const portions: readonly Portion[] =
    axis === null ? terms.map(alone) : groupTerms(split, axis).map((group): Portion => group);
  const rest = value - portions.reduce((sum, portion) => sum + portion.value, 0);
  return { value, axis, byExample, portions: portions.toSorted(byMagnitude), rest, why };
}

function alone(term: Term): Portion {
  return { position: null, value: term.value, terms: [term] };
}

/** What is not finite comes first. */
function byMagnitude(a: Portion, b: Portion): number {
  const [sizeA, sizeB] = [Math.abs(a.value), Math.abs(b.value)].map((x) =>
    Number.isNaN(x) ? Number.POSITIVE_INFINITY : x,
  );
  return sizeA === sizeB ? 0 : (sizeB ?? 0) - (sizeA ?? 0);
}
