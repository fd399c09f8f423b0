import { expect, it } from "vitest";
import { readAddress, writeAddress } from "./address.ts";

it("an address is read back", () => {
  const program = new Map([
    ["program", "expression"],
    ["expression", "a = 2; b = -3; a*b + 1 & #"],
  ]);
  const address = { program, step: 3, node: 7, openTrace: false };
  expect(readAddress(writeAddress(address))).toEqual(address);
  const trace = { program: new Map(), step: 0, node: null, openTrace: true };
  expect(readAddress(writeAddress(trace))).toEqual(trace);
});

it("what does not fit is passed over", () => {
  expect(readAddress("#step=-1&node=1e3&open=/etc/passwd")).toEqual({
    program: new Map(),
    step: 0,
    node: null,
    openTrace: false,
  });
});
