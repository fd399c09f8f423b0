// What the types refuse. The type check of the tests proves each line below a `@ts-expect-error`; run time sees the same mistakes.
import {
  AssemblyError,
  call,
  constant,
  type FunctionBuilder,
  f32,
  f32x4,
  i32,
  i64,
  type Local,
  ModuleBuilder,
  v128,
} from "@adjoint/wasm";
import { describe, expect, test } from "vitest";

interface Given {
  readonly f: FunctionBuilder;
  readonly a: Local<"i32">;
  readonly x: Local<"f32">;
  readonly v: Local<"v128">;
}

function refused(body: (given: Given) => unknown): void {
  const module = new ModuleBuilder();
  module.setMemory({ initial: 1 });
  const assemble = (): unknown =>
    module.func("f", { a: "i32", x: "f32" }, "void", (f, { a, x }) => {
      const v = f.local("v128", "v");
      const part = body({ f, a, x, v });
      if (part !== undefined) f.set(v, part as typeof v);
    });
  expect(assemble).toThrow(AssemblyError);
}

describe("types", () => {
  test("operands of another type do not compile", () => {
    // @ts-expect-error an i32 is no f32
    refused(({ a, x }) => f32.add(x, a));
    // @ts-expect-error an f32 is no vector
    refused(({ x, v }) => f32x4.mul(v, x));
    // @ts-expect-error a number is no i64
    refused(() => i64.add(1n, 1));
    // @ts-expect-error a vector has no literal
    refused(({ v }) => v128.and(v, 1));
    // @ts-expect-error an address is an i32
    refused(({ x }) => v128.load(x));
  });

  test("locals keep their type, and functions their parameters and result", () => {
    // @ts-expect-error the local is an f32
    refused(({ f, a, x }) => f.set(x, i32.add(a, 1)));
    // @ts-expect-error a value is no statement
    refused(({ f, a }) => f.run(i32.add(a, 1)));
    const module = new ModuleBuilder();
    const callee = module.func("callee", { x: "f32" }, "i32", (_f, { x }) => i32.trunc_f32_s(x));
    // @ts-expect-error the argument is missing
    refused(() => call(callee, {}));
    // @ts-expect-error the argument is an f32
    refused(({ v }) => call(callee, { x: v }));
    // @ts-expect-error the result is an i32
    expect(() => module.func("wrong", {}, "i32", () => constant("f32", 1))).toThrow(AssemblyError);
  });

  test("lanes are needed where there are lanes", () => {
    // @ts-expect-error which lane?
    refused(({ v }) => f32x4.extract_lane(v));
  });
});
