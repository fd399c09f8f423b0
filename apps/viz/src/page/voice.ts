/** The page's live region: one voice for steps, choices, searches and problems, which does not chatter. */

/** While something of the same kind comes again within this time, only the last of it is said. Milliseconds. */
const patience = 350;

/** Says words to those who hear the page. */
export class Voice {
  readonly #region: HTMLElement;
  #later: ReturnType<typeof setTimeout> | null = null;
  #lastSoon = Number.NEGATIVE_INFINITY;

  /** `region` is a polite live region. */
  constructor(region: HTMLElement) {
    this.#region = region;
  }

  /** Says something at once, in place of what was waiting. */
  say(words: string): void {
    if (this.#later !== null) clearTimeout(this.#later);
    this.#later = null;
    // The same words again are no change, and nobody would hear them; a space that does not break makes one.
    this.#region.textContent = words === this.#region.textContent ? `${words}\u00a0` : words;
  }

  /** Says something that may come often: at once if it is the first for a while, else when no more of it comes. */
  saySoon(words: string): void {
    const now = performance.now();
    const first = now - this.#lastSoon > patience && this.#later === null;
    this.#lastSoon = now;
    if (first) {
      this.say(words);
      return;
    }
    this.#wait(words);
  }

  /** Says something when no more of it comes. */
  sayAtLast(words: string): void {
    this.#wait(words);
  }

  #wait(words: string): void {
    if (this.#later !== null) clearTimeout(this.#later);
    this.#later = setTimeout(() => this.say(words), patience);
  }
}
