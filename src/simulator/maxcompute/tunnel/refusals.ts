import { Refusal } from "../errors.ts";

/** The tunnel's own error codes (protocol section 8.2); their HTTP statuses follow from the codes. */
export const instanceNotTerminate = (id: string, status: number): Refusal =>
  new Refusal(status, "InstanceNotTerminate", `The instance ${id} has not terminated`);

export const taskFailed = (task: string, status: string): Refusal =>
  new Refusal(400, "TaskFailed", `The task ${task} of the instance has ended as ${status}`);

export const instanceTypeNotSupported = (id: string): Refusal =>
  new Refusal(400, "InstanceTypeNotSupported", `The instance ${id} is not a SELECT: it has no result set`);

export const projectIsProtected = (project: string): Refusal =>
  new Refusal(
    403,
    "NoPermission",
    `ODPS-0420095: Access Denied - project '${project}' is protected: only limited results leave it`,
  );

export const noSuchDownload = (id: string): Refusal =>
  new Refusal(404, "NoSuchDownload", `There is no download session ${JSON.stringify(id)} of this instance`);

export const statusConflict = (state: string): Refusal => new Refusal(409, "StatusConflict", `The download session is ${state}`);

export const invalidRowRange = (range: string, total: number): Refusal =>
  new Refusal(
    400,
    "InvalidRowRange",
    `The row range ${JSON.stringify(range)} is not one of 0 to ${total} rows, as in (0,${total})`,
  );

export const invalidColumns = (columns: string): Refusal =>
  new Refusal(400, "InvalidColumnSpec", `${JSON.stringify(columns)} does not name columns of the result, each once`);

export const missingVersion = (): Refusal =>
  new Refusal(400, "MissingRequiredHeaderError", "The header x-odps-tunnel-version is missing or not a number");

export const atTheRoot = (): Refusal =>
  new Refusal(
    400,
    "InvalidArgument",
    "The tunnel is not at the endpoint's /api: its paths start at the root of what ?service answers",
  );

export const noArrow = (): Refusal => new Refusal(405, "MethodNotAllowed", "The records are not served as Arrow batches");
