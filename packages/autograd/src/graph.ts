export { ReplayError, type ReplayObstacle } from "./errors.ts";
export type {
  CheckProgress,
  EntryCheck,
  EntryChoice,
  GradientCheck,
  Verdict,
} from "./graph/check-gradient.ts";
export {
  type CancellableCheckOptions,
  type CheckNodeOptions,
  checkEdge,
  checkEdgeSteps,
  checkNode,
  checkNodeSteps,
  checkPassSteps,
  type PassCheck,
} from "./graph/check-node.ts";
export { type DecodeTraceOptions, decodeTrace, decodeTraceSteps } from "./graph/decode-trace.ts";
export { type EdgeDerivativesOptions, edgeDerivatives } from "./graph/edge-derivatives.ts";
export { encodeTrace } from "./graph/encode-trace.ts";
export type {
  Box,
  Frame,
  Layout,
  LayoutGraph,
  LayoutGroup,
  LayoutNode,
  Point,
} from "./graph/layout/graph.ts";
export { edgeKey } from "./graph/layout/graph.ts";
export { type CancellableOptions, type LayoutOptions, layout, layoutSteps } from "./graph/layout/layout.ts";
export {
  type BoxSize,
  type LayoutBox,
  type LayoutBoxes,
  layoutBoxes,
  layoutGraph,
  layoutNodeId,
  layoutScopeId,
  type Shown,
} from "./graph/layout-graph.ts";
export { type RecordOptions, record } from "./graph/record.ts";
export {
  type BackwardReplay,
  type BackwardReplayOptions,
  type ReplayedContribution,
  type ReplayedStep,
  type ReplayOptions,
  replay,
  replayBackward,
} from "./graph/replay.ts";
export { readPlace, type SourcePlace, sourceKey, withSources } from "./graph/sources.ts";
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
