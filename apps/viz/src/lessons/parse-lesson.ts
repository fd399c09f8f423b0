/**
 * Reads a lesson's file. Blocks are separated by empty lines:
 *
 *     # Title of the lesson
 *
 *     ## Title of a step
 *
 *     program: digits hidden=32 seed=0 steps=0     (or the step before's; of an expression the rest of the line)
 *     at: start | end | after NODE                 (default: start)
 *     node: NODE                                   (default: none)
 *
 *     Prose with {value 0.weight[3, 5]}, {=value div} in all its digits, *emphasis*, `code` and [[NODE]], a node's name that leads to it.
 *
 *     $ a formula on a line of its own
 *
 *     | bars exp value logSoftmax[0, :] — caption
 *     | picture adjoint 0.weight[4, :] — caption
 *     | terms adjoint linear@2[:, 5] * value relu@1[:, 6] = adjoint 2.weight[5, 6]
 *
 *     ? A question.                                (further blocks with ? add to it)
 *     = value div within 0.1                       (the number that is asked for)
 *     - one answer                                 (or answers, the right ones with *)
 *     * another
 *
 *     ! What is told afterwards; as many blocks with ! as are needed, of prose, formula and figures.
 *     !at: end
 *     !node: NODE
 *     !program: digits hidden=32 seed=0 steps=1
 */
import { CalcError, parseCalc, parseRef, type TensorRef } from "./calc.ts";
import type {
  Lesson,
  LessonAnswer,
  LessonBlock,
  LessonMoment,
  LessonPart,
  LessonState,
  LessonStep,
} from "./lesson.ts";

/** A lesson is not as it should be: its file cannot be read, or what it names is not there. */
export class LessonError extends Error {
  constructor(where: string, what: string, remedy: string) {
    super(`[lesson] ${where}: ${what}. ${remedy}`);
    this.name = "LessonError";
  }
}

/** Lines that belong together. */
interface Chunk {
  readonly lines: readonly string[];
  /** Of the first, from 1. */
  readonly line: number;
}

/**
 * The lesson that `text` tells.
 *
 * @param file its name for messages, and for its id: `1-forward.md` is `forward`.
 * @throws {LessonError} naming file and line.
 */
export function parseLesson(file: string, text: string): Lesson {
  const chunks = chunksOf(text);
  const [title, ...rest] = chunks;
  const id = /^\d+-([a-z-]+)\.md$/.exec(file)?.[1];
  if (id === undefined) throw new LessonError(file, "the name is not like 1-forward.md", "Rename it.");
  const heading = /^# (.+)$/.exec(title?.lines[0] ?? "")?.[1];
  if (heading === undefined || title?.lines.length !== 1)
    throw new LessonError(`${file}:1`, "it does not begin with # and a title", "Write one.");
  return { id, title: heading, steps: new StepReader(file, rest).steps() };
}

function chunksOf(text: string): Chunk[] {
  const chunks: { lines: string[]; line: number }[] = [];
  let open = false;
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") open = false;
    else if (open) chunks.at(-1)?.lines.push(line);
    else chunks.push({ lines: [line], line: i + 1 });
    open = line.trim() !== "";
  }
  return chunks;
}

class StepReader {
  readonly #file: string;
  readonly #chunks: readonly Chunk[];
  #at = 0;

  constructor(file: string, chunks: readonly Chunk[]) {
    this.#file = file;
    this.#chunks = chunks;
  }

