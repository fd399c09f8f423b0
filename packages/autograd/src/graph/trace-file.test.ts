/** Trace files: bit for bit there and back, and nothing but a FormatError for whatever else comes in. */
import { grad, matmul, mul, relu, scope, sum, tanh, type Value, Variable, variable } from "@adjoint/autograd";
import { decodeTrace, decodeTraceSteps, encodeTrace, record, type Trace } from "@adjoint/autograd/graph";
import { FormatError, type Tensor, tensor } from "@adjoint/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyProgram } from "../../test/random-programs.ts";

const input = (): Variable =>
  new Variable(
    tensor([
      [0.5, 0.25, -0.75],
      [-0.5, 0.125, 1.5],
    ]) as Tensor,
    { requiresGrad: true },
  );

/** A trace with scopes, names, two passes, every dtype and odd sizes. */
function fixture(): Trace {
  const x = input();
  const mask = tensor([true, false, true]);
  const body = (): void => {
    const y = scope("0", "Linear", () => mul(tanh(x), tensor([1.5, -0, Number.NaN], { dtype: "float64" })));
    const [first] = grad(sum(mul(y, mask)) as Variable, [x], { createGraph: true });
    sum(mul(first as Value, tensor([[3], [4]], { dtype: "uint8" })) as Variable).backward();
  };
  return record(body, { names: [["x", x]], metadata: { title: "fixture ½", __proto__x: "\ud800" } });
}

/** A small file, and its head as JSON to be changed. */
const file = encodeTrace(record(() => sum(relu(mul(variable([1, -2, 3]), 2))).backward()));
const headLength = Number(new DataView(file.buffer).getBigUint64(16, true));
const headText = new TextDecoder().decode(file.subarray(32, 32 + headLength));

/** The file with another head, its lengths in order. */
function withHead(text: string): Uint8Array {
  const encoded = new TextEncoder().encode(text);
  const head = new Uint8Array(Math.ceil(encoded.length / 8) * 8).fill(0x20);
  head.set(encoded);
  const data = file.subarray(32 + headLength);
  const changed = new Uint8Array(32 + head.length + data.length);
  changed.set(file.subarray(0, 32));
  changed.set(head, 32);
  changed.set(data, 32 + head.length);
  const view = new DataView(changed.buffer);
  view.setBigUint64(16, BigInt(head.length), true);
  view.setBigUint64(24, BigInt(changed.length), true);
  return changed;
}

// biome-ignore lint/suspicious/noExplicitAny: what is written into a head here is wrong on purpose.
type Head = Record<string, any>;

/** The file with a head that `change` changed. */
function changed(change: (head: Head) => void): Uint8Array {
  const head: Head = JSON.parse(headText);
  change(head);
  return withHead(JSON.stringify(head));
}

/** The file with its bytes from `start` on replaced. */
function patched(start: number, ...bytes: number[]): Uint8Array {
  const copy = file.slice();
  copy.set(bytes, start);
  return copy;
}

