import * as autograd from "@adjoint/autograd";
import { expect, it } from "vitest";
import { elementwiseOps } from "./elementwise-ops.ts";

it("names ops that the library has", () => {
  const exported = new Set(Object.keys(autograd));
  expect([...elementwiseOps].filter((name) => !exported.has(name))).toEqual([]);
});
