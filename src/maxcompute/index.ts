/** The client's public surface. It knows no chat platform, no cloud and no bot. */
export type { LogviewOptions } from "./calls/links.ts";
export type { ListFilter } from "./calls/list-filter.ts";
export { createMaxComputeClient, type MaxComputeClient } from "./client.ts";
export { MaxComputeError, type MaxComputeErrorDetails, type MaxComputeErrorKind } from "./errors.ts";
export type {
  Instance,
  InstanceStatus,
  InstanceSummary,
  JobInsight,
  Logview,
  ResultColumn,
  ResultDescriptor,
  StageProgress,
  Task,
  TaskProgress,
  TaskResult,
  TaskStatus,
} from "./instance.ts";
export type { AccessKey, MaxComputeOptions, Timeouts } from "./options.ts";
export { type Outcome, outcomeOf } from "./outcome.ts";
export { formatProgress, percentDone } from "./progress.ts";
export { regionFromEndpoint } from "./region.ts";
export { type CsvTable, parseResultCsv } from "./result-csv.ts";
export type { ResultMap, ResultStruct, ResultTime, ResultValue, Row } from "./result-value.ts";
export { authorizeV2, authorizeV4, canonicalString, deriveSigningKey, type SignableRequest, type V4Scope } from "./sign.ts";
export { parseTaskError, type TaskError } from "./task-error.ts";
export { formatValue } from "./tunnel/format-value.ts";
export type { ResultOptions } from "./tunnel/locate-result.ts";
export type { InstanceResult } from "./tunnel/open-result.ts";
export type { ResultCsvOptions } from "./tunnel/result-csv-stream.ts";
