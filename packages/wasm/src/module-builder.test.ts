import { describe, expect, test } from "vitest";
import { messageOf } from "../test/message-of.ts";
import { call, ModuleBuilder } from "./module-builder.ts";
import { f32, f64, i32, i64 } from "./scalar.ts";

const instantiate = (module: ModuleBuilder, imports: WebAssembly.Imports = {}): WebAssembly.Exports =>
  new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()), imports).exports;

describe("modules", () => {
  test("an empty one is valid", () => {
    expect(Object.keys(instantiate(new ModuleBuilder()))).toEqual([]);
  });

  test("imported functions are called with arguments by name, in the order of the declaration", () => {
    const module = new ModuleBuilder();
    const minus = module.importFunction(["math", "minus"], { a: "f64", b: "f64" }, "f64");
    const log = module.importFunction(["env", "log"], { value: "f64" }, "void");
    const run = module.func("run", { x: "f64" }, "f64", (f, { x }) => {
      f.run(call(log, { value: x }));
      return call(minus, { b: 1, a: x });
    });
    module.export("run", run);
    const logged: number[] = [];
    const imports = {
      math: { minus: (a: number, b: number) => a - b },
      env: { log: (x: number) => logged.push(x) },
    };
    expect((instantiate(module, imports).run as (x: number) => number)(5)).toBe(4);
    expect(logged).toEqual([5]);
  });

  test.each([false, true])("an imported memory is shared with JavaScript (shared: %s)", (shared) => {
    const module = new ModuleBuilder();
    module.setMemory({ initial: 1, maximum: 2, shared, source: ["env", "memory"] });
    const run = module.func("run", {}, "void", (f) => f.run(i32.store(8, i32.add(i32.load(4), 1))));
    module.export("run", run);
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared });
    const words = new Int32Array(memory.buffer);
    words[1] = 41;
    (instantiate(module, { env: { memory } }).run as () => void)();
    expect(words[2]).toBe(42);
  });

  test("globals: constants, variables, exported ones", () => {
    const module = new ModuleBuilder();
    const step = module.global("step", "i32", -3);
    const count = module.global("count", "i32", 10, true);
    module.global("big", "i64", 2n ** 40n);
    module.global("half", "f32", 0.5);
    const run = module.func("run", {}, "i32", (f) => {
      f.set(count, i32.add(count, step));
      return count;
    });
    module.export("run", run);
    module.export("count", count);
    const exports = instantiate(module);
    expect((exports.run as () => number)()).toBe(7);
    expect((exports.count as WebAssembly.Global).value).toBe(7);
  });

  test("many functions share a type, and more than 127 of them are numbered right", () => {
    const module = new ModuleBuilder();
    const all = Array.from({ length: 300 }, (_, i) =>
      module.func(`f${i}`, { x: "i32" }, "i32", (_f, { x }) => i32.add(x, i)),
    );
    module.export(
      "run",
      module.func("run", {}, "i32", () => call(all[299] as (typeof all)[0], { x: 1 })),
    );
    expect((instantiate(module).run as () => number)()).toBe(300);
  });

  test("more locals than 127, in runs of one type", () => {
    const module = new ModuleBuilder();
    const run = module.func("run", { x: "f32" }, "f64", (f, { x }) => {
      const locals = Array.from({ length: 200 }, (_, i) => (i % 3 === 0 ? f.local("f64") : f.local("f32")));
      const [last] = locals.slice(198);
      f.set(last as ReturnType<typeof f.local<"f64">>, f64.promote_f32(f32.mul(x, 2)));
      return last as ReturnType<typeof f.local<"f64">>;
    });
    module.export("run", run);
    expect((instantiate(module).run as (x: number) => number)(4)).toBe(8);
  });

  test("export names may be any text", () => {
    const module = new ModuleBuilder();
    module.export(
      "δ·x",
      module.func("f", {}, "i64", () => i64.extend_i32_s(1)),
    );
    expect(Object.keys(instantiate(module))).toEqual(["δ·x"]);
  });
});

describe("modules put together wrongly", () => {
  const withFunction = (): ModuleBuilder => {
    const module = new ModuleBuilder();
    module.export(
      "f",
      module.func("f", { a: "i32" }, "void", () => {}),
    );
    return module;
  };

  test.each<[string, string, () => unknown]>([
    [
      "an import after a function",
      "[importFunction] env.g is imported after functions were added. Import functions first: they are numbered first.",
      () => withFunction().importFunction(["env", "g"], {}, "void"),
    ],
    [
      "an export name twice",
      "[export] the name f is taken. Export each name once.",
      () => withFunction().export("f", "memory"),
    ],
    [
      "a second memory",
      "[memory] the module has one already. Declare the memory once.",
      () => {
        const module = new ModuleBuilder();
        module.setMemory({ initial: 1 });
        module.setMemory({ initial: 1 });
      },
    ],
    [
      "limits the wrong way round",
      "[memory] limits do not fit: initial 2, maximum 1. Pass pages of 64 KiB, 0 ≤ initial ≤ maximum ≤ 65536.",
      () => new ModuleBuilder().setMemory({ initial: 2, maximum: 1 }),
    ],
    [
      "a shared memory without a maximum",
      "[memory] a shared memory has no maximum. Pass maximum: it is reserved at once.",
      () => new ModuleBuilder().setMemory({ initial: 1, shared: true }),
    ],
    [
      "no memory for a load",
      '[i32.load] the module has no memory in function "f", instruction 1. Declare it first with setMemory.',
      () => new ModuleBuilder().func("f", {}, "i32", () => i32.load(0)),
    ],
    [
      "the memory exported without one",
      "[export] the module has no memory. Declare it first with setMemory.",
      () => new ModuleBuilder().export("memory", "memory"),
    ],
    [
      "a global that cannot be changed",
      "[global.set] $g cannot be changed. Declare it with mutable = true.",
      () => {
        const module = new ModuleBuilder();
        const g = module.global("g", "i32", 1);
        module.func("f", {}, "void", (f) => f.set(g, 2));
      },
    ],
    [
      "an unknown argument",
      "[call] f has no parameter b. Its parameters are a.",
      () => {
        const module = new ModuleBuilder();
        const f = module.func("f", { a: "i32" }, "void", () => {});
        call(f, { a: 1, b: 2 } as never);
      },
    ],
    [
      "a missing argument",
      "[call] an operand is undefined, i32 expected. Pass an expression of type i32 or a literal of its kind.",
      () => {
        const module = new ModuleBuilder();
        const f = module.func("f", { a: "i32" }, "void", () => {});
        call(f, {} as never);
      },
    ],
    [
      "a function of another module",
      '[call] $f belongs to another module, used in function "g", instruction 0. Declare it where it is used, or pass it as a parameter.',
      () => {
        const f = new ModuleBuilder().func("f", {}, "void", () => {});
        new ModuleBuilder().func("g", {}, "void", (g) => g.run(call(f, {})));
      },
    ],
  ])("%s", (_title, message, wrong) => {
    expect(messageOf(wrong)).toBe(message);
  });

  test("a function whose body failed is not there", () => {
    const module = new ModuleBuilder();
    expect(() => module.func("f", {}, "i32", () => i32.add(1, 0.5))).toThrow();
    module.export(
      "g",
      module.func("g", {}, "i32", () => 3),
    );
    expect((instantiate(module).g as () => number)()).toBe(3);
  });
});
