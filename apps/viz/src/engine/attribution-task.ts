/** Where an entry of a gradient comes from, asked of the library: its shares, a share's portions, and the entry without one. */
import { type Attribution, attribute, split } from "../attribution/attribution.ts";
import { type Examples, entryWithout, examplesOf } from "../attribution/examples.ts";
import type { EntryPlace } from "../attribution/places.ts";
import { type Portions, portionsOf } from "../attribution/portions.ts";
import type { Task } from "./task.ts";

/** An entry of the adjoint that a pass left at a node. */
export interface EntryQuestion {
  readonly pass: number;
  readonly entry: EntryPlace;
}

/** The entry by consumer edge, and the examples of the batch. */
export interface EntryAnswer {
  readonly attribution: Attribution;
  readonly examples: Pick<Examples, "node" | "count"> | null;
}

/** Splits an entry by consumer edge. @throws {RangeError} as `attribute`. */
export const attributeTask: Task<EntryQuestion, EntryAnswer> = ({ pass, entry }, { trace }) => {
  if (trace === null) throw new TypeError("[attribute] there is no trace. Ask with one.");
  const found = examplesOf(trace);
  const examples = found === null ? null : { node: found.node, count: found.count };
  return { attribution: attribute(trace, pass, entry), examples };
};

/** What one edge put into an entry. */
export interface ShareQuestion extends EntryQuestion {
  readonly consumer: number;
  readonly input: number;
}

/** Splits what one edge put in, by example or by unit. @throws {RangeError} as `split`. */
export const splitTask: Task<ShareQuestion, Portions> = ({ pass, entry, consumer, input }, { trace }) => {
  if (trace === null) throw new TypeError("[split] there is no trace. Ask with one.");
  return portionsOf(split(trace, pass, consumer, input, entry.index), consumer, examplesOf(trace));
};

/** What the entry would be if nothing had arrived at `consumer` from `position` along `axis` of its output. */
export interface WithoutQuestion extends EntryQuestion {
  readonly consumer: number;
  readonly axis: number;
  readonly position: number;
}

/** Runs the pass again without one example, or one unit, and gives the entry. @throws {ReplayError} as `entryWithout`. */
export const withoutTask: Task<WithoutQuestion, number> = (question, { trace }) => {
  if (trace === null) throw new TypeError("[without] there is no trace. Ask with one.");
  const { pass, entry, consumer, axis, position } = question;
  return entryWithout(trace, pass, entry, consumer, axis, position);
};

/** Longer ways are cut: a recurrent network of thousands of steps has them. */
const longestWay = 60;

/** The way from an entry to the seed, always to the gradient of the largest term; the entry itself is not in it. */
export const wayTask: Task<EntryQuestion, readonly EntryPlace[]> = async ({ pass, entry }, context) => {
  const { trace, breathe } = context;
  if (trace === null) throw new TypeError("[way] there is no trace. Ask with one.");
  const way: EntryPlace[] = [];
  let here = entry;
  while (way.length < longestWay) {
    await breathe();
    const { index } = here;
    const terms = attribute(trace, pass, here).shares.flatMap(({ edge }) =>
      edge === null ? [] : (split(trace, pass, edge.consumer, edge.input, index).terms ?? []),
    );
    const [first, ...others] = terms;
    if (first === undefined) break;
    const largest = others.reduce((a, b) => (Math.abs(b.value) > Math.abs(a.value) ? b : a), first);
    here = { node: largest.gradient.node, index: largest.gradient.index };
    way.push(here);
  }
  return way;
};
