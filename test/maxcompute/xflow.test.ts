import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { SubInstance } from "../../src/maxcompute/index.ts";
import type { RecordedAnswer } from "../support/recorded-server.ts";
import { aClient, aClientOf, aServer, failureOf, instanceId } from "./a-client.ts";

type Node = readonly [nodeType: string, name: string, id: string];

const xresult = (nodes: readonly Node[]) => {
  const actions = nodes.map(
    ([type, name, id]) => `<Action NodeType="${type}"><InstanceId>${id}</InstanceId><Name>${name}</Name><Result/></Action>`,
  );
  return `<Xinstance><Actions>${actions.join("")}</Actions></Xinstance>`;
};

const idIn = (target: string) => /\/instances\/([^?]+)/.exec(target)?.[1] ?? "";

/** A server of workflows: the nodes of each by its instance id. */
const aService = async (nodesOf: (id: string) => readonly Node[]) => {
  const server = await aServer(({ target }) => ({ body: xresult(nodesOf(idIn(target))) }));
  return { server, client: aClient(server).client, asked: () => server.requests.map(({ target }) => idIn(target)) };
};

const workflows =
  (all: Readonly<Record<string, readonly Node[]>>) =>
  (id: string): readonly Node[] =>
    all[id] ?? [];

const places = (found: readonly SubInstance[]) => found.map(({ path, name, id }) => `${[...path, name].join("/")}=${id}`);

describe("getSubInstances", () => {
  it("stands a sub-workflow's instances where it stands, with the way to them", async () => {
    const { client } = await aService(
      workflows({
        root: [
          ["Local", "start", ""],
          ["Instance", "a", "i1"],
          ["SubWorkflow", "loop", "w1"],
          ["Instance", "z", "i4"],
        ],
        w1: [
          ["Instance", "b", "i2"],
          ["SubWorkflow", "inner", "w2"],
        ],
        w2: [["Instance", "c", "i3"]],
      }),
    );
    const found = await client.getSubInstances("root");
    expect(places(found)).toEqual(["a=i1", "loop/b=i2", "loop/inner/c=i3", "z=i4"]);
    expect(found[2]).toEqual({ name: "c", id: "i3", path: ["loop", "inner"], parentId: "w2", nodeType: "Instance" });
  });

  it("keeps two instances of the same name, in one workflow and in two", async () => {
    const { client } = await aService(
      workflows({
        root: [
          ["Instance", "train", "i1"],
          ["Instance", "train", "i2"],
          ["SubWorkflow", "loop", "w1"],
        ],
        w1: [["Instance", "train", "i3"]],
      }),
    );
    expect(places(await client.getSubInstances("root"))).toEqual(["train=i1", "train=i2", "loop/train=i3"]);
  });

  it("passes over nodes that have not begun, and local ones whatever they have", async () => {
    const { client } = await aService(
      workflows({
        root: [
          ["Instance", "later", ""],
          ["SubWorkflow", "loop", ""],
          ["Local", "l", "i9"],
          ["", "untyped", "i1"],
        ],
      }),
    );
    expect(places(await client.getSubInstances("root"))).toEqual(["untyped=i1"]);
  });

  it("reads each workflow once, though it contains itself or occurs in two places", async () => {
    const { client, asked } = await aService(
      workflows({
        root: [
          ["SubWorkflow", "a", "w1"],
          ["SubWorkflow", "b", "w1"],
          ["SubWorkflow", "self", "root"],
        ],
        w1: [
          ["Instance", "n", "i1"],
          ["SubWorkflow", "back", "root"],
        ],
      }),
    );
    expect(places(await client.getSubInstances("root"))).toEqual(["a/n=i1"]);
    expect(asked().sort()).toEqual(["root", "w1"]);
  });

  it("gives up on workflows that go down for ever, or are more than a thousand", async () => {
    const down = await aService((id) => [["SubWorkflow", "down", `${id}x`]]);
    expect(await failureOf(down.client.getSubInstances("w"))).toMatchObject({ kind: "too-large", instanceId: "w" });
    expect(down.asked()).toHaveLength(33);
    const wide = await aService(() => Array.from({ length: 1000 }, (_, n) => ["SubWorkflow", "w", `w${n}`] as const));
    expect(await failureOf(wide.client.getSubInstances("root"))).toMatchObject({ kind: "too-large" });
    expect(wide.asked()).toHaveLength(1);
  });

  it("gives up on more than a hundred thousand nodes", async () => {
    const { client } = await aService(() => Array.from({ length: 100_001 }, () => ["Local", "l", ""] as const));
    expect(await failureOf(client.getSubInstances("root"))).toMatchObject({ kind: "too-large", instanceId: "root" });
  });

  it("reads sub-workflows side by side, four at a time", async () => {
    const open: (() => void)[] = [];
    let most = 0;
    const children = Array.from({ length: 10 }, (_, n) => ["SubWorkflow", `s${n}`, `w${n}`] as const);
    const answer = (id: string): RecordedAnswer => {
      if (id === "root") return { body: xresult(children) };
      return (response) => {
        open.push(() => response.end(xresult([["Instance", "n", `i-${id}`]])));
        most = Math.max(most, open.length);
      };
    };
    const server = await aServer(({ target }) => answer(idIn(target)));
    const found = aClient(server).client.getSubInstances("root");
    for (let done = 0; done < children.length; ) {
      // Everything that may be asked at once has been, before anything is answered.
      const expected = Math.min(4, children.length - done);
      while (open.length < expected) await nextTurn();
      for (const end of open.splice(0)) {
        end();
        done += 1;
      }
    }
    expect((await found).map(({ id }) => id)).toEqual(children.map(([, , id]) => `i-${id}`));
    expect(most).toBe(4);
  });

  it("throws what a sub-workflow failed with, and asks for no further one", async () => {
    const children = Array.from({ length: 50 }, (_, n) => ["SubWorkflow", `s${n}`, `w${n}`] as const);
    const denied = "<Error><Code>NoPermission</Code><Message>no</Message><RequestId>R</RequestId><HostId>h</HostId></Error>";
    const server = await aServer(({ target }) =>
      idIn(target) === "root" ? { body: xresult(children) } : { status: 403, body: denied },
    );
    expect(await failureOf(aClient(server).client.getSubInstances("root"))).toMatchObject({ kind: "denied" });
    expect(server.requests.length).toBeLessThanOrEqual(5);
  });
});