describe("a trace file", () => {
  it("gives back what went in, bit for bit, of any program", () => {
    const law = fc.property(anyProgram(), ({ run }) => {
      const [x, w] = [input(), input()];
      const trace = record(() => (sum(run(x, w)) as Variable).backward(), { names: [["x", x]] });
      expect(decodeTrace(encodeTrace(trace))).toEqual(trace);
    });
    fc.assert(law, { seed: 1, numRuns: 30 });
  });

  it("holds every dtype, scopes, several passes, NaN and −0, and texts that are no UTF-8", () => {
    const trace = fixture();
    const back = decodeTrace(encodeTrace(trace));
    expect(back).toEqual(trace);
    expect(back.metadata.get("__proto__x")).toBe("\ud800");
    expect(new Set(back.nodes.map(({ dtype }) => dtype))).toEqual(
      new Set(["float32", "float64", "bool", "uint8"]),
    );
  });

  it("keeps the payload of every NaN and the sign of every zero", () => {
    const patterns = Float32Array.from({ length: 6 });
    new Uint32Array(patterns.buffer).set([0x7fc12345, 0xffc00001, 0x80000000, 0, 0x7f800000, 0xff800000]);
    const [leaf, ...others] = record(() => mul(variable([1, 2, 3, 4, 5, 6]), 1)).nodes;
    if (leaf?.value == null) throw new Error("no leaf");
    const node = { ...leaf, value: { ...leaf.value, data: patterns } };
    const trace: Trace = {
      version: 1,
      metadata: new Map(),
      scopes: [],
      nodes: [node, ...others],
      passes: [],
    };
    const data = decodeTrace(encodeTrace(trace)).nodes[0]?.value?.data ?? new Float32Array();
    expect([...new Uint32Array(data.buffer, data.byteOffset, 6)]).toEqual([
      ...new Uint32Array(patterns.buffer),
    ]);
  });

  it("writes a tensor once that is in several places, and it is one object again", () => {
    const trace = record(() => sum(tanh(input())).backward());
    const [step] = decodeTrace(encodeTrace(trace)).passes[0]?.steps ?? [];
    expect(step?.contributions[0]?.value).toBe(step?.contributions[0]?.sum);
  });

  it("is the same bytes each time, begins as specified, and holds its numbers little-endian at multiples of 8", () => {
    const trace = record(() => mul(variable([1, -2]), 0.5), { now: () => 0 });
    const bytes = encodeTrace(trace);
    expect(encodeTrace(decodeTrace(bytes))).toEqual(bytes);
    expect([...bytes.subarray(0, 16)]).toEqual([
      0x89, 0x41, 0x44, 0x4a, 0x54, 0x52, 0x43, 0x0a, 1, 0, 0, 0, 0, 0, 0, 0,
    ]);
    const view = new DataView(bytes.buffer);
    const start = 32 + Number(view.getBigUint64(16, true));
    expect(start % 8).toBe(0);
    expect(view.getBigUint64(24, true)).toBe(BigInt(bytes.length));
    expect([0, 4, 8].map((at) => view.getFloat32(start + at, true))).toEqual([1, -2, 0.5]);
    const head: Head = JSON.parse(new TextDecoder().decode(bytes.subarray(32, start)));
    expect(head.tensors[1]).toEqual({
      dtype: "float32",
      shape: [],
      offset: 8,
      statistics: { min: 0.5, max: 0.5, mean: 0.5, norm: 0.5, zeros: 0, nan: 0, infinite: 0 },
    });
  });

  it("is the same bytes again when it was read and is written", () => {
    const bytes = encodeTrace(fixture());
    expect(Buffer.from(encodeTrace(decodeTrace(bytes))).equals(bytes)).toBe(true);
  });

  it("is read in steps too, which are many where there is much to read", () => {
    const bytes = encodeTrace(
      record(() => {
        let x = variable(0.5);
        for (let i = 0; i < 2000; i++) x = tanh(x);
        x.backward();
      }),
    );
    const steps = decodeTraceSteps(bytes);
    let count = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) count++;
    expect(count).toBeGreaterThan(15);
    expect(step.done && Buffer.from(encodeTrace(step.value)).equals(bytes)).toBe(true);
    const cut = decodeTraceSteps(bytes.subarray(0, 100));
    expect(() => cut.next()).toThrow(FormatError);
  });

  it("is viewed where it lies aligned, and copied where not", () => {
    const shifted = new Uint8Array(file.length + 4).subarray(4);
    shifted.set(file);
    const [viewed, copied] = [decodeTrace(file), decodeTrace(shifted)];
    expect(copied).toEqual(viewed);
    expect(viewed.nodes[0]?.value?.data?.buffer).toBe(file.buffer);
    expect(copied.nodes[0]?.value?.data?.buffer).not.toBe(shifted.buffer);
  });
});

