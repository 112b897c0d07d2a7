import { describe, expect, it } from "vitest";
import type { ListFilter } from "../../src/maxcompute/index.ts";
import { aClient, aServer, collect, failureOf } from "../maxcompute/a-client.ts";
import { casesToMatch, recordedTime } from "./vectors.ts";

/** Recorded for the listing of the queue, which is another call. */
const queueingCases = ["queueing-two-pages", "queueing-empty"];

type Filters = {
  status?: string;
  only_owner?: boolean;
  start_time?: string | number;
  end_time?: string | number;
  quota_index?: string;
};
type Input = { filters: Filters; pages: string[] };
type RecordedInstance = { id: string; owner: string | null; start: string | null; end: string | null; status: string };
type Expected = { instances?: RecordedInstance[]; requests: string[]; error?: { class: string } };

const epochMs = (time: string | number | undefined) => {
  if (time === undefined) return undefined;
  return typeof time === "number" ? time * 1000 : Date.parse(`${time}Z`);
};

const filterOf = ({ status, only_owner, start_time, end_time, quota_index }: Filters): ListFilter => ({
  status,
  onlyOwner: only_owner,
  from: epochMs(start_time),
  to: epochMs(end_time),
  quota: quota_index,
});

/** Path and parameters, whatever their order. */
const comparable = (url: string) => {
  const { pathname, searchParams } = new URL(url);
  return { pathname, parameters: Object.fromEntries(searchParams) };
};

describe("a listing", () => {
  it.each(casesToMatch<Input, Expected>("list_instances.json", queueingCases))("$name", async ({ input, expected }) => {
    const server = await aServer((_, index) => ({ body: input.pages[index] }));
    const listing = collect(aClient(server).client.listInstances(filterOf(input.filters)));
    if (expected.error !== undefined) {
      expect(await failureOf(listing)).toMatchObject({ name: "MaxComputeError", kind: "invalid" });
    } else {
      const instances = (await listing).map(({ id, owner, startTime, endTime, status }) => ({
        id,
        owner: owner ?? null,
        start: recordedTime(startTime),
        end: recordedTime(endTime),
        status,
      }));
      expect(instances).toEqual(expected.instances);
    }
    const requests = server.requests.map(({ target }) => comparable(`http://mc.test${target}`));
    expect(requests).toEqual(expected.requests.map(comparable));
  });
});
