// The variables of an execution environment: Lambda's own, the function's, and where the fakes are; nothing of this machine.
import { join } from "node:path";
import type { Place } from "../template/template.ts";
import type { LambdaFunction } from "./functions.ts";

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string };

export type EnvironmentOptions = {
  readonly fn: LambdaFunction;
  readonly version: string;
  readonly place: Place;
  readonly credentials: Credentials;
  /** Host and port. */
  readonly runtimeApi: string;
  /** Origin of the fake AWS. */
  readonly awsOrigin: string;
  readonly taskRoot: string;
  /** What /tmp is on Lambda: the only folder that can be written to. */
  readonly scratch: string;
  readonly logStream: string;
  /** Additional variables, for every function. */
  readonly extra: Readonly<Record<string, string>>;
};

const services = ["DYNAMODB", "EVENTBRIDGE", "SQS", "SSM", "LAMBDA", "CLOUDWATCH", "CLOUDWATCH_LOGS"];

/**
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime. Three things differ: the
 * endpoints, TMPDIR (this machine's /tmp is not the function's), and files of the AWS tools, which a function has none of.
 */
export function environmentOf(options: EnvironmentOptions): Readonly<Record<string, string>> {
  const { fn, version, place, credentials, awsOrigin, scratch } = options;
  return {
    _HANDLER: fn.handler,
    _X_AMZN_TRACE_ID: "",
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_DEFAULT_REGION: place.region,
    AWS_REGION: place.region,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: options.logStream,
    AWS_LAMBDA_RUNTIME_API: options.runtimeApi,
    LAMBDA_RUNTIME_DIR: "/var/runtime",
    LAMBDA_TASK_ROOT: options.taskRoot,
    LANG: "en_US.UTF-8",
    PATH: "/usr/local/bin:/usr/bin/:/bin:/opt/bin",
    TZ: ":UTC",
    TMPDIR: scratch,
    AWS_CONFIG_FILE: join(scratch, "no-aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: join(scratch, "no-aws-credentials"),
    AWS_ENDPOINT_URL: awsOrigin,
    ...Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, awsOrigin])),
    ...fn.variables,
    ...options.extra,
  };
}
