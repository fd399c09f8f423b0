import { grad, mul, variable } from "@adjoint/autograd";
import { record, type Trace } from "@adjoint/autograd/graph";
import { describe, expect, it } from "vitest";
import { type ChromeEvent, type ChromeTrace, chromeTrace } from "./chrome-trace.ts";
import { digitsProgram } from "./programs/digits.ts";
import { recordStep } from "./programs/program.ts";

/** What the format asks of every event, by its phase. */
function faults({ ph, name, pid, tid, ts, dur, args }: ChromeEvent): string[] {
  const found: string[] = [];
  const whole = (x: unknown): boolean => Number.isInteger(x) && Number(x) >= 0;
  // Whole nanoseconds: Perfetto rounds ts · 1000.
  const time = (x: unknown): boolean =>
    typeof x === "number" && x >= 0 && Math.abs(x * 1000 - Math.round(x * 1000)) < 1e-6;
  if (typeof name !== "string" || name === "") found.push("name");
  if (!whole(pid) || !whole(tid)) found.push("pid or tid");
  if (!time(ts)) found.push("ts");
  if (ph === "X" ? !time(dur) : dur !== undefined) found.push("dur");
  if (typeof args !== "object") found.push("args");
  if (ph === "C" && !Object.values(args).every((x) => typeof x === "number")) found.push("counter");
  return found;
}

/** Events of each thread nest: none reaches over the end of one that holds it. */
function misnested({ traceEvents }: ChromeTrace): ChromeEvent[] {
  const nano = (micro: number | undefined): number => Math.round((micro ?? 0) * 1000);
  const ends = new Map<number, number[]>();
  const last = new Map<number, number>();
  return traceEvents.filter(({ ph, tid, ts, dur }) => {
    if (ph !== "X") return false;
    const open = ends.get(tid) ?? [];
    ends.set(tid, open);
    const [begin, end] = [nano(ts), nano(ts) + nano(dur)];
    while (open.length > 0 && (open.at(-1) ?? 0) <= begin) open.pop();
    const wrong = end > (open.at(-1) ?? Number.POSITIVE_INFINITY) || begin < (last.get(tid) ?? 0);
    last.set(tid, begin);
    open.push(end);
    return wrong;
  });
}

function check(trace: Trace): ChromeTrace {
  const made: ChromeTrace = JSON.parse(JSON.stringify(chromeTrace(trace)));
  expect(made.traceEvents.flatMap(faults)).toEqual([]);
  expect(misnested(made)).toEqual([]);
  return made;
}

describe("chromeTrace", () => {
  const trace = recordStep(digitsProgram(32, 0), 0, { program: "digits", "source:a.ts": "secret" });

  it("has every op and every contribution, valid and nested", () => {
    const { traceEvents } = check(trace);
    const of = (cat: string): ChromeEvent[] => traceEvents.filter((event) => event.cat === cat);
    const ops = trace.nodes.filter(({ kind }) => kind === "op");
    expect(of("forward").map(({ name, args }) => [name, args.node])).toEqual(
      ops.map(({ op, id }) => [op, id]),
    );
    const contributions = trace.passes[0]?.steps.flatMap((step) => step.contributions) ?? [];
    expect(of("rule").map(({ dur }) => Math.round((dur ?? 0) * 1000))).toEqual(
      contributions.map(({ ruleNanoseconds }) => ruleNanoseconds),
    );
    expect(of("sum")).toHaveLength(contributions.length);
  });

  it("lays ops end to end within their modules, the backward pass behind", () => {
    const { traceEvents } = check(trace);
    const modules = traceEvents.filter(({ cat }) => cat === "module").map(({ name }) => name);
    expect(modules).toEqual(["Sequential", "0 · Linear", "1 · ReLU", "2 · Linear"]);
    const ends = traceEvents
      .filter(({ tid, ph }) => tid === 1 && ph === "X")
      .map(({ ts, dur = 0 }) => ts + dur);
    const backward = traceEvents.find(({ cat }) => cat === "backward");
    expect(backward?.ts).toBeCloseTo(Math.max(...ends), 6);
    const spent = trace.nodes.reduce((sum, { nanoseconds }) => sum + nanoseconds, 0);
    expect(Math.round((backward?.ts ?? 0) * 1000)).toBe(spent);
  });

  it("counts the bytes that are kept for the backward pass", () => {
    const counters = check(trace).traceEvents.filter(({ ph }) => ph === "C");
    const saved = trace.nodes.reduce((sum, { savedBytes }) => sum + savedBytes, 0);
    expect(counters.at(-1)?.args).toEqual({ bytes: saved });
  });

  it("says that the moments are made up, and carries the notes but no source text", () => {
    const { otherData } = chromeTrace(trace);
    expect(otherData.note).toContain("end to end");
    expect(otherData.program).toBe("digits");
    expect(Object.keys(otherData)).not.toContain("source:a.ts");
  });

  it("gives what a recorded backward pass computes a thread of its own", () => {
    const x = variable(3);
    const twice = record(() => grad(mul(mul(x, x), x), [x], { createGraph: true })[0]?.backward());
    const { traceEvents } = check(twice);
    const recorded = traceEvents.filter(({ cat }) => cat === "recorded");
    expect(recorded).toHaveLength(
      twice.nodes.filter(({ kind, pass }) => kind === "op" && pass !== null).length,
    );
    expect(recorded.length).toBeGreaterThan(0);
  });

  it("is valid for an empty trace", () => {
    expect(check(record(() => {})).traceEvents.every(({ ph }) => ph === "M")).toBe(true);
  });
});
