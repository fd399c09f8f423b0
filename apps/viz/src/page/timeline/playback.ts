/** Plays a run: one snapshot after another, until the end or until it is stopped. */

/** Milliseconds from a snapshot to the next. */
const pace = { flowing: 120, calm: 1000 } as const;

/** Plays as long as there is a next. Those who want less motion see a still picture a second. */
export class Playback {
  readonly #next: () => Promise<boolean>;
  readonly #changed: (playing: boolean) => void;
  #turn: symbol | null = null;

  /**
   * @param next goes on to the next snapshot, and says whether there was one.
   * @param changed hears whether it plays.
   */
  constructor(next: () => Promise<boolean>, changed: (playing: boolean) => void) {
    this.#next = next;
    this.#changed = changed;
  }

  get playing(): boolean {
    return this.#turn !== null;
  }

  stop(): void {
    if (this.#turn === null) return;
    this.#turn = null;
    this.#changed(false);
  }

  async play(): Promise<void> {
    const turn = Symbol("turn");
    this.#turn = turn;
    this.#changed(true);
    while (this.#turn === turn && (await this.#next())) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      await new Promise((resolve) => setTimeout(resolve, calm ? pace.calm : pace.flowing));
    }
    if (this.#turn === turn) this.stop();
  }
}
