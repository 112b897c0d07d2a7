/** The client's public surface. It knows no chat platform, no cloud and no bot. */

export type { LogviewOptions } from "./calls/links.ts";
export type { ListFilter } from "./calls/list-filter.ts";
export type { QueueingFilter } from "./calls/queueing.ts";
export type { SqlCost } from "./calls/sql-cost.ts";
export type { WorkerLogOptions, WorkerLogType } from "./calls/workers.ts";
export { createMaxComputeClient, type MaxComputeClient } from "./client.ts";
export { MaxComputeError, type MaxComputeErrorDetails, type MaxComputeErrorKind } from "./errors.ts";
// Credentials
export { defaultStsEndpoint } from "./identity/assume-role.ts";
export { type CredentialsUriOptions, credentialsFromUri } from "./identity/credentials-uri.ts";
export { type ChainPorts, defaultCredentials } from "./identity/default-chain.ts";
export { credentialsOfEcsRole, type EcsRoleOptions } from "./identity/ecs-role.ts";
export type { Fetch } from "./identity/fetch-text.ts";
export { keepFresh } from "./identity/keep-fresh.ts";
export { type Credential, type CredentialsProvider, staticCredentials } from "./identity/provider.ts";
export { createRoleSessions, type RoleSessions, type RoleSessionsOptions } from "./identity/role-sessions.ts";
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
export type { JsonObject } from "./json.ts";
export type { AccessKey, MaxComputeOptions, Timeouts } from "./options.ts";
export { type Outcome, outcomeOf } from "./outcome.ts";
export { formatProgress, percentDone } from "./progress.ts";
export type { QueueingInfo } from "./queueing.ts";
export { regionFromEndpoint } from "./region.ts";
export { type CsvTable, parseResultCsv } from "./result-csv.ts";
export type { ResultMap, ResultStruct, ResultTime, ResultValue, Row } from "./result-value.ts";
export { authorizeV2, authorizeV4, canonicalString, deriveSigningKey, type SignableRequest, type V4Scope } from "./sign.ts";
// Waiting and submitting
export type { Hints } from "./submit/settings-property.ts";
export type { SqlOptions } from "./submit/sql-document.ts";
export type { SubmittedInstance } from "./submit/submitted.ts";
export type { XflowOptions } from "./submit/xflow-document.ts";
export { parseTaskError, type TaskError } from "./task-error.ts";
export type { InstanceSource, SourceTask, TaskCost, TaskSummary, Worker } from "./task-facts.ts";
export { formatValue } from "./tunnel/format-value.ts";
export type { ResultOptions } from "./tunnel/locate-result.ts";
export type { InstanceResult } from "./tunnel/open-result.ts";
export type { ResultCsvOptions } from "./tunnel/result-csv-stream.ts";
export type { WaitOptions } from "./waiting/options.ts";
export type { SubInstance, XflowAction, XflowSource } from "./xflow.ts";
