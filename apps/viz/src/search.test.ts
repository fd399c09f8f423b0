import { exp, log, mul, relu, sub, sum, Variable, variable } from "@adjoint/autograd";
import { record, type Trace, type TraceNode, type TraceTensor } from "@adjoint/autograd/graph";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { framesOf, stateAfter } from "./backward-states.ts";
import { deepProgram } from "./programs/deep.ts";
import { digitsProgram } from "./programs/digits.ts";
import { expressionProgram } from "./programs/expression.ts";
import { recordStep } from "./programs/program.ts";
import { xorProgram } from "./programs/xor.ts";
import { type Gradients, gradientsOfPass, gradientsOfState, SearchIndex, searchMarks } from "./search.ts";
import { fuzzyMatcher } from "./search-patterns.ts";
import { parseQuery, SearchError } from "./search-query.ts";
import { suggestionsAt } from "./search-suggestions.ts";

function broken(): Trace {
  const x = variable([0, -2, 800], { dtype: "float64" });
  const y = variable(3, { dtype: "float64" });
  return record(() => sum(mul(sub(log(relu(x)), mul(exp(x), 0)), mul(y, y))).backward(), {
    names: [
      ["first", x],
      ["second", y],
    ],
  });
}

function deadDigits(): Trace {
  const program = digitsProgram(8, 0);
  const bias = new Map(program.names).get("0.bias");
  if (bias instanceof Variable) bias.value.assign(-100);
  return recordStep(program, 0, {});
}

const traces: readonly Trace[] = [
  broken(),
  deadDigits(),
  recordStep(xorProgram(0), 0, {}),
  recordStep(expressionProgram("a = 2; b = -3; tanh(a*b) + a*1"), 0, {}),
  recordStep(deepProgram({ depth: 3, width: 2, activation: "relu", gain: 1, seed: 1 }), 0, {}),
];

const ids = (trace: Trace, wanted: (node: TraceNode) => boolean): number[] => {
  return trace.nodes.filter(wanted).map(({ id }) => id);
};

/** A term of a query as text, and the same asked of a node by its definition, from the elements alone. */
interface Term {
  readonly text: string;
  readonly holds: (node: TraceNode, trace: Trace, gradient: TraceTensor | null) => boolean;
}

const elements = (tensor: TraceTensor | null): number[] => Array.from(tensor?.data ?? [], Number);
const finite = (tensor: TraceTensor | null): number[] => elements(tensor).filter(Number.isFinite);

const measured: Readonly<
  Record<string, (node: TraceNode, trace: Trace, gradient: TraceTensor | null) => number | null>
> = {
  value: ({ value }) => (elements(value).length === 1 ? (elements(value)[0] ?? null) : null),
  grad: (_, __, gradient) => (elements(gradient).length === 1 ? (elements(gradient)[0] ?? null) : null),
  "|value|": ({ value }) => (value === null ? null : Math.hypot(...nanFirst(elements(value)))),
  "|grad|": (_, __, gradient) => (gradient === null ? null : Math.hypot(...nanFirst(elements(gradient)))),
  "max(value)": ({ value }) => (finite(value).length === 0 ? null : Math.max(...finite(value))),
  "min(grad)": (_, __, gradient) => (finite(gradient).length === 0 ? null : Math.min(...finite(gradient))),
  "mean(value)": ({ value }) => {
    const list = finite(value);
    return list.length === 0 ? null : list.reduce((a, b) => a + b, 0) / list.length;
  },
  bytes: ({ valueBytes, savedBytes }) => valueBytes + savedBytes,
  saved: ({ savedBytes }) => savedBytes,
  size: ({ shape }) => shape.reduce((a, b) => a * b, 1),
  rank: ({ shape }) => shape.length,
  "fan-in": ({ inputs }) => inputs.length,
  "fan-out": ({ id }, { nodes }) =>
    nodes.flatMap(({ inputs }) => inputs.filter(({ source }) => source === id)).length,
};

/** Math.hypot takes an infinity for stronger than NaN. */
function nanFirst(list: number[]): number[] {
  return list.some(Number.isNaN) ? [Number.NaN] : list;
}

