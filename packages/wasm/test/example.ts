import { dump, f32, i32, ModuleBuilder } from "@adjoint/wasm";

const module = new ModuleBuilder();
module.setMemory({ initial: 1 });
module.export("memory", "memory");
const sum = module.func("sum", { address: "i32", count: "i32" }, "f32", (f, { address, count }) => {
  const total = f.local("f32", "total");
  const end = f.local("i32", "end");
  f.set(end, i32.add(address, i32.shl(count, 2)));
  f.while(i32.ne(address, end), () => {
    f.set(total, f32.add(total, f32.load(address)));
    f.set(address, i32.add(address, 4));
  });
  return total;
});
module.export("sum", sum);

const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()));
new Float32Array((exports.memory as WebAssembly.Memory).buffer).set([1, 2, 3.5]);
console.log((exports.sum as (address: number, count: number) => number)(0, 3)); // 6.5
console.log(dump(module));
