import { expect, it } from "vitest";
import { positionWords, statusWords, type TimelinePlace } from "./timeline-words.ts";

const place: TimelinePlace = {
  step: 37,
  total: 300,
  isTraining: false,
  snapshot: 35,
  graph: "run",
  elsewhere: null,
};

it("says which step it is, and what is shown for it", () => {
  expect(positionWords(place)).toBe("Step 37 / 300");
  expect(statusWords(place)).toBe("shown: snapshot of step 35, the nearest before");
  expect(statusWords({ ...place, snapshot: 37 })).toBe("shown: its snapshot");
  expect(statusWords({ ...place, snapshot: null })).toBe("recorded exactly");
  expect(statusWords({ ...place, isTraining: true })).toBe("training");
});

it("what a run leaves behind comes after its last step", () => {
  expect(positionWords({ ...place, step: 301 })).toBe("After step 300");
});

it("says when the graph shows something else, and of a run of elsewhere what it is", () => {
  expect(statusWords({ ...place, graph: "else" })).toBe("the graph shows something else");
  const elsewhere = { title: "mnist train 784-64-10", state: "completed" } as const;
  expect(statusWords({ ...place, elsewhere, snapshot: 37 })).toBe(
    "mnist train 784-64-10 · completed · shown: its snapshot, in the graph on the page's digits",
  );
  expect(statusWords({ ...place, elsewhere, graph: "none", snapshot: 37 })).toBe(
    "mnist train 784-64-10 · completed · shown: its snapshot",
  );
});
