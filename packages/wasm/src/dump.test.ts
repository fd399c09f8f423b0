import { describe, expect, test } from "vitest";
import { dump } from "./dump.ts";
import { constant } from "./expression.ts";
import { call, ModuleBuilder } from "./module-builder.ts";
import { f32, i32 } from "./scalar.ts";
import { f32x4, v128 } from "./simd.ts";

describe("dump", () => {
  test("writes the text format, statement by statement", () => {
    const module = new ModuleBuilder();
    const log = module.importFunction(["env", "log"], { x: "f32" }, "void");
    module.setMemory({ initial: 1, maximum: 16, shared: true, source: ["env", "memory"] });
    const calls = module.global("calls", "i32", 0, true);
    module.global("pi", "f32", Math.PI);
    const dot = module.func("dot", { x: "i32", y: "i32", bytes: "i32" }, "f32", (f, { x, y, bytes }) => {
      const sum = f.local("v128", "sum");
      const i = f.local("i32", "i");
      f.set(calls, i32.add(calls, 1));
      f.for(i, 0, bytes, 16, () => {
        const left = v128.load(i32.add(x, i));
        const right = v128.load(i32.add(y, i), 1024, 4);
        f.set(
          sum,
          f32x4.add(sum, f32x4.mul(f32x4.mul(left, right), constant("v128", new Float32Array([1, 1, 1, 0])))),
        );
      });
      f.if(
        i32.eqz(bytes),
        () => f.run(call(log, { x: -0 })),
        (exit) => f.branch(exit),
      );
      return f32.add(f32x4.extract_lane(sum, 0), f32x4.extract_lane(sum, 3));
    });
    module.export("dot", dot);
    module.export("calls", calls);
    module.export("memory", "memory");
    expect(dump(module)).toMatchInlineSnapshot(`
      "(module
        (import "env" "log" (func $log (param $x f32)))
        (import "env" "memory" (memory 1 16 shared))
        (global $calls (mut i32) (i32.const 0))
        (global $pi f32 (f32.const 3.1415927410125732))
        (export "dot" (func $dot))
        (export "calls" (global $calls))
        (export "memory" (memory 0))
        (func $dot (param $x i32) (param $y i32) (param $bytes i32) (result f32)
          (local $sum v128)
          (local $i i32)
          (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
          (local.set $i (i32.const 0))
          (if $if0 (i32.lt_s (local.get $i) (local.get $bytes)) (then
            (loop $loop1
              (local.set $sum
                (f32x4.add
                  (local.get $sum)
                  (f32x4.mul
                    (f32x4.mul
                      (v128.load (i32.add (local.get $x) (local.get $i)))
                      (v128.load offset=1024 align=4 (i32.add (local.get $y) (local.get $i))))
                    (v128.const i8x16 0 0 128 63 0 0 128 63 0 0 128 63 0 0 0 0))))
              (local.set $i (i32.add (local.get $i) (i32.const 16)))
              (br_if $loop1 (i32.lt_s (local.get $i) (local.get $bytes)))
            )
          ))
          (if $if2 (i32.eqz (local.get $bytes)) (then
            (call $log (f32.const -0))
          ) (else
            (br $if2)
          ))
          (f32.add (f32x4.extract_lane 0 (local.get $sum)) (f32x4.extract_lane 3 (local.get $sum)))
        )
      )"
    `);
  });

  test("a memory of its own, an empty function, special numbers", () => {
    const module = new ModuleBuilder();
    module.setMemory({ initial: 2 });
    module.global("nothing", "f64", Number.NaN);
    module.global("all", "f32", -Infinity);
    module.func("none", {}, "void", (f) => {
      f.local("i32", "x");
      f.local("i32", "x");
    });
    expect(dump(module)).toMatchInlineSnapshot(`
      "(module
        (memory 2)
        (global $nothing f64 (f64.const nan))
        (global $all f32 (f32.const -inf))
        (func $none
          (local $x i32)
          (local $x.1 i32)
        )
      )"
    `);
  });
});
