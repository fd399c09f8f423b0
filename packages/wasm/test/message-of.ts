import { AssemblyError } from "../src/index.ts";

/** The whole message of the AssemblyError that a call throws, or what happened instead. */
export function messageOf(wrong: () => unknown): string {
  try {
    wrong();
  } catch (error) {
    return error instanceof AssemblyError ? error.message : `another error: ${String(error)}`;
  }
  return "no error";
}
