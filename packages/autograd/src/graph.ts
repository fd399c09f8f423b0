export { type DecodeTraceOptions, decodeTrace } from "./graph/decode-trace.ts";
export { encodeTrace } from "./graph/encode-trace.ts";
export { type RecordOptions, record } from "./graph/record.ts";
export type {
  Json,
  Trace,
  TraceContribution,
  TraceEdge,
  TraceNode,
  TracePass,
  TraceScope,
  TraceSeed,
  TraceStatistics,
  TraceStep,
  TraceTensor,
} from "./graph/trace.ts";
