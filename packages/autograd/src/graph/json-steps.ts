/**
 * `JSON.parse` of a long text in short steps, so that whoever reads it can do something else meanwhile.
 *
 * One scan over the bytes finds where lists and objects begin and end. What has come together at a comma is parsed as a
 * piece of its own by the engine's parser; a list or an object that is longer than a piece is built from its pieces.
 * Whatever `JSON.parse` refuses is refused: the grammar within a piece is the parser's business, and between two pieces
 * stands nothing but one comma.
 */

/** Bytes that are parsed at once. */
const usualPiece = 2 ** 16;
/** Bytes that are scanned in a step: about a millisecond. */
const scannedAtOnce = 2 ** 18;

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Settings of `parseJsonSteps`. */
export interface ParseJsonOptions {
  /** Deeper nesting is refused, before a parser, which may recurse, sees it. */
  readonly maximalDepth: number;
  /** Bytes that are parsed at once; default 64 Ki. */
  readonly piece?: number;
}

/**
 * The value that `bytes` say in UTF-8.
 *
 * @throws {SyntaxError} from `next`, if they are no JSON.
 * @throws {TypeError} from `next`, if they are no UTF-8.
 * @throws {RangeError} from `next`, if they are nested deeper than `maximalDepth`.
 */
export function* parseJsonSteps(
  bytes: Uint8Array,
  { maximalDepth, piece = usualPiece }: ParseJsonOptions,
): Generator<void, unknown> {
  const built = new PieceBuilder(bytes, piece);
  let [depth, inString] = [0, false];
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + scannedAtOnce);
    while (at < end) {
      const byte = bytes[at++];
      if (inString) {
        if (byte === quote) inString = false;
        else if (byte === backslash) at++;
      } else if (byte === quote) inString = true;
      else if (byte === comma) built.comma(at - 1, depth);
      else if (byte === openList || byte === openObject) {
        if (++depth > maximalDepth) throw new RangeError(`nested deeper than ${maximalDepth}`);
        built.open(at - 1, depth);
      } else if (byte === closeList || byte === closeObject) {
        if (depth === 0) throw unexpected(at - 1);
        built.close(at - 1, depth--);
      }
    }
    yield;
  }
  return built.end();
}

/** A list or an object that is built from pieces. */
interface Building {
  readonly list: unknown[] | null;
  readonly object: Record<string, unknown> | null;
  /** What its beginning, the latest comma, or a value that was built stands before. */
  after: "beginning" | "comma" | "value";
  /** What the value that is being built within an object is called. */
  key: string;
}

/** Builds a value from what a scan finds. Depths count from 1 for what is outermost. */
class PieceBuilder {
  readonly #bytes: Uint8Array;
  readonly #piece: number;
  readonly #decoder: TextDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  /** Those that are longer than a piece, the outermost first. */
  readonly #building: Building[] = [];
  /** Where the list or object of each depth that is open begins, and its latest comma, −1 before any. */
  readonly #begin: number[] = [];
  readonly #comma: number[] = [];
  /** The beginning of what is not parsed yet. */
  #start = 0;
  #whole: { readonly value: unknown; readonly end: number } | null = null;

  constructor(bytes: Uint8Array, piece: number) {
    this.#bytes = bytes;
    this.#piece = piece;
  }

  open(at: number, depth: number): void {
    this.#begin[depth] = at;
    this.#comma[depth] = -1;
  }

  comma(at: number, depth: number): void {
    this.#comma[depth] = at;
    const behindValue = this.#building.length === depth && this.#building.at(-1)?.after === "value";
    if (at - this.#start < this.#piece && !behindValue) return;
    while (this.#building.length < depth && at - this.#start >= this.#piece) this.#descend();
    if (this.#building.length === depth) this.#take(at, "comma");
  }

  close(at: number, depth: number): void {
    if (this.#building.length < depth) return;
    this.#take(at, "value");
    const { list, object } = this.#building.pop() ?? { list: null, object: null };
    if (this.#bytes[at] !== (list === null ? closeObject : closeList)) throw unexpected(at);
    const [value, outer] = [list ?? object, this.#building.at(-1)];
    if (outer === undefined) this.#whole = { value, end: at + 1 };
    else {
      add(outer, outer.key, value);
      outer.after = "value";
    }
  }

  end(): unknown {
    if (this.#building.length > 0) throw new SyntaxError("the text ends within a list or an object");
    if (this.#whole === null) return JSON.parse(this.#text(0, this.#bytes.length));
    if (!isBlank(this.#text(this.#whole.end, this.#bytes.length))) throw unexpected(this.#whole.end);
    return this.#whole.value;
  }

  /** Takes the next list or object on the way inwards for one that is built from pieces. */
  #descend(): void {
    const depth = this.#building.length;
    const begin = this.#begin[depth + 1] ?? 0;
    const outer = this.#building.at(-1);
    // A second value behind the whole one.
    if (outer === undefined && this.#whole !== null) throw unexpected(begin);
    const before = this.#comma[depth] ?? -1;
    if (outer !== undefined && before >= this.#start) this.#take(before, "comma");
    const lead = this.#text(this.#start, begin);
    if (outer?.after === "value") throw unexpected(begin);
    if (outer?.object) outer.key = keyOf(lead, begin);
    else if (!isBlank(lead)) throw unexpected(this.#start);
    const isList = this.#bytes[begin] === openList;
    this.#building.push({
      list: isList ? [] : null,
      object: isList ? null : {},
      after: "beginning",
      key: "",
    });
    this.#start = begin + 1;
  }

  /** Parses what stands between the beginning and `end`, and adds it to what is built innermost. */
  #take(end: number, then: "comma" | "value"): void {
    const building = this.#building.at(-1);
    if (building === undefined) return;
    const text = this.#text(this.#start, end);
    const { after, list } = building;
    if (isBlank(text)) {
      if (after === "comma" || (after === "beginning" && then === "comma")) throw unexpected(end);
    } else if (after === "value") throw unexpected(this.#start);
    else if (list !== null) for (const each of JSON.parse(`[${text}]`) as unknown[]) list.push(each);
    else for (const [key, value] of Object.entries(JSON.parse(`{${text}}`))) add(building, key, value);
    building.after = then;
    this.#start = end + 1;
  }

  #text(from: number, to: number): string {
    return this.#decoder.decode(this.#bytes.subarray(from, to));
  }
}

function add({ list, object }: Building, key: string, value: unknown): void {
  if (list !== null) list.push(value);
  // As the parser does it: `__proto__` is a property like any other.
  else if (object !== null) {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  }
}

/** The key in `"key" :`, before a value of an object. */
function keyOf(text: string, at: number): string {
  const [, quoted] = /^[ \t\n\r]*("[\s\S]*")[ \t\n\r]*:[ \t\n\r]*$/.exec(text) ?? [];
  const key: unknown = quoted === undefined ? undefined : JSON.parse(quoted);
  if (typeof key !== "string") throw unexpected(at);
  return key;
}

function isBlank(text: string): boolean {
  return /^[ \t\n\r]*$/.test(text);
}

function unexpected(at: number): SyntaxError {
  return new SyntaxError(`Unexpected token at byte ${at}`);
}
