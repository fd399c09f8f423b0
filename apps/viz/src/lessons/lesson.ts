/** What a lesson consists of, as plain data: parsed from apps/viz/lessons/*.md when the page is built. */
import type { Calc, TensorRef } from "./calc.ts";

/** A lesson: prose, step by step, each tied to a state of the inspector. */
export interface Lesson {
  /** The name of its file without number and ending: `backward`. */
  readonly id: string;
  readonly title: string;
  readonly steps: readonly LessonStep[];
}

/** One step. */
export interface LessonStep {
  readonly title: string;
  readonly state: LessonState;
  readonly blocks: readonly LessonBlock[];
}

/** Where the inspector stands: everything is in the lesson's file. */
export interface LessonState {
  /** The program's settings as an address keeps them. */
  readonly program: readonly (readonly [name: string, value: string])[];
  readonly at: LessonMoment;
  /** The node that is chosen, by its name in the lesson; null for none. */
  readonly node: string | null;
}

/** A moment of the backward pass: before its first step, after its last, or after the rules of a node ran. */
export type LessonMoment = "start" | "end" | { readonly after: string };

/** A piece of prose. */
export type LessonPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "emphasis"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  /** A number out of the step's state; with all its digits if it is exact. */
  | { readonly kind: "number"; readonly calc: Calc; readonly source: string; readonly exact: boolean }
  /** A node's name, which leads to it. */
  | { readonly kind: "node"; readonly node: string };

/** A part of a step from the left margin to the right. */
export type LessonBlock =
  | { readonly kind: "prose"; readonly parts: readonly LessonPart[] }
  | { readonly kind: "formula"; readonly parts: readonly LessonPart[] }
  | { readonly kind: "bars"; readonly of: TensorRef; readonly map: "exp" | null; readonly caption: string }
  | { readonly kind: "picture"; readonly of: TensorRef; readonly caption: string }
  | LessonTerms
  | LessonQuestion;

/** A sum of products, term by term, and the library's own number for it. */
export interface LessonTerms {
  readonly kind: "terms";
  readonly left: TensorRef;
  /** Null for a sum of `left` alone. */
  readonly right: TensorRef | null;
  readonly total: TensorRef;
}

/** A question that is answered before the page tells. */
export interface LessonQuestion {
  readonly kind: "question";
  readonly ask: readonly (readonly LessonPart[])[];
  readonly answer: LessonAnswer;
  /** What the page tells afterwards; its numbers are of `then`. */
  readonly reveal: readonly LessonBlock[];
  /** The state that is shown with the answer; that of the step where the file says nothing else. */
  readonly afterwards: LessonState;
}

/** What is right. */
export type LessonAnswer =
  | { readonly kind: "choice"; readonly options: readonly LessonOption[] }
  /** A number out of the state that is shown with the answer; a guess counts if it is off by at most `within` of its size. */
  | { readonly kind: "number"; readonly calc: Calc; readonly source: string; readonly within: number };

/** One of several answers. */
export interface LessonOption {
  readonly parts: readonly LessonPart[];
  readonly right: boolean;
}