describe("decodeTrace refuses", () => {
  const damaged =
    "The file is damaged, or was not written as docs/trace-format.md says; write or fetch it again.";

  it.each([
    [
      "nothing",
      new Uint8Array(),
      `[decodeTrace] the file has 0 bytes, and its beginning alone takes 32. ${damaged}`,
    ],
    [
      "another file",
      patched(0, 0x50, 0x4b),
      "[decodeTrace] the file does not begin as a trace does. Give a file that train --trace or encodeTrace wrote, and transfer it as binary.",
    ],
    [
      "another version",
      patched(8, 2),
      "[decodeTrace] the file is of version 2, and 1 is read. Open it with the version of Adjoint that wrote it, or record it again.",
    ],
    ["unknown flags", patched(12, 1), `[decodeTrace] bytes 12 to 15 are not 0. ${damaged}`],
    [
      "a file that is cut short",
      file.subarray(0, file.length - 8),
      `[decodeTrace] the file says that it has ${file.length} bytes, and has ${file.length - 8}. ${damaged}`,
    ],
    [
      "a head that goes on behind the file",
      patched(16, 0, 0, 0, 0, 1),
      `[decodeTrace] the head claims 4294967296 bytes, above the limit or what follows. ${damaged}`,
    ],
    [
      "a head of odd length",
      patched(16, 1, 0),
      `[decodeTrace] the head has 1 bytes, which is no multiple of 8. ${damaged}`,
    ],
    ["a head that is no JSON", withHead("{"), /the head is not JSON in UTF-8 \(.+\)\./],
    ["a head that is no UTF-8", patched(40, 0xff), /the head is not JSON in UTF-8/],
    [
      "deep nesting",
      withHead(`${"[".repeat(100_000)}`),
      `[decodeTrace] the head is nested deeper than 32. ${damaged}`,
    ],
    ["a head that is no object", withHead("[]"), `[decodeTrace] head is no object: a list. ${damaged}`],
    [
      "the head of something else",
      withHead('{"format":"gltf"}'),
      `[decodeTrace] format is not "adjoint-trace": "gltf". ${damaged}`,
    ],
  ])("%s", (_, bytes, message) => {
    expect(() => decodeTrace(bytes)).toThrow(FormatError);
    expect(() => decodeTrace(bytes)).toThrow(message);
  });

  it("a file above maxBytes, before it looks further", () => {
    expect(() => decodeTrace(file, { maxBytes: 100 })).toThrow(
      `[decodeTrace] the file has ${file.length} bytes, above the limit of 100. Record it with a smaller maxBytes, or allow more with { maxBytes }.`,
    );
    expect(() => decodeTrace(file, { maxBytes: Number.NaN })).toThrow("[decodeTrace] maxBytes is NaN.");
  });

  const heads: readonly (readonly [string, (head: Head) => void, string])[] = [
    ["a missing field", (head) => delete head.nodes[1].op, 'nodes[1] has no "op".'],
    ["a list that is none", (head) => Object.assign(head, { scopes: {} }), "scopes is no list: an object."],
    [
      "an unknown dtype",
      (head) => Object.assign(head.tensors[0], { dtype: "float16" }),
      'tensors[0].dtype is none of bool, uint8, int32, float32, float64: "float16".',
    ],
    [
      "a negative size",
      (head) => Object.assign(head.tensors[0], { shape: [-3] }),
      "tensors[0].shape[0] is no whole number of at least 0: -3.",
    ],
    [
      "a size beyond all numbers",
      (head) => Object.assign(head.tensors[0], { shape: [2 ** 40, 2 ** 40] }),
      "tensors[0].shape has too many elements: a list.",
    ],
    [
      "more elements than the file has, before they are made room for",
      (head) => Object.assign(head.tensors[0], { shape: [2 ** 50] }),
      "tensors[0] of 1125899906842624 float32 takes 4503599627370496 bytes, and",
    ],
    [
      "tensors that overlap",
      (head) => Object.assign(head.tensors[1], { offset: 0 }),
      "tensors[1].offset is not 16, where the last tensor ends: 0.",
    ],
    ["data that belongs to nobody", (head) => head.tensors.pop(), " bytes, and"],
    [
      "statistics that count more than there is",
      (head) => Object.assign(head.tensors[0].statistics, { nan: 4 }),
      "tensors[0].statistics.nan is no whole number from 0 to 3: 4.",
    ],
    [
      "an id that comes up twice",
      (head) => Object.assign(head.nodes[1], { id: 0 }),
      "nodes[1].id comes up twice: 0.",
    ],
    [
      "a cycle",
      (head) => Object.assign(head.nodes[2].inputs[0], { source: 3 }),
      "nodes[2].inputs[0].source is the node itself or a later one, which makes a cycle: 3.",
    ],
    [
      "an edge from nowhere",
      (head) => Object.assign(head.nodes[2].inputs[0], { source: 77 }),
      "nodes[2].inputs[0].source is not the id of a node: 77.",
    ],
    [
      "a leaf with inputs",
      (head) => Object.assign(head.nodes[2], { kind: "leaf" }),
      "nodes[2].inputs is not empty in a leaf: a list.",
    ],
    [
      "an unknown scope",
      (head) => Object.assign(head.nodes[2], { scope: 0 }),
      "nodes[2].scope is not the id of a scope: 0.",
    ],
    [
      "a scope inside itself",
      (head) => head.scopes.push({ id: 0, parent: 0, name: "", kind: "" }),
      "scopes[0].parent is not the id of an earlier scope: 0.",
    ],
    [
      "an unknown pass",
      (head) => Object.assign(head.nodes[2], { pass: 1 }),
      "nodes[2].pass is no whole number from 0 to 0: 1.",
    ],
    [
      "a value of another shape",
      (head) => Object.assign(head.nodes[0], { value: 1 }),
      "nodes[0].value is a tensor float32 [] where float32 [3] belongs: 1.",
    ],
    [
      "a tensor that is not there",
      (head) => Object.assign(head.nodes[0], { value: 99 }),
      "nodes[0].value is no whole number from 0 to",
    ],
    [
      "a node that a pass visits twice",
      (head) => head.passes[0].steps.push(head.passes[0].steps[0]),
      "passes[0].steps[4].node comes up twice in a pass: 4.",
    ],
    [
      "a contribution along no edge",
      (head) => Object.assign(head.passes[0].steps[0].contributions[0], { input: 1 }),
      "passes[0].steps[0].contributions[0].input is no input of node 4: 1.",
    ],
    [
      "a contribution to somebody else",
      (head) => Object.assign(head.passes[0].steps[0].contributions[0], { target: 0 }),
      "passes[0].steps[0].contributions[0].target is not where input 0 comes from: 0.",
    ],
    [
      "metadata that is no text",
      (head) => Object.assign(head.metadata, { epoch: 3 }),
      "metadata.epoch is no text: 3.",
    ],
    [
      "attributes that would be deep",
      (head) => {
        let deep: unknown = 1;
        for (let i = 0; i < 26; i++) deep = [deep];
        head.nodes[2].attributes = deep;
      },
      "is nested deeper than 24: a list.",
    ],
  ];
  it.each(heads)("%s", (_, change, message) => {
    const bytes = changed(change);
    expect(() => decodeTrace(bytes)).toThrow(FormatError);
    expect(() => decodeTrace(bytes)).toThrow(message);
  });

  it("a prototype in disguise, and reads no inherited property", () => {
    const polluted = headText.replace('"attributes":null', '"attributes":{"a":{"__proto__":{"x":1}}}');
    expect(() => decodeTrace(withHead(polluted))).toThrow(
      'nodes[0].attributes.a has a property "__proto__": an object.',
    );
    expect(() => decodeTrace(withHead('{"__proto__":{"format":"adjoint-trace"}}'))).toThrow(
      'head has no "format".',
    );
    expect(({} as Head).x).toBeUndefined();
  });

  it("nothing else throws, whatever bytes change: a FormatError, or a trace that can be written again", () => {
    const bytes = encodeTrace(fixture());
    const place = fc.integer({ min: 0, max: bytes.length - 1 });
    const change = fc.tuple(place, fc.integer({ min: 0, max: 255 }));
    const law = fc.property(
      fc.array(change, { minLength: 1, maxLength: 4 }),
      fc.option(place),
      (changes, end) => {
        const damagedFile = bytes.slice(0, end ?? bytes.length);
        for (const [at, byte] of changes) if (at < damagedFile.length) damagedFile[at] = byte;
        let trace: Trace | null = null;
        try {
          trace = decodeTrace(damagedFile);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
        if (trace !== null) expect(decodeTrace(encodeTrace(trace))).toEqual(trace);
      },
    );
    fc.assert(law, { seed: 4, numRuns: 300 });
  });

  it("any JSON in place of any part of the head", () => {
    const places = [
      ["nodes"],
      ["nodes", 2],
      ["nodes", 2, "inputs"],
      ["passes", 0, "steps"],
      ["tensors", 1],
      ["scopes"],
    ];
    const law = fc.property(fc.constantFrom(...places), fc.jsonValue(), (path, value) => {
      const bytes = changed((head) => {
        const parent = path.slice(0, -1).reduce<Head>((part, key) => part[key], head);
        parent[path.at(-1) ?? ""] = value;
      });
      try {
        decodeTrace(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    });
    fc.assert(law, { seed: 5, numRuns: 200 });
  });
});

describe("encodeTrace refuses", () => {
  const trace = record(() => mul(variable([1, 2]), 2));
  it("a trace that nobody could read", () => {
    const [leaf, constant, op] = trace.nodes;
    if (leaf?.value == null || constant === undefined || op === undefined) throw new Error("no nodes");
    expect(() => encodeTrace({ ...trace, nodes: [op, leaf, constant] })).toThrow(
      "[encodeTrace] nodes[0].inputs[0].source is the node itself or a later one, which makes a cycle: 0. Give a trace that record or decodeTrace made, or one that docs/trace-format.md allows.",
    );
    const short = { ...leaf, value: { ...leaf.value, data: new Float32Array(3) } };
    expect(() => encodeTrace({ ...trace, nodes: [short, constant, op] })).toThrow(
      "[encodeTrace] a tensor float32 [2] holds 3 elements of a Float32Array.",
    );
    const whole = { ...leaf, value: { ...leaf.value, data: new Int32Array(2) } };
    expect(() => encodeTrace({ ...trace, nodes: [whole, constant, op] })).toThrow(
      "[encodeTrace] a tensor float32 [2] holds 2 elements of a Int32Array.",
    );
  });
});

it("a file of another program, written by the specification alone, is read", () => {
  const scalar = { dtype: "float32", shape: [], offset: null, statistics: null };
  const edge = { source: 7, formula: "x̄ = 2xg", tracked: true };
  const common = {
    ...{ name: null, scope: null, pass: null, attributes: null, shape: [], dtype: "float32", tracked: true },
    ...{ value: 0, place: null, nanoseconds: 0, savedBytes: 0, valueBytes: 4 },
  };
  const head = JSON.stringify({
    format: "adjoint-trace",
    comment: "what is unknown is passed over",
    metadata: {},
    scopes: [],
    nodes: [
      { id: 7, kind: "leaf", op: "leaf", inputs: [], ...common },
      { id: 3, kind: "op", op: "square", inputs: [edge], ...common },
    ],
    passes: [],
    tensors: [scalar],
  });
  const text = new TextEncoder().encode(head);
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(32 + padded).fill(0x20);
  bytes.set(text, 32);
  bytes.set([0x89, 0x41, 0x44, 0x4a, 0x54, 0x52, 0x43, 0x0a]);
  const view = new DataView(bytes.buffer);
  view.setUint32(8, 1, true);
  view.setUint32(12, 0, true);
  view.setBigUint64(16, BigInt(padded), true);
  view.setBigUint64(24, BigInt(bytes.length), true);
  expect(decodeTrace(bytes).nodes.map(({ id, op }) => [id, op])).toEqual([
    [7, "leaf"],
    [3, "square"],
  ]);
});

it("matmul's trace survives too", () => {
  const trace = record(() => sum(matmul(input(), variable([[1], [2], [3]]))).backward());
  expect(decodeTrace(encodeTrace(trace))).toEqual(trace);
});
