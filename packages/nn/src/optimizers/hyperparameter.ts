import { type DType, full, type Tensor } from "@adjoint/tensor";

/**
 * A number that a program may change from step to step, held in tensors.
 *
 * The update reads it from a 0-d tensor, so that a recorded step finds it as state to be read at each run and never as a
 * constant of the program. Ask for each dtype once before anything is recorded.
 */
export class Hyperparameter {
  #value: number;
  readonly #tensors: Map<DType, Tensor<[]>> = new Map();

  constructor(value: number) {
    this.#value = value;
  }

  /** The number; what is written here also reaches the tensors that were handed out. */
  get value(): number {
    return this.#value;
  }

  set value(value: number) {
    this.#value = value;
    for (const tensor of this.#tensors.values()) tensor.assign(value, { writer: "hyperparameter" });
  }

  /** The number as a 0-d tensor of `dtype`; the same tensor each time. */
  in(dtype: DType): Tensor<[]> {
    const known = this.#tensors.get(dtype);
    if (known !== undefined) return known;
    const tensor: Tensor<[]> = full([], this.#value, { dtype });
    this.#tensors.set(dtype, tensor);
    return tensor;
  }
}
