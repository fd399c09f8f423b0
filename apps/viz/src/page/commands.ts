/** What the page can be told to do, by name: for the palette, for keys and for menus. */

/** A command. */
export interface Command {
  /** `Fold all modules`. */
  readonly title: string;
  /** The keys that do the same, as they are shown: `Ctrl K`. */
  readonly keys?: string;
  /** The keys work wherever the focus is; a single character outside of fields. Default: they are some part's own. */
  readonly everywhere?: boolean;
  /** `Tab`, `Program`, `Lesson`: a word beside the title in the palette. */
  readonly kind?: string;
  /** False while it can't be done. Default: true. */
  enabled?(): boolean;
  run(): unknown;
}

/** All commands, in the order in which they were added. */
export class Commands {
  readonly #all: Command[] = [];
  readonly #later: (() => Promise<readonly Command[]>)[] = [];

  add(...commands: readonly Command[]): void {
    this.#all.push(...commands);
  }

  get all(): readonly Command[] {
    return this.#all;
  }

  /** Adds commands that have to be fetched first: whoever lists them all asks for them then. */
  addLater(source: () => Promise<readonly Command[]>): void {
    this.#later.push(source);
  }

  /** The commands that were added for later. */
  async later(): Promise<readonly Command[]> {
    return (await Promise.all(this.#later.map((source) => source()))).flat();
  }
}
