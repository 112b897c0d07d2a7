import { describe, expect, it } from "vitest";
import { explain } from "../../src/commands/explain.ts";
import { MaxComputeError } from "../../src/maxcompute/index.ts";
import { aClientOf, failureOf, instanceId } from "../maxcompute/a-client.ts";

const results = '<Instance><Tasks><Task Type="SQL"><Name>t1</Name><Result Format="text">OK</Result></Task></Tasks></Instance>';

describe("what is not there", () => {
  it("is the task, where MaxCompute told of the instance", async () => {
    const { client } = await aClientOf({ body: results });
    expect(explain(await failureOf(client.getTaskResult(instanceId, "t2")), "E1")).toMatchObject({
      title: "The instance has no such task, or no result of it.",
      next: "`tasks` shows those it has.",
      cause: { message: "The instance has no task named t2; there is: t1" },
    });
  });

  it("is the instance, where MaxCompute says so", () => {
    const said = [{ httpStatus: 404 }, { code: "NoSuchObject" }];
    for (const details of said) {
      expect(explain(new MaxComputeError("not-found", "no", details), "E1")).toMatchObject({
        title: "MaxCompute knows no such instance in this project.",
      });
    }
  });
});
