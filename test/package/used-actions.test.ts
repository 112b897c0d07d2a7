import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { actionsIn, usedActions } from "../../scripts/package/used-actions.ts";

const folder = mkdtempSync(join(tmpdir(), "odps-actions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function files(contents: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(contents)) writeFileSync(join(folder, name), text);
  return join(folder, Object.keys(contents)[0] ?? "");
}

describe("the actions that a handler uses", () => {
  it("are those of the commands that it imports, at once, through other files, or later", async () => {
    const entry = files({
      "handler.ts": `import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
        import { load } from "./store.ts";
        export const handler = async () => [new PutEventsCommand({}), load(), (await import("./late.ts")).late()];`,
      "store.ts": `import { type DynamoDBClient, GetItemCommand, QueryCommand as Q } from "@aws-sdk/client-dynamodb";
        export const load = (_client?: DynamoDBClient) => [new GetItemCommand({}), new Q({})];`,
      "late.ts": `import { GetParametersCommand } from "@aws-sdk/client-ssm"; export const late = () => new GetParametersCommand({});`,
    });
    expect(await usedActions(entry)).toEqual(["dynamodb:GetItem", "dynamodb:Query", "events:PutEvents", "ssm:GetParameters"]);
  });

  it("are those of calls that are signed by hand, too", async () => {
    const entry = files({
      "by-hand.ts": `const call = (target: string) => target; export const handler = () => call("AmazonSQS.GetQueueAttributes");`,
    });
    expect(await usedActions(entry)).toEqual(["sqs:GetQueueAttributes"]);
  });

  it("are not those of code that is imported and never called", async () => {
    const entry = files({
      "narrow.ts": `import { read } from "./wide.ts"; export const handler = read;`,
      "wide.ts": `import { GetItemCommand, DeleteItemCommand } from "@aws-sdk/client-dynamodb";
        export const read = () => new GetItemCommand({}); export const forget = () => new DeleteItemCommand({});`,
    });
    expect(await usedActions(entry)).toEqual(["dynamodb:GetItem"]);
  });

  it.each([
    ["a whole client", `import * as db from "@aws-sdk/client-dynamodb";\nuse(db);`, "everything of client-dynamodb is imported"],
    ["a client that is loaded by name", `const db = await import("@aws-sdk/client-dynamodb");`, "hides what is used of it"],
    [
      "a client nobody knows the prefix of",
      `import { InvokeCommand } from "@aws-sdk/client-lambda";`,
      "prefix of client-lambda is not known",
    ],
  ])("are not guessed for %s", (_, code, says) => {
    expect(() => actionsIn(code)).toThrow(says);
  });
});
