import { describe, expect, test } from "vitest";
import { messageOf } from "../test/message-of.ts";
import { constant, type Expression, type ValueType } from "./expression.ts";
import type { FunctionBuilder, Label } from "./function-builder.ts";
import { call, ModuleBuilder, type ParameterLocals, type Parameters } from "./module-builder.ts";
import { f32, i32, i64 } from "./scalar.ts";
import { f32x4 } from "./simd.ts";
import { drop, type Local, select, set, tee, unreachable } from "./variable.ts";

type Callable = (...args: number[]) => number;

/** A function i32 × i32 → i32 made by a body, ready to be called. */
function compile(
  body: (f: FunctionBuilder, a: Local<"i32">, b: Local<"i32">) => Expression<"i32">,
): Callable {
  const module = new ModuleBuilder();
  module.export(
    "run",
    module.func("run", { a: "i32", b: "i32" }, "i32", (f, { a, b }) => body(f, a, b)),
  );
  return new WebAssembly.Instance(new WebAssembly.Module(module.toBytes())).exports.run as Callable;
}

/** Assembles a function that is wrong, as plain JavaScript might: without the types. */
function assemble(
  body: (f: FunctionBuilder, p: Record<string, Local>) => unknown,
  result: ValueType | "void" = "void",
): void {
  const params: Parameters = { a: "i32", x: "f32" };
  new ModuleBuilder().func(
    "wrong",
    params,
    result,
    body as (f: FunctionBuilder, p: ParameterLocals<Parameters>) => never,
  );
}

const asAny = (part: Expression): never => part as never;

describe("control flow", () => {
  test("if and else", () => {
    const larger = compile((f, a, b) => {
      const result = f.local("i32");
      f.if(
        i32.gt_s(a, b),
        () => f.set(result, a),
        () => f.set(result, b),
      );
      return result;
    });
    expect([larger(3, 4), larger(-1, -2)]).toEqual([4, -1]);
  });

  test("a branch leaves a block, and starts a loop again", () => {
    const collatzSteps = compile((f, a) => {
      const steps = f.local("i32", "steps");
      f.block((exit) => {
        f.loop((again) => {
          f.branchIf(exit, i32.eq(a, 1));
          f.set(steps, i32.add(steps, 1));
          f.if(
            i32.and(a, 1),
            () => f.set(a, i32.add(i32.mul(a, 3), 1)),
            () => f.set(a, i32.shr_u(a, 1)),
          );
          f.branch(again);
        });
      });
      return steps;
    });
    expect([collatzSteps(1, 0), collatzSteps(6, 0), collatzSteps(27, 0)]).toEqual([0, 8, 111]);
  });

  test("a branch leaves an outer block, and an if", () => {
    const run = compile((f, a) => {
      const result = f.local("i32");
      f.block((outer) => {
        f.block(() => {
          f.if(a, (inner) => {
            f.branchIf(inner, i32.eq(a, 1));
            f.set(result, 5);
            f.branch(outer);
          });
          f.set(result, i32.add(result, 1));
        });
        f.set(result, i32.add(result, 10));
      });
      return result;
    });
    expect([run(0, 0), run(1, 0), run(2, 0)]).toEqual([11, 11, 5]);
  });

  test("for counts up and may not run at all", () => {
    const sum = compile((f, a, b) => {
      const [i, total] = [f.local("i32"), f.local("i32")];
      f.for(i, a, b, 3, () => f.set(total, i32.add(total, i)));
      return total;
    });
    expect([sum(0, 10), sum(-3, 1), sum(5, 5), sum(6, 5)]).toEqual([18, -3, 0, 0]);
  });

  test("while tests before each turn", () => {
    const log2 = compile((f, a) => {
      const count = f.local("i32");
      f.while(i32.gt_u(a, 1), () => {
        f.set(a, i32.shr_u(a, 1));
        f.set(count, i32.add(count, 1));
      });
      return count;
    });
    expect([log2(0, 0), log2(1, 0), log2(1024, 0), log2(-1, 0)]).toEqual([0, 0, 10, 31]);
  });

  test("return leaves at once", () => {
    const run = compile((f, a) => {
      f.if(a, () => f.return(7));
      return constant("i32", 8);
    });
    expect([run(1, 0), run(0, 0)]).toEqual([7, 8]);
  });

  test("select, tee, drop and unreachable", () => {
    const run = compile((f, a, b) => {
      const x = f.local("i32");
      f.run(drop(i32.mul(a, b)));
      f.if(i32.eq(a, 99), () => f.run(unreachable()));
      return i32.add(select(b, tee(x, i32.add(a, 1)), 100), x);
    });
    expect([run(1, 1), run(1, 0)]).toEqual([4, 102]);
    expect(() => run(99, 0)).toThrow(WebAssembly.RuntimeError);
  });

  test("locals start at zero and have types of their own", () => {
    const module = new ModuleBuilder();
    const types: ValueType[] = ["f32", "v128", "v128", "i64", "i32", "f64"];
    const run = module.func("run", {}, "i64", (f) => {
      const [x, v, , y] = types.map((type) => f.local(type)) as [
        Local<"f32">,
        Local<"v128">,
        unknown,
        Local<"i64">,
      ];
      f.set(x, f32.add(x, f32x4.extract_lane(v, 3)));
      f.set(y, i64.add(y, i64.extend_i32_s(i32.trunc_f32_s(x))));
      return y;
    });
    module.export("run", run);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()));
    expect((exports.run as () => bigint)()).toBe(0n);
  });

  test("a function calls itself", () => {
    const module = new ModuleBuilder();
    const factorial = module.func("factorial", { n: "i32" }, "i32", (f, { n }, self) => {
      f.if(i32.lt_s(n, 2), () => f.return(1));
      return i32.mul(n, call(self, { n: i32.sub(n, 1) }));
    });
    module.export("factorial", factorial);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()));
    expect((exports.factorial as Callable)(10)).toBe(3628800);
  });
});

