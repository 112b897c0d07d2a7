// The alias `live`, on which the Function URL is: a new release is switched to as a whole, and can be switched back.
import { SettingsError } from "./settings-error.ts";
import type { Resource } from "./template.ts";

export const liveAliasName = "live";

/** The alias of a function, at the version that this package publishes. `provisioned` is the number of warm instances; 0 keeps none. */
export function liveAlias(functionId: string, versionId: string, provisioned: number): Resource {
  if (!Number.isInteger(provisioned) || provisioned < 0)
    throw new SettingsError("provisionedConcurrency must be a whole number, 0 for none");
  return {
    Type: "AWS::Lambda::Alias",
    Properties: {
      FunctionName: { Ref: functionId },
      FunctionVersion: { "Fn::GetAtt": [versionId, "Version"] },
      Name: liveAliasName,
      ...(provisioned === 0 ? {} : { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: provisioned } }),
    },
  };
}