const compared: Readonly<Record<string, (x: number, y: number) => boolean>> = {
  ">": (x, y) => x > y,
  "<": (x, y) => x < y,
  ">=": (x, y) => x >= y,
  "<=": (x, y) => x <= y,
  "=": (x, y) => x === y,
  "!=": (x, y) => x !== y && !Number.isNaN(x),
};

const comparisonTerms = fc
  .tuple(
    fc.constantFrom(...Object.keys(measured)),
    fc.constantFrom(...Object.keys(compared)),
    fc.constantFrom(0, 1, 2, 3, -1, 0.5, 8, 64, 1e-3, 1000, Number.POSITIVE_INFINITY),
    fc.constantFrom("", " "),
  )
  .map(
    ([measure, comparison, number, gap]): Term => ({
      text: `${measure}${gap}${comparison}${gap}${number}`,
      holds: (...about) => {
        const x = measured[measure]?.(...about) ?? null;
        return x !== null && (compared[comparison]?.(x, number) ?? false);
      },
    }),
  );

/** The scopes around a node, a leaf being in the scope that alone reads it. */
function scopesAround(node: TraceNode, { nodes, scopes }: Trace): string[] {
  const readers = nodes.filter(({ inputs }) => inputs.some(({ source }) => source === node.id));
  const reading = [...new Set(readers.map(({ scope }) => scope))];
  let at = node.kind === "leaf" && reading.length === 1 ? (reading[0] ?? null) : node.scope;
  const names: string[] = [];
  for (
    let scope = scopes.find(({ id }) => id === at);
    scope !== undefined;
    scope = scopes.find(({ id }) => id === at)
  ) {
    names.push(scope.name, scope.kind);
    at = scope.parent;
  }
  return names;
}

const flag = (text: string, holds: (list: number[]) => boolean): Term => {
  const [, of = null] = /[:(] *(\w+)/.exec(text) ?? [];
  return {
    text,
    holds: ({ value }, _, gradient) =>
      (of !== "grad" && holds(elements(value))) || (of !== "value" && holds(elements(gradient))),
  };
};

const plainTerms: readonly Term[] = [
  ...["relu", "mul", "leaf", "MUL"].map(
    (op): Term => ({ text: `op:${op}`, holds: (node) => node.op === op.toLowerCase() }),
  ),
  { text: "op:l*", holds: ({ op }) => op.startsWith("l") },
  { text: "op:?u?", holds: ({ op }) => op.length === 3 && op[1] === "u" },
  { text: "name:weight", holds: ({ name }) => name?.includes("weight") ?? false },
  { text: 'name:"0."', holds: ({ name }) => name?.includes("0.") ?? false },
  { text: "name:*.bias", holds: ({ name }) => name?.endsWith(".bias") ?? false },
  { text: "kind:leaf", holds: ({ kind }) => kind === "leaf" },
  { text: "kind:constant", holds: ({ kind }) => kind === "constant" },
  { text: "dtype:float*", holds: ({ dtype }) => dtype.startsWith("float") },
  { text: "scope:0", holds: (node, trace) => scopesAround(node, trace).includes("0") },
  { text: "in:linear", holds: (node, trace) => scopesAround(node, trace).includes("Linear") },
  { text: "shape:[]", holds: ({ shape }) => shape.length === 0 },
  { text: "shape:[8, *]", holds: ({ shape }) => shape.length === 2 && shape[0] === 8 },
  { text: "shape:[…,10]", holds: ({ shape }) => shape.at(-1) === 10 },
  { text: "shape:*,...,*", holds: ({ shape }) => shape.length >= 2 },
  flag("nan", (list) => list.some(Number.isNaN)),
  flag("nan:grad", (list) => list.some(Number.isNaN)),
  flag("nan( grad )", (list) => list.some(Number.isNaN)),
  flag("inf", (list) => list.some((x) => Math.abs(x) === Number.POSITIVE_INFINITY)),
  flag("inf(value)", (list) => list.some((x) => Math.abs(x) === Number.POSITIVE_INFINITY)),
  flag("zero", (list) => list.length > 0 && list.every((x) => x === 0)),
  flag("zero(grad)", (list) => list.length > 0 && list.every((x) => x === 0)),
  { text: "tracked", holds: ({ tracked }) => tracked },
  { text: "dead", holds: ({ op }, trace) => op === "relu" && trace === traces[1] },
  { text: "eig", holds: ({ name }) => name?.includes("eig") ?? false },
  { text: "0w", holds: ({ name }) => name === "0.weight" },
  { text: '"0.w"', holds: ({ name }) => name?.includes("0.w") ?? false },
];

const terms = fc.oneof(comparisonTerms, fc.constantFrom(...plainTerms));

/** Queries of all kinds with the same asked of a node by the meaning of and, or, not. */
const queries: fc.Arbitrary<Term> = fc.letrec<{ readonly query: Term }>((tie) => ({
  query: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    terms,
    fc.tuple(tie("query"), tie("query"), fc.constantFrom(" ", " and ", "\t")).map(
      ([a, b, gap]): Term => ({
        text: `(${a.text})${gap}(${b.text})`,
        holds: (...about) => a.holds(...about) && b.holds(...about),
      }),
    ),
    fc.tuple(terms, terms, terms).map(
      ([a, b, c]): Term => ({
        text: `${a.text} ${b.text} or ${c.text}`,
        holds: (...about) => (a.holds(...about) && b.holds(...about)) || c.holds(...about),
      }),
    ),
    fc.tuple(tie("query"), tie("query")).map(
      ([a, b]): Term => ({
        text: `( ${a.text} or ${b.text} )`,
        holds: (...about) => a.holds(...about) || b.holds(...about),
      }),
    ),
    fc.tuple(tie("query"), fc.constantFrom("-", "not ", "- ")).map(
      ([a, no]): Term => ({
        text: `${no}(${a.text})`,
        holds: (...about) => !a.holds(...about),
      }),
    ),
    fc.tuple(terms, fc.constantFrom("-", "not ")).map(
      ([a, no]): Term => ({
        text: `${no}${a.text}`,
        holds: (...about) => !a.holds(...about),
      }),
    ),
  ),
})).query;

