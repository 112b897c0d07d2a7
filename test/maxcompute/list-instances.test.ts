import { describe, expect, it } from "vitest";
import { everyPage } from "../../src/maxcompute/calls/every-page.ts";
import { aClient, aClientOf, aServer, collect, failureOf } from "./a-client.ts";

const page = (marker: string, ...ids: string[]) =>
  `<Instances><Marker>${marker}</Marker>${ids.map((id) => `<Instance><Name>${id}</Name><Status>Running</Status></Instance>`).join("")}</Instances>`;

const pages = async (...bodies: string[]) => {
  const server = await aServer((_, index) => ({ body: bodies[index % bodies.length] }));
  return { server, client: aClient(server).client };
};

describe("listInstances", () => {
  it("asks for no further page once the limit is reached", async () => {
    const { client, server } = await pages(page("m1", "i1", "i2"), page("m2", "i3", "i4"), page("", "i5"));
    const listed = await collect(client.listInstances({ limit: 3 }));
    expect(listed.map(({ id }) => id)).toEqual(["i1", "i2", "i3"]);
    expect(server.requests).toHaveLength(2);
  });

  it("asks for nothing when nothing is wanted", async () => {
    const { client, server } = await pages(page("", "i1"));
    expect(await collect(client.listInstances({ limit: 0 }))).toEqual([]);
    expect(server.requests).toHaveLength(0);
  });

  it("asks for no further page when its reader has seen enough", async () => {
    const { client, server } = await pages(page("m1", "i1"), page("", "i2"));
    for await (const { id } of client.listInstances()) {
      expect(id).toBe("i1");
      break;
    }
    expect(server.requests).toHaveLength(1);
  });

  it("stops with an error when a marker comes back", async () => {
    const bodies = [page("m1"), page("m2"), page("m1")];
    const server = await aServer((_, index) => ({ headers: { "x-odps-request-id": `RQ${index}` }, body: bodies[index] ?? "" }));
    expect(await failureOf(collect(aClient(server).client.listInstances()))).toMatchObject({
      kind: "malformed",
      message: "MaxCompute's list of instances does not end: its marker comes back",
      requestId: "RQ2",
    });
    expect(server.requests).toHaveLength(3);
  });

  it("does not say of too many pages that a marker comes back", async () => {
    let at = 0;
    const getPage = async () => {
      at += 1;
      return { items: [at], marker: String(at), requestId: `RQ${at}` };
    };
    expect(await failureOf(collect(everyPage("instances", undefined, getPage)))).toMatchObject({
      kind: "malformed",
      message: "MaxCompute's list of instances does not end: it has more than 10000 pages",
      requestId: "RQ10001",
    });
  });

  it("sends a marker of any characters, and signs it as it reads", async () => {
    const { client, server } = await pages(page("a+b&amp;c%41"), page(""));
    await collect(client.listInstances());
    expect(server.requests[1]?.target).toContain("marker=a%2Bb%26c%2541");
  });

  it("says whose instances are wanted only when asked to", async () => {
    const { client, server } = await pages(page(""));
    await collect(client.listInstances());
    await collect(client.listInstances({ onlyOwner: true }));
    await collect(client.listInstances({ onlyOwner: false }));
    const sent = server.requests.map(({ target }) => new URLSearchParams(target.split("?")[1]).get("onlyowner"));
    expect(sent).toEqual([null, "yes", "no"]);
  });

  it("rounds times down to seconds", async () => {
    const { client, server } = await pages(page(""));
    await collect(client.listInstances({ from: 1_795_000_000_999 }));
    await collect(client.listInstances({ from: 0, to: 1999 }));
    const sent = server.requests.map(({ target }) => new URLSearchParams(target.split("?")[1]).get("daterange"));
    expect(sent).toEqual(["1795000000:", "0:1"]);
  });

  it.each([
    ["an unknown status", { status: "bogus" }],
    ["a limit below nothing", { limit: -1 }],
    ["half a limit", { limit: 0.5 }],
    ["a time that is none", { from: Number.NaN }],
    ["a time before 1970", { to: -1 }],
    ["a range that ends before it begins", { from: 2000, to: 1000 }],
  ])("refuses %s without asking", async (_, filter) => {
    const { client, server } = await aClientOf({ body: page("") });
    expect(await failureOf(collect(client.listInstances(filter)))).toMatchObject({ kind: "invalid" });
    expect(server.requests).toHaveLength(0);
  });

  it("filters by the job's name and asks for pages of a size", async () => {
    const { client, server } = await pages(page("", "i1"));
    await collect(client.listInstances({ jobName: "nightly", pageSize: 50 }));
    expect(server.requests[0]?.target).toContain("?jobname=nightly&maxitems=50&");
    for (const pageSize of [0, 1.5, Number.NaN]) {
      expect(await failureOf(collect(client.listInstances({ pageSize })))).toMatchObject({ kind: "invalid" });
    }
  });
});
