import * as z from "zod";
import { functionArn, splitFunctionArn } from "../template/identity.ts";
import { count, parseProperties } from "../template/parse.ts";
import { ofType, type Place, type Resource } from "../template/template.ts";
import type { FunctionTarget } from "./functions.ts";

const destination = z.strictObject({ Destination: z.string() }).optional();
const schema = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.string(),
  MaximumRetryAttempts: count.max(2).default(2),
  MaximumEventAgeInSeconds: count.min(60).max(21_600).default(21_600),
  DestinationConfig: z.strictObject({ OnSuccess: destination, OnFailure: destination }).default({}),
});

/** How Lambda treats an asynchronous invocation of one qualifier of a function. */
export type InvokeConfig = {
  readonly retries: number;
  readonly ageMs: number;
  readonly onSuccess?: string | undefined;
  readonly onFailure?: string | undefined;
};

const usual: InvokeConfig = { retries: 2, ageMs: 21_600_000 };

/**
 * Reads every AWS::Lambda::EventInvokeConfig. A configuration holds for exactly the qualifier it names: one for `$LATEST` means
 * nothing to who invokes an alias. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html
 */
export function readInvokeConfigs(resources: readonly Resource[], place: Place): (target: FunctionTarget) => InvokeConfig {
  const configs = new Map(
    ofType(resources, "AWS::Lambda::EventInvokeConfig").map((resource) => {
      const read = parseProperties(schema, resource);
      const { arn } = splitFunctionArn(functionArn(place, read.FunctionName));
      const config: InvokeConfig = {
        retries: read.MaximumRetryAttempts,
        ageMs: read.MaximumEventAgeInSeconds * 1000,
        onSuccess: read.DestinationConfig.OnSuccess?.Destination,
        onFailure: read.DestinationConfig.OnFailure?.Destination,
      };
      return [`${arn}:${read.Qualifier}`, config] as const;
    }),
  );
  return ({ fn, qualifier }) => configs.get(`${fn.arn}:${qualifier}`) ?? usual;
}
