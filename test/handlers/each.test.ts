import type { SQSRecord } from "aws-lambda";
import { expect, it } from "vitest";
import { each } from "../../handlers/each.ts";
import { createLog } from "../../src/log.ts";

const records = ["told", "again", "breaks", "slow"].map((messageId) => ({ messageId }) as SQSRecord);

it("what fails in a batch comes again alone, once its neighbours have been told", async () => {
  const told: string[] = [];
  const logged: string[] = [];
  const tell = async ({ messageId }: SQSRecord) => {
    if (messageId === "breaks") throw new Error("the bus is away");
    await new Promise((resolve) => setImmediate(resolve));
    told.push(messageId);
    return messageId !== "again";
  };
  const answer = await each(
    records,
    tell,
    createLog(
      (line) => logged.push(line),
      () => 0,
    ),
  );
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "again" }, { itemIdentifier: "breaks" }] });
  expect(told).toEqual(["told", "again", "slow"]);
  expect(logged.join()).toContain("record.failed");
});
