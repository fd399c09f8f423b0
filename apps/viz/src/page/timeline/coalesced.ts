/** Work that is asked for more often than it can be done. */
import { during } from "../work.ts";

/** Does its work once at a time, and once more for all that was asked for meanwhile. */
export class Coalesced {
  readonly #work: () => Promise<void>;
  #isAsked = false;
  #running: Promise<void> | null = null;

  /** `work` looks at what there is to do when it begins; it does not reject. */
  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** True while the work is under way. */
  get isBusy(): boolean {
    return this.#running !== null;
  }

  /** Resolves when nothing more is asked for. */
  get settled(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  /** Asks for the work. */
  ask(): void {
    this.#isAsked = true;
    this.#running ??= during(this.#run());
  }

  async #run(): Promise<void> {
    // The one who asks has the promise in hand before the work begins.
    await Promise.resolve();
    try {
      while (this.#isAsked) {
        this.#isAsked = false;
        await this.#work();
      }
    } finally {
      this.#running = null;
    }
  }
}