describe("getXflowActions", () => {
  it("does not look into a result that is a document of its own", async () => {
    const { client } = await aClientOf({
      body: '<Xinstance><Actions><Action NodeType="Instance"><InstanceId>i1</InstanceId><Name>n</Name><Result><Task><Name>other</Name><InstanceId>i2</InstanceId></Task></Result></Action></Actions></Xinstance>',
    });
    expect(await client.getXflowActions(instanceId)).toEqual([{ name: "n", nodeType: "Instance", instanceId: "i1" }]);
  });

  it("has what a node left as a text", async () => {
    const { client } = await aClientOf({
      body: '<Xinstance><Actions><Action NodeType="Local"><Name>n</Name><Result><![CDATA[ODPS-0130131: <gone>]]></Result></Action></Actions></Xinstance>',
    });
    expect(await client.getXflowActions(instanceId)).toEqual([{ name: "n", nodeType: "Local", result: "ODPS-0130131: <gone>" }]);
  });

  it("names a node without a name by its instance, and refuses one with neither", async () => {
    const named = await aClientOf({ body: xresult([["Instance", "", "i1"]]) });
    expect(await named.client.getXflowActions(instanceId)).toMatchObject([{ name: "i1", instanceId: "i1" }]);
    const nameless = await aClientOf({ body: xresult([["Instance", "", ""]]) });
    expect(await failureOf(nameless.client.getXflowActions(instanceId))).toMatchObject({ kind: "malformed" });
  });
});

describe("isXflow", () => {
  it.each([
    [403, "<Error><Code>NoPermission</Code><Message>no</Message></Error>", "denied"],
    [401, "", "unauthorized"],
    [500, "", "server"],
    [404, "<Error><Code>NoSuchProject</Code><Message>no</Message></Error>", "no-such-project"],
  ])("is no answer when MaxCompute says %d", async (status, body, kind) => {
    const { client } = await aClientOf({ status, body }, { retries: 0 });
    expect(await failureOf(client.isXflow(instanceId))).toMatchObject({ kind, httpStatus: status });
  });

  it("is no for the source of an SQL job, in which the word may occur", async () => {
    const body = "<Instance><Job><Name>XflowInstance</Name><Tasks><SQL><XflowInstance/></SQL></Tasks></Job></Instance>";
    expect(await (await aClientOf({ body })).client.isXflow(instanceId)).toBe(false);
  });

  it("goes with what the XFlow was started with", async () => {
    const parameters =
      "<Parameter><Key>__proto__</Key><Value>p</Value></Parameter><Parameter><Key>a</Key><Value> b </Value></Parameter>";
    const body = `<Instance><XflowInstance><Project>algo_public</Project><Xflow>AppendID</Xflow><Parameters>${parameters}</Parameters></XflowInstance></Instance>`;
    const source = await (await aClientOf({ body })).client.getXflowSource(instanceId);
    expect(source).toMatchObject({ project: "algo_public", xflow: "AppendID" });
    expect(Object.entries(source?.parameters ?? {})).toEqual([
      ["__proto__", "p"],
      ["a", " b "],
    ]);
  });
});
