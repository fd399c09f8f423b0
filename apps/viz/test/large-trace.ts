/** Traces of any size: a net of scalars as in micrograd, whose every product and sum is a node. Seeded. */
import { add, mul, tanh, type Variable, variable } from "@adjoint/autograd";
import { record, type Trace } from "@adjoint/autograd/graph";

/** A trace of at least `nodes` nodes and at most a unit's more. */
export function scalarNetTrace(nodes: number, width: number = 8): Trace {
  const random = seeded(nodes);
  let made = width;
  let layer: Variable[] = Array.from({ length: width }, () => variable(random()));
  return record(() => {
    while (made < nodes) {
      const next: Variable[] = [];
      for (let unit = 0; unit < width && made < nodes; unit++) {
        let sum: Variable = variable(random());
        for (const x of layer) sum = add(sum, mul(variable(random()), x));
        next.push(tanh(sum));
        made += 3 * layer.length + 2;
      }
      layer = next.length < width ? [...next, ...layer.slice(next.length)] : next;
    }
    layer.reduce((sum, x) => add(sum, x)).backward();
  });
}

/** −1 to 1, the same for the same seed: Park and Miller's generator. */
function seeded(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  };
}
