// Did my write happen? The SDK repeats a request whose answer was lost, and the repetition then fails on the very write
// that it repeats. So a failed condition is no answer yet: the version that stands there is.
import { ConditionalCheckFailedException, DynamoDBServiceException } from "@aws-sdk/client-dynamodb";
import type { Condition } from "./dynamo-condition.ts";
import type { Row } from "./dynamo-row.ts";

/** `refused` by its condition; `rejected` as a request, so that it surely never happened; `unanswered` is all the rest. */
export type WriteFailure = "refused" | "rejected" | "unanswered";

/** A rejection counts only on the first attempt: an earlier one may have been applied before the next was rejected. */
export function failureOf(error: unknown): WriteFailure {
  if (error instanceof ConditionalCheckFailedException) return "refused";
  if (!(error instanceof DynamoDBServiceException)) return "unanswered";
  const { httpStatusCode = 0, attempts } = error.$metadata;
  return httpStatusCode >= 400 && httpStatusCode < 500 && attempts === 1 ? "rejected" : "unanswered";
}

/**
 * Judges a write by what a consistent read found after it failed. `version` is the fresh one of that write. Also won is a write
 * that somebody has replaced since; one that was replaced twice in these few seconds can no longer be told from a lost one.
 * `unknown`: it has not happened, but it is under way for all we know and nothing stands against it.
 */
export function verdictOn(
  failure: Exclude<WriteFailure, "rejected">,
  found: Row | undefined,
  version: string,
  condition: Condition,
): "won" | "lost" | "unknown" {
  if (found?.version === version || found?.replaced === version) return "won";
  if (failure === "refused") return "lost";
  return condition.holdsFor(found) ? "unknown" : "lost";
}
