/** Answers questions for layouts one after another: each from the layout that is drawn, a newer one ending an older. */
import { type Layout, layoutSteps } from "@adjoint/autograd/graph";
import {
  type GraphPlaces,
  type LayoutQuestion,
  layoutInput,
  placesOf,
  renameLayout,
} from "./graph-layout.ts";

/** From where a layout starts. */
export interface LayoutBasis {
  /** The question whose answer is drawn now. */
  readonly of: number;
  /** What its keys are called by now; null if they are the same. */
  readonly names: ReadonlyMap<string, string> | null;
}

/** A question with its number, which is above those before. */
export interface NumberedQuestion {
  readonly id: number;
  readonly question: LayoutQuestion;
  /** Null for a layout from nothing. */
  readonly basis: LayoutBasis | null;
}

/** The layouts that a thread was asked for. */
export class LayoutRunner {
  readonly #breathe: () => Promise<void>;
  /** Answers that may be what is drawn. */
  readonly #answers: Map<number, Layout> = new Map();
  #latest = 0;

  /** `breathe` is awaited between the steps of a layout; a newer question is heard in between. */
  constructor(breathe: () => Promise<void>) {
    this.#breathe = breathe;
  }

  /** Gives up what is under way. */
  cancel(): void {
    this.#latest = Number.POSITIVE_INFINITY;
  }

  /** The places; null once another question has come, or `cancel`. */
  async run({ id, question, basis }: NumberedQuestion): Promise<GraphPlaces | null> {
    this.#latest = id;
    const steps = layoutSteps(
      layoutInput(question),
      this.#previous(basis),
      question.pinned === null ? {} : { pinned: question.pinned },
    );
    for (;;) {
      const step = steps.next();
      if (step.done) {
        this.#answers.set(id, step.value);
        return placesOf(question, step.value);
      }
      await this.#breathe();
      if (this.#latest !== id) return null;
    }
  }

  #previous(basis: LayoutBasis | null): Layout | null {
    if (basis === null) return null;
    const found = this.#answers.get(basis.of);
    // What is drawn now may still be asked for; what was drawn or dropped before will not.
    for (const id of this.#answers.keys()) if (id !== basis.of) this.#answers.delete(id);
    if (found === undefined) return null;
    return basis.names === null ? found : renameLayout(found, basis.names);
  }
}
