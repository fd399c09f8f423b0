import { expect, it } from "vitest";
import { type Address, readAddress, writeAddress } from "./address.ts";

const bare: Address = {
  program: new Map(),
  openTrace: false,
  openRun: false,
  drawn: "",
  run: null,
  pass: 0,
  step: 0,
  node: null,
  entry: null,
  via: [],
  tab: "",
  place: "",
  folded: null,
  camera: null,
};

it("an address is read back", () => {
  const program = new Map([
    ["program", "expression"],
    ["expression", "a = 2; b = -3; a*b + 1 & #"],
  ]);
  const camera = { k: 0.725, at: "s3", x: -12.5, y: 7 };
  const whole: Address = {
    program,
    openTrace: false,
    openRun: false,
    drawn: "",
    run: { steps: 300, at: 37 },
    pass: 1,
    step: 3,
    node: 7,
    entry: 40,
    via: [
      { node: 12, index: 3 },
      { node: 9, index: 0 },
    ],
    tab: "health",
    place: "backward.12",
    folded: [0, 12],
    camera,
  };
  for (const address of [
    whole,
    bare,
    { ...bare, openTrace: true },
    { ...bare, openRun: true },
    { ...bare, folded: [] },
    { ...bare, drawn: "mp.AP8A_w" },
  ]) {
    expect(readAddress(writeAddress(address))).toEqual(address);
  }
  expect(writeAddress(bare)).toBe("");
});

it("a run's step is at least 1, and at most one above its last; without it the last is meant", () => {
  const read = (hash: string): Address["run"] => readAddress(hash).run;
  expect(read("#train=300&at=301")).toEqual({ steps: 300, at: 301 });
  expect(read("#train=300")).toEqual({ steps: 300, at: 300 });
  expect(read("#train=300&at=0")).toEqual({ steps: 300, at: 1 });
  expect(read("#train=300&at=9999")).toEqual({ steps: 300, at: 301 });
  for (const bad of ["0", "-3", "5001", "1e3", ""]) expect(read(`#train=${bad}&at=1`)).toBe(null);
});

it("what does not fit is passed over", () => {
  const hash =
    "#step=-1&node=1e3&open=/etc/passwd&pass=x&tab=<b>&entry=-2&via=1.2-3&folded=1..2&drawn=a<b&place=1.x&camera=1~2";
  expect(readAddress(hash)).toEqual(bare);
});