/** A trace, and what gradients are there after some presses, or after the whole pass. */
const moments = fc.tuple(fc.nat(traces.length - 1), fc.option(fc.nat(20))).map(([at, presses]) => {
  const trace = traces[at] ?? broken();
  const [pass = null] = trace.passes;
  const gradients: Gradients =
    presses === null || pass === null
      ? gradientsOfPass(pass)
      : gradientsOfState(stateAfter(framesOf(trace, pass), presses));
  return { trace, gradients };
});

describe("SearchIndex", () => {
  it("finds what a brute-force filter finds", () => {
    fc.assert(
      fc.property(moments, queries, ({ trace, gradients }, { text, holds }) => {
        const expected = ids(trace, (node) => holds(node, trace, gradients(node.id)));
        expect(new SearchIndex(trace).search(text, gradients)).toEqual(expected);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  it.each(plainTerms.map(({ text, holds }) => [text, holds] as const))("%s alone", (text, holds) => {
    let found = 0;
    for (const trace of traces) {
      const gradients = gradientsOfPass(trace.passes[0] ?? null);
      const expected = ids(trace, (node) => holds(node, trace, gradients(node.id)));
      expect(new SearchIndex(trace).search(text, gradients)).toEqual(expected);
      found += expected.length;
    }
    // The oracle would be empty if the traces had none of it.
    expect(found).toBeGreaterThan(0);
  });

  it("reads gradients of the state: what has not arrived has none", () => {
    const trace = traces[2] ?? broken();
    const [pass] = trace.passes;
    if (pass === undefined) throw new Error("no pass");
    const index = new SearchIndex(trace);
    const counts = [0, 2, 99].map((presses) => {
      return index.search("|grad|>=0", gradientsOfState(stateAfter(framesOf(trace, pass), presses))).length;
    });
    expect(counts[0]).toBe(1);
    expect(counts[1]).toBeGreaterThan(1);
    expect(counts[2]).toBe(pass.steps.length);
  });

  it("finds every node for an empty query, and compares times in any unit", () => {
    const [trace = broken()] = traces;
    const index = new SearchIndex(trace);
    const none = gradientsOfPass(null);
    expect(index.search("  ", none)).toEqual(trace.nodes.map(({ id }) => id));
    const slow = ids(trace, ({ nanoseconds }) => nanoseconds > 2000);
    for (const query of ["time>2", "time>2us", "time>2000ns", "time>0.002ms"])
      expect(index.search(query, none)).toEqual(slow);
    expect(index.search("bytes>=0.024kB", none)).toEqual(index.search("bytes>=24", none));
  });

  it("marks what it found", () => {
    expect([...searchMarks([3, 5]).nodes]).toEqual([
      [3, [{ kind: "found", label: "found" }]],
      [5, [{ kind: "found", label: "found" }]],
    ]);
  });
});

describe("fuzzyMatcher", () => {
  it("takes what is within, and beginnings of words in their order", () => {
    /** Everything that abbreviates the words, by making all of it. */
    const abbreviations = ([word, ...rest]: readonly string[]): string[] => {
      if (word === undefined) return [""];
      const tails = abbreviations(rest);
      return Array.from({ length: word.length + 1 }, (_, n) => word.slice(0, n)).flatMap((begin) => {
        return tails.map((tail) => begin + tail);
      });
    };
    const text = "logSoft2.wAB";
    const all = new Set(abbreviations(["log", "soft", "2", "w", "ab"]));
    const typed = fc
      .array(fc.constantFrom(..."logsoft2.wab"), { minLength: 1, maxLength: 4 })
      .map((list) => list.join(""));
    const either = fc.oneof(typed, fc.constantFrom(...[...all].filter((each) => each !== "")));
    fc.assert(
      fc.property(either, (word) => {
        expect(fuzzyMatcher(word)(text)).toBe(all.has(word) || text.toLowerCase().includes(word));
      }),
      { seed: 5, numRuns: 1000 },
    );
  });
});

describe("parseQuery", () => {
  it("reads the example", () => {
    expect(parseQuery("op:relu |grad|>1 nan")).toEqual({
      kind: "all",
      parts: [
        { kind: "field", field: "op", pattern: "relu" },
        { kind: "compare", measure: "|grad|", comparison: ">", number: 1 },
        { kind: "flag", flag: "nan", of: null },
      ],
    });
    expect(parseQuery("max( GRAD ) ≥ −1e−3")).toEqual({
      kind: "compare",
      measure: "max(grad)",
      comparison: ">=",
      number: -1e-3,
    });
  });

  it.each([
    [
      "foo:1",
      "[search] foo: is no field at character 1. There are op: name: scope: in: kind: dtype: shape:; text with a colon stands in quotes.",
    ],
    ["nan op:", "[search] nothing follows op: at character 8. Write what it shall be: op:relu, op:log*."],
    [
      "|grad|",
      '[search] a comparison is missing behind |grad| at character 7. Write |grad|>1, or the word in quotes: "|grad|".',
    ],
    [
      "grad nan",
      '[search] a comparison is missing behind grad at character 5. Write grad>1, or the word in quotes: "grad".',
    ],
    ["|grad|>x", "[search] a number is missing at character 8. Write one: |grad|>1e-3."],
    ["value=nan", "[search] a number is missing at character 7. NaN equals nothing: write nan."],
    [
      "time>3kg",
      "[search] kg cannot follow the number at character 7. There are ns, us, µs, μs, ms, s. Put a blank before the next term.",
    ],
    [
      "rank>3nan",
      "[search] nan cannot follow the number at character 7. rank has no unit. Put a blank before the next term.",
    ],
    [
      "foo>3",
      "[search] foo has no number to compare at character 1. Compare one of value, grad, |value|, |grad|,",
    ],
    ["(nan", "[search] an unclosed ( stands at character 1. Write ) behind what belongs together."],
    ["nan)", "[search] ) closes nothing at character 4. Take it away, or write ( before."],
    ["nan or", "[search] a term is missing at character 7. Write one: op:relu, |grad|>1, nan, or a word."],
    ["or nan", "[search] a term is missing at character 1."],
    ["()", "[search] a term is missing at character 2."],
    ["nan and", "[search] nothing follows and at character 8. Write a term, or take and away."],
    ["nan -", "[search] nothing follows - at character 6. Write what shall not hold: -op:relu."],
    ['nan "a', '[search] an unclosed " stands at character 5. Write " behind the text.'],
    ['""', "[search] there is no text between the quotes at character 1."],
    ["shape:[8", "[search] an unclosed [ stands at character 7. Write ]."],
    [
      "shape:[a]",
      '[search] "a" is no size at character 7. Write sizes, * for any one, … for any number of them: shape:[8,*] or shape:[…,32].',
    ],
    ["shape:", "[search] a shape is missing at character 7."],
    ["nan(x)", "[search] nan is asked of something else at character 4. Write nan, nan:value or nan:grad."],
    ["nan >", "[search] nan has no number to compare at character 1."],
    [
      ">3",
      '[search] > cannot stand at character 1. Write a field, a measure or a word before it, or text in quotes: ">".',
    ],
    ["|x|>3", "[search] | begins no norm at character 1. Write |grad|>1 or |value|>1."],
    ["-".repeat(60), "[search] more than 50 levels at character 51."],
    ["a".repeat(1001), "[search] more than 1000 characters at character 1001. Shorten it."],
  ])("refuses %j", (text, message) => {
    expect(() => parseQuery(text)).toThrow(message);
  });

  it("reads whatever is typed, or says why not", () => {
    const pieces = fc.constantFrom(
      "op:",
      "nan",
      "|grad|",
      ">",
      "1",
      "(",
      ")",
      "-",
      "or",
      "and",
      "not",
      '"',
      "[",
      ",",
      " ",
      "shape:",
      "x",
      "*",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(pieces).map((list) => list.join("")),
          fc.array(pieces).map((list) => list.join(" ")),
        ),
        (text) => {
          try {
            parseQuery(text);
          } catch (error) {
            if (!(error instanceof SearchError)) throw error;
            expect(error.position).toBeGreaterThanOrEqual(0);
            expect(error.position).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { seed: 4, numRuns: 3000 },
    );
  });
});

describe("suggestionsAt", () => {
  const [, trace = broken()] = traces;
  const index = new SearchIndex(trace);
  const texts = (query: string): string[] =>
    suggestionsAt(query, query.length, index, 8).list.map(({ text }) => text);

  it("knows the trace's operations behind op:", () => {
    expect(texts("op:")).toEqual(
      index
        .values("op")
        .map((op) => `op:${op}`)
        .slice(0, 8),
    );
    expect(texts("nan op:re")).toEqual(["op:relu", "op:where"]);
    expect(suggestionsAt("nan -op:re", 10, index, 8)).toMatchObject({ from: 5, to: 10 });
  });

  it("goes on with comparisons, fields, measures and names", () => {
    expect(texts("|grad|")).toEqual(["|grad|>", "|grad|>=", "|grad|<", "|grad|<=", "|grad|=", "|grad|!="]);
    expect(texts("|g")).toEqual(["|grad|"]);
    expect(texts("fa")).toEqual(["fan-in", "fan-out"]);
    expect(texts("wei")).toEqual(["name:0.weight", "name:2.weight"]);
    expect(texts("(ki")).toEqual(["kind:"]);
    expect(texts("kind:l")).toEqual(["kind:leaf"]);
  });

  it("offers only what can be read once it is complete", () => {
    for (const start of ["", "n", "op:", "in:", "name:", "dtype:", "kind:", "|value|", "m"]) {
      for (const text of suggestionsAt(start, start.length, index, 99).list.map((each) => each.text)) {
        const whole = text
          .replace(/:$/, ":x")
          .replace(/\[$/, "[8]")
          .replace(/([<>=])$/, "$11");
        const asked = /^(\||max|min|mean|value|grad|not|or)/.test(whole) && !/\d$/.test(whole);
        if (!asked) expect(() => parseQuery(whole), whole).not.toThrow();
      }
    }
  });

  it("is silent within quotes", () => {
    expect(texts('"op:')).toEqual([]);
  });
});
