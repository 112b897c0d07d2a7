import { describe, expect, it } from "vitest";
import { aClient, aServer, failureOf, instanceId } from "../maxcompute/a-client.ts";
import { casesToMatch } from "./vectors.ts";

type Answer = string | readonly [status: number, headers: Record<string, string>, body: string];
type Input = {
  statuses: Answer[];
  taskStatusXml: string;
  resultXml: string | null;
  method: "wait_for_success" | "wait_for_completion";
};
type Expected = { raised: { class: string; code: string | null; message: string } | null; requests: string[] };

/** The recorded classes in this client's words; the generic class is told by the task's status. */
const kinds: Record<string, string> = { NoSuchObject: "not-found", ODPSError: "cancelled" };

/** A request as the recording has it: its method and what it asks for. */
const asRecorded = ({ method, target }: { method: string; target: string }) => {
  const { searchParams } = new URL(`http://mc.test${target}`);
  searchParams.delete("curr_project");
  return `${method} ${[...searchParams.keys()].join("&")}`;
};

describe("waiting", () => {
  it.each(casesToMatch<Input, Expected>("waiting.json"))("$name", async ({ input, expected }) => {
    let asked = 0;
    const server = await aServer(({ target }) => {
      if (target.includes("taskstatus")) return { body: input.taskStatusXml };
      if (target.includes("result")) return { body: input.resultXml ?? "" };
      const answer = input.statuses[Math.min(asked, input.statuses.length - 1)] ?? "";
      asked += 1;
      if (typeof answer === "string") return { body: `<Instance><Status>${answer}</Status></Instance>` };
      const [status, headers, body] = answer;
      return { status, headers, body };
    });
    const { client } = aClient(server, { retries: 0 });
    const waiting =
      input.method === "wait_for_success" ? client.waitForSuccess(instanceId) : client.waitForCompletion(instanceId);
    if (expected.raised === null) {
      expect(await waiting).toMatchObject({ id: instanceId, status: "Terminated" });
    } else {
      expect(await failureOf(waiting)).toMatchObject({
        name: "MaxComputeError",
        kind: kinds[expected.raised.class],
        code: expected.raised.code ?? undefined,
        message: expected.raised.message,
        instanceId,
      });
    }
    expect(server.requests.map(asRecorded)).toEqual(expected.requests);
  });
});
