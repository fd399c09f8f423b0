/** Where in a program an {@link AssemblyError} happened. */
export interface AssemblyPlace {
  /** The function being assembled. */
  readonly functionName?: string;
  /** The index of the offending instruction in that function's flat order, from 0. */
  readonly instruction?: number;
}

/** A WebAssembly program was put together wrongly; the message says what is wrong, where, and how to mend it. */
export class AssemblyError extends Error {
  override readonly name: string = "AssemblyError";
  /** The instruction or builder method that refused, for example `f32x4.add`. */
  readonly operation: string;
  /** The function being assembled, when there is one. */
  readonly functionName: string | undefined;
  /** The index of the offending instruction in the function's flat order, when there is one. */
  readonly instruction: number | undefined;

  constructor(operation: string, problem: string, remedy: string, place: AssemblyPlace = {}) {
    const { functionName, instruction } = place;
    const at = functionName === undefined ? "" : ` in function "${functionName}"`;
    const index = instruction === undefined ? "" : `, instruction ${instruction}`;
    super(`[${operation}] ${problem}${at}${index}. ${remedy}`);
    this.operation = operation;
    this.functionName = functionName;
    this.instruction = instruction;
  }
}
