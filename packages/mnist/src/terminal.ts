import type { SignalSource } from "./interrupt.ts";
import type { OutputStream } from "./progress.ts";

/** What the commands need of the process they run in, so that a test can give them another. */
export interface Terminal {
  /** Results and progress. */
  readonly output: OutputStream;
  /** Error messages. */
  readonly errors: OutputStream;
  /** Relative paths start here. */
  readonly cwd: string;
  /** Brings Ctrl-C. */
  readonly signals: SignalSource;
  /** Ends the process at once. */
  readonly quit: (code: number) => void;
  /** The time of day. */
  readonly date: () => Date;
}
