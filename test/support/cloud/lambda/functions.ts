// The functions of a template, with their versions, aliases and rights.
import * as z from "zod";
import type { Statement } from "../policy/statement.ts";
import { functionArn, splitFunctionArn } from "../template/identity.ts";
import { count, ignored, parseProperties } from "../template/parse.ts";
import { ofType, type Place, type Resource } from "../template/template.ts";

/** Set by Lambda itself; a template that sets one is refused. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const reserved =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_REGION|REGION|EXECUTION_ENV|LAMBDA_.*|ACCESS_KEY.*|SECRET_.*|SESSION_TOKEN))$/;
const mostEnvironmentBytes = 4096;

const variables = z
  .record(z.string().regex(/^[A-Za-z]\w+$/), z.union([z.string(), z.number(), z.boolean()]).transform(String))
  .refine((all) => !Object.keys(all).some((name) => reserved.test(name)), "uses a name that Lambda keeps for itself")
  .refine((all) => JSON.stringify(all).length <= mostEnvironmentBytes, "is longer than 4 KB");

const functionSchema = z.strictObject({
  Handler: z.string(),
  Runtime: z.literal("nodejs24.x"),
  Role: z.string(),
  Code: ignored,
  FunctionName: ignored,
  Description: ignored,
  Architectures: z.array(z.enum(["arm64", "x86_64"])).optional(),
  Tags: ignored,
  LoggingConfig: ignored,
  TracingConfig: ignored,
  EphemeralStorage: ignored,
  KmsKeyArn: ignored,
  RuntimeManagementConfig: ignored,
  SnapStart: ignored,
  MemorySize: count.min(128).max(10_240).default(128),
  Timeout: count.min(1).max(900).default(3),
  ReservedConcurrentExecutions: count.optional(),
  DeadLetterConfig: z.strictObject({ TargetArn: z.string().optional() }).optional(),
  Environment: z.strictObject({ Variables: variables.default({}) }).optional(),
});

const versionSchema = z.strictObject({
  FunctionName: z.string(),
  CodeSha256: ignored,
  Description: ignored,
  ProvisionedConcurrencyConfig: ignored,
});
const aliasSchema = z.strictObject({
  FunctionName: z.string(),
  FunctionVersion: z.coerce.string(),
  Name: z.string(),
  Description: ignored,
  ProvisionedConcurrencyConfig: ignored,
});

export type LambdaFunction = {
  readonly logicalId: string;
  readonly name: string;
  /** Without qualifier. */
  readonly arn: string;
  readonly handler: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly roleArn: string;
  readonly statements: readonly Statement[];
  readonly reservedConcurrency?: number | undefined;
  readonly deadLetterArn?: string | undefined;
  /** Which version each qualifier means: `$LATEST`, version numbers, alias names. */
  readonly versions: ReadonlyMap<string, string>;
};

function qualifiers(resources: readonly Resource[], place: Place, arn: string): ReadonlyMap<string, string> {
  const isMine = (named: string) => splitFunctionArn(functionArn(place, named)).arn === arn;
  const numbers = ofType(resources, "AWS::Lambda::Version")
    .filter((resource) => isMine(parseProperties(versionSchema, resource).FunctionName))
    .map(({ attributes }) => attributes.Version ?? "");
  const aliases = ofType(resources, "AWS::Lambda::Alias")
    .map((resource) => parseProperties(aliasSchema, resource))
    .filter(({ FunctionName }) => isMine(FunctionName));
  const known = new Map([["$LATEST", "$LATEST"], ...numbers.map((number): [string, string] => [number, number])]);
  for (const { Name, FunctionVersion } of aliases) {
    if (!known.has(FunctionVersion)) throw new Error(`alias ${Name} of ${arn}: there is no version ${FunctionVersion}`);
    known.set(Name, FunctionVersion);
  }
  return known;
}

/** Reads every AWS::Lambda::Function. `roles` are the statements of each role by ARN. */
export function readFunctions(
  resources: readonly Resource[],
  place: Place,
  roles: ReadonlyMap<string, readonly Statement[]>,
): readonly LambdaFunction[] {
  return ofType(resources, "AWS::Lambda::Function").map((resource) => {
    const read = parseProperties(functionSchema, resource);
    const statements = roles.get(read.Role);
    if (statements === undefined) throw new Error(`${resource.logicalId}: the template has no role ${read.Role}`);
    const arn = resource.attributes.Arn ?? "";
    return {
      logicalId: resource.logicalId,
      name: resource.ref,
      arn,
      handler: read.Handler,
      timeoutMs: read.Timeout * 1000,
      memoryMb: read.MemorySize,
      variables: read.Environment?.Variables ?? {},
      roleArn: read.Role,
      statements,
      reservedConcurrency: read.ReservedConcurrentExecutions,
      deadLetterArn: read.DeadLetterConfig?.TargetArn,
      versions: qualifiers(resources, place, arn),
    };
  });
}

/** A function as somebody calls it: by an alias, a version, or neither. */
export type FunctionTarget = { readonly fn: LambdaFunction; readonly qualifier: string; readonly version: string };

/** Finds the function that an ARN (or name) means; undefined when there is none, or not this qualifier of it. */
export function findTarget(functions: readonly LambdaFunction[], place: Place, named: string): FunctionTarget | undefined {
  const { arn, qualifier } = splitFunctionArn(functionArn(place, named));
  const fn = functions.find((candidate) => candidate.arn === arn);
  const version = fn?.versions.get(qualifier);
  return fn === undefined || version === undefined ? undefined : { fn, qualifier, version };
}

/** `$LATEST` is left out of an ARN that names no qualifier. */
export const invokedArn = ({ fn, qualifier }: FunctionTarget): string =>
  qualifier === "$LATEST" ? fn.arn : `${fn.arn}:${qualifier}`;
