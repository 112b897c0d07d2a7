import { describe, expect, it } from "vitest";
import type { QueueingFilter } from "../../src/maxcompute/index.ts";
import { aClient, aServer, collect } from "../maxcompute/a-client.ts";
import { casesToMatch } from "./vectors.ts";

type Filters = { status?: string; only_owner?: boolean; quota_index?: string };
type Recorded = Readonly<Record<string, unknown>>;
type Input = { filters: Filters; pages: string[] };
type Expected = { infos?: Recorded[]; requests: string[] };

const filterOf = ({ status, only_owner, quota_index }: Filters): QueueingFilter => ({
  status,
  onlyOwner: only_owner,
  quota: quota_index,
});

/** Path and parameters, whatever their order. */
const comparable = (url: string) => {
  const { pathname, searchParams } = new URL(url);
  return { pathname, parameters: Object.fromEntries(searchParams) };
};

/** The recording keeps the zone it was told; without one it is UTC. */
const epochMs = (time: unknown) => {
  if (typeof time !== "string") return undefined;
  return Date.parse(/(?:Z|[+-]\d{2}:\d{2})$/.test(time) ? time : `${time}Z`);
};

const cases = casesToMatch<Input, Expected>("list_instances.json").filter(({ expected }) => expected.infos !== undefined);

describe("a listing of the queue", () => {
  it("was recorded", () => expect(cases.length).toBeGreaterThanOrEqual(2));

  it.each(cases)("$name", async ({ input, expected }) => {
    const server = await aServer((_, index) => ({ body: input.pages[index] }));
    const infos = await collect(aClient(server).client.listQueueingInfos(filterOf(input.filters)));
    const recorded = infos.map(({ instanceId, priority, progress, jobName, project, skynetId, ...rest }) => {
      const { startTime, taskType, taskName, owner, status } = rest;
      return {
        instanceId,
        priority,
        progress,
        jobName,
        project,
        skynetId,
        startTime,
        taskType,
        taskName,
        userAccount: owner,
        status,
      };
    });
    expect(recorded).toEqual((expected.infos ?? []).map((info) => ({ ...info, startTime: epochMs(info.startTime) })));
    const requests = server.requests.map(({ target }) => comparable(`http://mc.test${target}`));
    expect(requests).toEqual(expected.requests.map(comparable));
  });
});
