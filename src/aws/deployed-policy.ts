// The lines of a deployment's policy. Apart from the other settings, which the door reads, too.
import type { Policy } from "../commands/rights/policy.ts";
import { misreadWords, readPolicy } from "../commands/rights/policy-text.ts";
import { DeploymentError } from "./deployment.ts";

/** Throws one DeploymentError for all that is wrong: a line that is not understood could be one that denies. */
export function policyIn(text: string | undefined): Policy {
  const { policy, misread } = readPolicy(text ?? "");
  if (misread.length > 0) throw new DeploymentError(`ODPS_POLICY is not understood: ${misreadWords(misread)}`);
  return policy;
}
