/** What can be searched for, with an example of each; a test reads every example as a query. */

/** One line of the help. */
export interface SearchHelp {
  readonly example: string;
  readonly words: string;
}

/** Fields, numbers, flags, and how they are joined. */
export const searchHelp: readonly SearchHelp[] = [
  { example: "weight", words: "Words are looked for in names and ops; letters of a name do, in their order" },
  { example: '"0.bias"', words: "In quotation marks: just so" },
  { example: "op:relu", words: "The op; * stands for any letters, ? for one" },
  { example: "name:*.weight", words: "The name of a parameter or an input" },
  { example: "scope:Linear", words: "In a module of that name or class; in:Linear is the same" },
  { example: "kind:leaf", words: "op, leaf or constant" },
  { example: "dtype:float64", words: "The type of the numbers" },
  { example: "shape:[*,32]", words: "The sizes of the axes: * for any size, … for any axes" },
  { example: "|grad|>1", words: "The norm of the gradient that is there at this step; |value| of the value" },
  { example: "value<0", words: "The number itself, where there is a single one; grad of the gradient" },
  { example: "max(grad)>0.1", words: "max, min and mean of the entries of value or grad" },
  { example: "bytes>1kB", words: "Memory of the value and of what is saved; saved>1kB of the latter alone" },
  { example: "time>10us", words: "The time of the forward op: ns, us, ms or s" },
  { example: "size>=100", words: "The number of entries" },
  { example: "rank=2", words: "The number of axes" },
  { example: "fan-out>1", words: "By how many edges it is read; fan-in: how many inputs it has" },
  { example: "nan", words: "NaN in value or gradient; inf an infinity; nan:grad and nan:value one of them" },
  { example: "zero:grad", words: "A gradient, or with zero:value a value, of zeros alone" },
  { example: "dead", words: "A ReLU with units that are never on" },
  { example: "tracked", words: "On the tape" },
  { example: "op:relu or op:tanh", words: "One or the other; terms side by side must all hold" },
  {
    example: "not (kind:leaf or kind:constant)",
    words: "What does not hold; -kind:leaf is the same for one term",
  },
];
