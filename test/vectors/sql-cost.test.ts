import { describe, expect, it } from "vitest";
import { aClient, aServer, failureOf } from "../maxcompute/a-client.ts";
import { casesToMatch, recordedCases } from "./vectors.ts";

type Input = { taskResult: unknown };
type Expected = {
  udfNum?: number | null;
  complexity?: number | null;
  inputSize?: number | null;
  error?: { class: string };
  createBody: string;
  requestSequence: string[];
};

const task = (inner: string) =>
  `<Instance><Status>Terminated</Status><Tasks><Task Type="SQLCost"><Name>AnonymousSQLCostTask</Name>${inner}<Status>Success</Status></Task></Tasks></Instance>`;

const estimate = async ({ taskResult }: Input) => {
  const server = await aServer(({ method, target }) => {
    if (method === "POST") return { status: 201, headers: { Location: "/20261122140000001gcost1" } };
    if (target.includes("taskstatus")) return { body: task("<Histories/>") };
    if (target.includes("result"))
      return { body: task(`<Result Format="text"><![CDATA[${JSON.stringify(taskResult)}]]></Result>`) };
    return { body: "<Instance><Status>Terminated</Status></Instance>" };
  });
  const { client } = aClient(server, { newId: () => "00000000-1111-2222-3333-444444444444" });
  return { server, cost: client.estimateSqlCost("select * from t", { hints: { a: "b" } }) };
};

describe("the estimate of a statement", () => {
  it.each(casesToMatch<Input, Expected>("sql_cost.json"))("$name", async ({ input, expected }) => {
    const { server, cost } = await estimate(input);
    if (expected.error !== undefined) {
      expect(await failureOf(cost)).toMatchObject({ name: "MaxComputeError", kind: "malformed" });
    } else {
      expect(await cost).toEqual({
        bytes: expected.inputSize ?? "unknown",
        complexity: expected.complexity ?? "unknown",
        udfs: expected.udfNum ?? "unknown",
      });
    }
    const [create] = server.requests;
    expect(create?.body).toBe(expected.createBody);
    const sequence = server.requests.map(({ method, target }) => `${method} ${target.split("?")[1]}`);
    expect(sequence).toEqual(expected.requestSequence);
  });

  it("cost-zero: nothing is free, so a zero is no estimate", async () => {
    const input = recordedCases<Input, Expected>("sql_cost.json").find(({ name }) => name === "cost-zero")?.input;
    const { cost } = await estimate(input ?? { taskResult: undefined });
    expect(await cost).toEqual({ bytes: "unknown", complexity: "unknown", udfs: 0 });
  });
});
