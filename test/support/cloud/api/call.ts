// A call of AWS by a function, and its answer, in AWS JSON.
import type { IncomingHttpHeaders } from "node:http";
import type * as z from "zod";
import type { ConditionContext } from "../policy/condition.ts";
import { type Caller, isAllowed } from "../policy/decide.ts";
import type { Statement } from "../policy/statement.ts";

export type AwsCall = {
  /** Logical id of the function. */
  readonly fn: string;
  readonly caller: Extract<Caller, { readonly kind: "role" }>;
  /** As IAM names it: `events`, `dynamodb`, ... */
  readonly service: string;
  /** Such as `PutEvents`. */
  readonly action: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type AwsAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
};

/** A refusal as AWS JSON has it; everything else that is thrown is a fault of this cloud. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
  }
}

/** The connection ends here, without an answer. */
export class CutConnection extends Error {}

export const json = (value: unknown): AwsAnswer => ({
  status: 200,
  headers: { "content-type": "application/x-amz-json-1.1" },
  body: JSON.stringify(value),
});

export const refusal = ({ code, message, status }: AwsError): AwsAnswer => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": code, "x-amzn-query-error": `${code};Sender` },
  body: JSON.stringify({ __type: code, message }),
});

/** The call's input; throws a ValidationException for one that does not fit. */
export function inputOf<T>(schema: z.ZodType<T>, { body }: AwsCall): T {
  const read = schema.safeParse(JSON.parse(body.toString()));
  if (read.success) return read.data;
  throw new AwsError(
    "ValidationException",
    read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "),
  );
}

/** Throws AccessDeniedException unless the function's role, or the resource's policy, allows the call on this ARN. */
export function demandRight(
  call: AwsCall,
  resource: string,
  policy: readonly Statement[] = [],
  context: ConditionContext = {},
): void {
  const action = `${call.service}:${call.action}`;
  if (isAllowed({ caller: call.caller, action, resource, context }, policy)) return;
  const who = call.caller.arn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/");
  throw new AwsError(
    "AccessDeniedException",
    `User: ${who}/${call.fn} is not authorized to perform: ${action} on resource: ${resource}`,
  );
}