describe("programs put together wrongly", () => {
  test.each<[string, string, () => void]>([
    [
      "an operand of another type",
      '[f32.add] operand 2 is i32, f32 expected in function "wrong", instruction 2. Convert it, or use the instruction of its type.',
      () => assemble((_, { a, x }) => f32.add(asAny(x as Local), asAny(a as Local)), "f32"),
    ],
    [
      "the index counts the instructions before it",
      '[local.set] operand 1 is f32, i32 expected in function "wrong", instruction 5. Convert it, or use the instruction of its type.',
      () =>
        assemble((f, { a, x }) => {
          f.set(a as Local<"i32">, i32.add(a as Local<"i32">, 1));
          return f.set(a as Local, asAny(x as Local));
        }),
    ],
    [
      "an operand that is none",
      "[i32.add] an operand is undefined, i32 expected. Pass an expression of type i32 or a literal of its kind.",
      () => i32.add(1, undefined as never),
    ],
    [
      "a literal of another kind",
      "[f32x4.add] an operand is 1, v128 expected. Pass an expression of type v128.",
      () => f32x4.add(1 as never, 2 as never),
    ],
    [
      "a statement that leaves a value",
      '[i32.add] a value of type i32 is left over in function "wrong", instruction 0. Use it, set it to a local, or drop it.',
      () => assemble((f) => f.run(asAny(i32.add(1, 2)))),
    ],
    [
      "a void operand",
      '[drop] operand 1 is missing, i32 expected in function "wrong", instruction 3. Convert it, or use the instruction of its type.',
      () => assemble((f) => f.run({ ...drop(constant("i32", 1)), operands: [drop(i32.eqz(1))] })),
    ],
    [
      "no result",
      '[func] there is no result, i32 expected in function "wrong", instruction 0. Give an expression of type i32, or declare the result void.',
      () => assemble(() => undefined, "i32"),
    ],
    [
      "a result of another type",
      '[func] the result is f32, i32 expected in function "wrong", instruction 1. Convert it, or use the instruction of its type.',
      () => assemble((_, { x }) => x, "i32"),
    ],
    [
      "a result where there is none",
      '[func] there is a value, but the result is void in function "wrong", instruction 0. Give nothing, or declare the result.',
      () => assemble((_, { x }) => x),
    ],
    [
      "a return without its value",
      '[return] there is no result, f32 expected in function "wrong", instruction 0. Give an expression of type f32, or declare the result void.',
      () =>
        assemble((f, { x }) => {
          f.return();
          return x;
        }, "f32"),
    ],
    [
      "a branch to a block that is closed",
      '[br] the label $block0 is not open here (open: $loop1) in function "wrong", instruction 3. Branch only from inside the body that received the label.',
      () =>
        assemble((f) => {
          let kept: Label | undefined;
          f.block((exit) => {
            kept = exit;
          });
          f.loop(() => f.branch(kept as Label));
        }),
    ],
    [
      "a branch outside every block",
      '[br_if] the label undefined is not open here (open: none) in function "wrong", instruction 0. Branch only from inside the body that received the label.',
      () => assemble((f) => f.branchIf(undefined as never, 1)),
    ],
    [
      "a local of another function",
      '[local.get] $mine belongs to function "other", used in function "wrong", instruction 0. Declare it where it is used, or pass it as a parameter.',
      () => {
        let mine: Local<"i32"> | undefined;
        new ModuleBuilder().func("other", {}, "void", (f) => {
          mine = f.local("i32", "mine");
        });
        assemble((f) => f.run(drop(mine as Local)));
      },
    ],
    [
      "a local set in another function",
      '[local.set] $mine belongs to function "other", used in function "wrong", instruction 1. Declare it where it is used, or pass it as a parameter.',
      () => {
        let mine: Local<"i32"> | undefined;
        new ModuleBuilder().func("other", {}, "void", (f) => {
          mine = f.local("i32", "mine");
        });
        assemble((f) => f.run(set(mine as Local<"i32">, 3)));
      },
    ],
    [
      "a global of another module",
      '[global.get] $g belongs to another module, used in function "wrong", instruction 0. Declare it where it is used, or pass it as a parameter.',
      () => {
        const g = new ModuleBuilder().global("g", "i32", 1);
        assemble((f) => f.run(drop(g)));
      },
    ],
    [
      "a parameter that JavaScript would reorder",
      '[func] the parameter 0 is no name in function "wrong", instruction 0. Begin it with a letter: numbers would be reordered.',
      () => new ModuleBuilder().func("wrong", { 0: "i32" }, "void", () => {}),
    ],
  ])("%s", (_title, message, wrong) => {
    expect(messageOf(wrong)).toBe(message);
  });

  test("the error has its place as fields", () => {
    const wrong = (): void => assemble((f) => f.run(asAny(i32.eqz(1))));
    expect(wrong).toThrow(
      expect.objectContaining({
        name: "AssemblyError",
        operation: "i32.eqz",
        functionName: "wrong",
        instruction: 0,
      }),
    );
  });
});
