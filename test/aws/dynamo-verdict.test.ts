import { ConditionalCheckFailedException, DynamoDBServiceException } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { isFree, isUnchanged, whatever } from "../../src/aws/dynamo-condition.ts";
import type { Row } from "../../src/aws/dynamo-row.ts";
import { failureOf, verdictOn } from "../../src/aws/dynamo-verdict.ts";

const now = 1_000;
const aRow = (over: Partial<Row>): Row => ({
  key: { partition: "p", id: "i" },
  text: "1",
  version: "theirs",
  expiresAt: 2_000,
  ...over,
});
const expired = { expiresAt: now };

describe("the verdict on a write that failed", () => {
  it.each([
    ["mine stands there", "refused", aRow({ version: "mine" }), isFree(now), "won"],
    ["mine stands there", "unanswered", aRow({ version: "mine" }), whatever, "won"],
    ["mine stands there, expired already", "unanswered", aRow({ version: "mine", ...expired }), isFree(now), "won"],
    ["mine was replaced", "refused", aRow({ replaced: "mine" }), isUnchanged("before", now), "won"],
    ["another stands there", "refused", aRow({}), isFree(now), "lost"],
    ["another stood there and is gone", "refused", undefined, isFree(now), "lost"],
    ["another stands there", "unanswered", aRow({}), isFree(now), "lost"],
    ["another stands there, expired", "unanswered", aRow(expired), isFree(now), "unknown"],
    ["nothing stands there", "unanswered", undefined, isFree(now), "unknown"],
    ["what I read was replaced", "unanswered", aRow({}), isUnchanged("before", now), "lost"],
    ["what I read is gone", "unanswered", undefined, isUnchanged("before", now), "lost"],
    ["what I read still stands", "unanswered", aRow({ version: "before" }), isUnchanged("before", now), "unknown"],
    ["what I read has expired", "unanswered", aRow({ version: "before", ...expired }), isUnchanged("before", now), "lost"],
    ["another stands there", "unanswered", aRow({}), whatever, "unknown"],
  ] as const)("when %s and it was %s", (_name, failure, found, condition, verdict) => {
    expect(verdictOn(failure, found, "mine", condition)).toBe(verdict);
  });
});

describe("the failure of a write", () => {
  const failed = (name: string, httpStatusCode: number, attempts: number) =>
    new DynamoDBServiceException({ name, $fault: "client", message: "", $metadata: { httpStatusCode, attempts } });
  const refusal = new ConditionalCheckFailedException({ message: "", $metadata: { httpStatusCode: 400, attempts: 1 } });

  it.each([
    ["a failed condition", refusal, "refused"],
    ["a rejection of the only attempt", failed("ValidationException", 400, 1), "rejected"],
    ["a rejection of a later attempt", failed("ExpiredTokenException", 400, 2), "unanswered"],
    ["an error 500", failed("InternalServerError", 500, 1), "unanswered"],
    ["a lost connection", Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }), "unanswered"],
    ["something that is no error", "no", "unanswered"],
  ] as const)("%s", (_name, error, failure) => {
    expect(failureOf(error)).toBe(failure);
  });
});
