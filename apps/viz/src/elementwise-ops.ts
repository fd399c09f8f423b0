/**
 * The ops whose output entry depends on the same entry of each input alone, inputs broadcast against each other. A trace
 * does not say which these are; `elementwise-ops.test.ts` holds each name to it.
 */
export const elementwiseOps: ReadonlySet<string> = new Set([
  ...[
    "abs",
    "acos",
    "acosh",
    "add",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "cast",
    "cbrt",
    "ceil",
    "clamp",
  ],
  ...["cos", "cosh", "div", "elu", "erf", "erfc", "exp", "exp2", "expm1", "floor", "gelu", "hardsigmoid"],
  ...["hardtanh", "hypot", "leakyRelu", "lerp", "log", "log10", "log1p", "log2", "logSigmoid", "maximum"],
  ...["minimum", "mish", "mul", "neg", "pow", "reciprocal", "relu", "remainder", "round", "rsqrt", "sigmoid"],
  ...["sign", "silu", "sin", "sinh", "softplus", "softsign", "sqrt", "square", "sub", "tan", "tanh", "where"],
]);