  steps(): LessonStep[] {
    const steps: LessonStep[] = [];
    while (this.#peek() !== null) steps.push(this.#step(steps.at(-1)?.state ?? null));
    if (steps.length === 0)
      throw new LessonError(this.#file, "it has no step", "Begin one with ## and a title.");
    return steps;
  }

  #peek(): Chunk | null {
    return this.#chunks[this.#at] ?? null;
  }

  #step(before: LessonState | null): LessonStep {
    const chunk = this.#chunks[this.#at++];
    const title = /^## (.+)$/.exec(chunk?.lines[0] ?? "")?.[1];
    if (chunk === undefined || title === undefined || chunk.lines.length !== 1)
      throw this.#wrong(chunk, "a step begins with a line of its own, ## and a title", "Write one.");
    const state = this.#state(chunk, before);
    const blocks: LessonBlock[] = [];
    for (let next = this.#peek(); next !== null && !next.lines[0]?.startsWith("#"); next = this.#peek()) {
      this.#at++;
      blocks.push(next.lines[0]?.startsWith("?") ? this.#question(next, state) : this.#block(next));
    }
    return { title, state, blocks };
  }

  #state(heading: Chunk, before: LessonState | null): LessonState {
    const chunk = this.#peek();
    const own = chunk !== null && settingPattern.test(chunk.lines[0] ?? "");
    if (own) this.#at++;
    const program = before?.program ?? null;
    const state = this.#settings(own ? chunk : null, { program, at: "start", node: null });
    if (state.program !== null) return { ...state, program: state.program };
    throw this.#wrong(
      heading,
      "the first step names no program",
      "Write program: digits hidden=32 … below its title.",
    );
  }

  /** `base` with what the lines of `chunk` say instead. */
  #settings<P extends LessonState["program"] | null>(
    chunk: Chunk | null,
    base: { readonly program: P; readonly at: LessonMoment; readonly node: string | null },
  ): {
    readonly program: P | LessonState["program"];
    readonly at: LessonMoment;
    readonly node: string | null;
  } {
    let state: { program: P | LessonState["program"]; at: LessonMoment; node: string | null } = { ...base };
    for (const line of chunk?.lines ?? []) {
      const [, name, value = ""] = settingPattern.exec(line) ?? [];
      if (name === "program") state = { ...state, program: programOf(value) };
      else if (name === "at") state = { ...state, at: this.#moment(chunk, value) };
      else if (name === "node") state = { ...state, node: value };
      else throw this.#wrong(chunk, `"${line}" is no setting`, "Write program:, at: or node:.");
    }
    return state;
  }

  #moment(chunk: Chunk | null, text: string): LessonMoment {
    if (text === "start" || text === "end") return text;
    const after = /^after (\S+)$/.exec(text)?.[1];
    if (after === undefined) throw this.#wrong(chunk, `at: ${text}`, "Write start, end or after NODE.");
    return { after };
  }

  #block(chunk: Chunk): LessonBlock {
    const text = chunk.lines.join(" ");
    if (text.startsWith("|")) return this.#figure(chunk, text.slice(1).trim());
    const kind = text.startsWith("$ ") ? "formula" : "prose";
    if (/^[=!*?#-]/.test(text))
      throw this.#wrong(chunk, `"${text.slice(0, 20)}" stands alone`, "Begin with a ? block.");
    return { kind, parts: this.#parts(chunk, kind === "formula" ? text.slice(2) : text) };
  }

  #figure(chunk: Chunk, text: string): LessonBlock {
    const [what = "", caption = ""] = text.split(" — ");
    const [, kind, rest = ""] = /^(bars|picture|terms)\s+(.+)$/.exec(what) ?? [];
    if (kind === "bars") {
      const map = rest.startsWith("exp ") ? "exp" : null;
      return { kind, of: this.#ref(chunk, map === null ? rest : rest.slice(4)), map, caption };
    }
    if (kind === "picture") return { kind, of: this.#ref(chunk, rest), caption };
    const [product = "", total] = rest.split(" = ");
    const [left = "", right] = product.split(" * ");
    if (kind !== "terms" || total === undefined)
      throw this.#wrong(chunk, `"${text}" is no figure`, "Write bars, picture, or terms A * B = C.");
    return {
      kind,
      left: this.#ref(chunk, left),
      right: right === undefined ? null : this.#ref(chunk, right),
      total: this.#ref(chunk, total),
    };
  }

  #ref(chunk: Chunk, text: string): TensorRef {
    return this.#read(chunk, () => parseRef(text));
  }

  #question(first: Chunk, state: LessonState): LessonBlock {
    const lines = [...first.lines];
    const answers = lines.filter((line) => /^[=*-] /.test(line));
    const ask = lines.filter((line) => !answers.includes(line)).join(" ");
    const reveal: LessonBlock[] = [];
    let afterwards: LessonState = state;
    for (let next = this.#peek(); next?.lines[0]?.startsWith("!"); next = this.#peek()) {
      this.#at++;
      const body = next.lines.map((line) => line.replace(/^! ?/, ""));
      const settings = body.filter((line) => settingPattern.test(line));
      if (settings.length > 0) afterwards = this.#settings({ ...next, lines: settings }, afterwards);
      const words = body.filter((line) => !settings.includes(line));
      if (words.length > 0) reveal.push(this.#block({ ...next, lines: words }));
    }
    if (reveal.length === 0)
      throw this.#wrong(first, "the question tells nothing afterwards", "Add a block with !.");
    const text = ask.replace(/^\?\s*/, "");
    return {
      kind: "question",
      ask: [this.#parts(first, text)],
      answer: this.#answer(first, answers),
      reveal,
      afterwards,
    };
  }

  #answer(chunk: Chunk, lines: readonly string[]): LessonAnswer {
    const [number] = lines;
    if (lines.length === 1 && number?.startsWith("= ")) {
      const [source = "", within = ""] = number.slice(2).split(" within ");
      if (!(Number(within) > 0))
        throw this.#wrong(chunk, "the answer says not how near", "Write within 0.05.");
      return {
        kind: "number",
        calc: this.#read(chunk, () => parseCalc(source)),
        source,
        within: Number(within),
      };
    }
    const options = lines.map((line) => ({
      parts: this.#parts(chunk, line.slice(2)),
      right: line.startsWith("* "),
    }));
    const sound = options.length > 1 && options.filter(({ right }) => right).length === 1;
    if (sound && !lines.some((line) => line.startsWith("="))) return { kind: "choice", options };
    throw this.#wrong(
      chunk,
      "the question has neither a number nor options, one of them right",
      "Write = or - and *.",
    );
  }

  #parts(chunk: Chunk, text: string): LessonPart[] {
    const parts: LessonPart[] = [];
    let end = 0;
    for (const found of text.matchAll(/\{([^}]*)\}|\*([^*]+)\*|`([^`]+)`|\[\[([^\]]+)\]\]/g)) {
      const [whole, source, emphasis, code, node] = found;
      if (found.index > end) parts.push({ kind: "text", text: text.slice(end, found.index) });
      end = found.index + whole.length;
      if (source !== undefined) {
        const exact = source.startsWith("=");
        const calculation = exact ? source.slice(1) : source;
        const calc = this.#read(chunk, () => parseCalc(calculation));
        parts.push({ kind: "number", calc, source: calculation, exact });
      } else if (node !== undefined) parts.push({ kind: "node", node });
      else if (code !== undefined) parts.push({ kind: "code", text: code });
      else parts.push({ kind: "emphasis", text: emphasis ?? "" });
    }
    if (end < text.length) parts.push({ kind: "text", text: text.slice(end) });
    const stray = parts.find((part) => part.kind === "text" && /[{}`]|\[\[|\]\]/.test(part.text));
    if (stray !== undefined) throw this.#wrong(chunk, "a {, ` or [[ has no partner", "Close it.");
    return parts;
  }

  #read<T>(chunk: Chunk, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof CalcError) throw this.#wrong(chunk, error.message, "See src/lessons/calc.ts.");
      throw error;
    }
  }

  #wrong(chunk: Chunk | null | undefined, what: string, remedy: string): LessonError {
    return new LessonError(`${this.#file}:${chunk?.line ?? 1}`, what, remedy);
  }
}

const settingPattern = /^(program|at|node): *(.+)$/;

/** `digits hidden=32 seed=0` or `expression a = 2; a*a` as an address keeps it. */
function programOf(text: string): [string, string][] {
  const [, name = "", rest = ""] = /^(\S+)\s*(.*)$/.exec(text) ?? [];
  if (name === "expression")
    return [
      ["program", name],
      ["expression", rest],
    ];
  const settings = rest.split(/\s+/).filter((each) => each !== "");
  return [
    ["program", name],
    ...settings.map((each): [string, string] => {
      const [key = "", value = ""] = each.split("=");
      return [key, value];
    }),
  ];
}
