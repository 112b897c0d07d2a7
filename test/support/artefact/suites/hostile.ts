// What must not be acted upon: forged, replayed, stale and broken events.
import { describe, expect, it } from "vitest";
import { writeZip } from "../../cloud/index.ts";
import { signedHandler } from "../../cloud/signed-handler.ts";
import { withNeighbour } from "../change-template.ts";
import { wordsOf } from "../people.ts";
import type { StartScene } from "../scenes.ts";
import { aCommand, sealed } from "../sealed.ts";

const worker = "CommandLambdaFunction";

export function hostileEvents(aScene: StartScene): void {
  describe("an event on the private bus", () => {
    it("production rule 4: is acted upon when it is sealed, and once", async () => {
      const { world, people } = await aScene();
      const id = world.maxcompute.instances.success ?? "";
      const entry = sealed(world, aCommand(world, `exists ${id}`));
      const told = await people.heard("bob", async () => world.cloud.putEvents([entry, entry]));
      expect(wordsOf(people.only(told))).toContain(id);
      expect(world.maxcompute.requests()).toHaveLength(1);
    });

    it("production rule 3: older than a minute is apologised for, and not acted upon", async () => {
      const { world, people } = await aScene();
      const request = aCommand(world, `stop ${world.maxcompute.instances.running}`, { ageMs: 60_001 });
      const told = await people.heard("bob", async () => world.cloud.putEvents([sealed(world, request)]));
      expect(wordsOf(people.only(told))).toContain("too late");
      expect(world.maxcompute.requests()).toEqual([]);
    });

    it("production rule 2: that an archive plays again reaches nobody", async () => {
      const { world, people } = await aScene();
      const told = await people.heard("bob", async () =>
        world.cloud.putEvents([sealed(world, aCommand(world, "list"))], "a replay"),
      );
      expect(told).toEqual([]);
      expect(world.cloud.invocations()).toEqual([]);
    });

    it.each([
      ["sealed with another key", { key: Buffer.alloc(32, 7).toString("base64") }],
      ["sealed as another kind", { sealedAs: "TransferRequested" }],
      ["of a kind of its own", { kind: "TransferRequested", sealedAs: "CommandRequested" }],
    ])("production rule 2: %s is not acted upon", async (_, how) => {
      const { world, people } = await aScene();
      const told = await people.heard("bob", async () => world.cloud.putEvents([sealed(world, aCommand(world, "list"), how)]));
      expect(told).toEqual([]);
      expect(world.maxcompute.requests()).toEqual([]);
      expect(
        world.cloud
          .invocations()
          .map(({ log }) => log)
          .join(""),
      ).toContain("envelope.unopened");
    });

    it("production rule 2: cannot be put by a neighbour who may put events everywhere", async () => {
      const { world } = await aScene({
        template: withNeighbour,
        code: { Neighbour: writeZip({ "index.mjs": signedHandler }) },
      });
      const entry = sealed(world, aCommand(world, "list"));
      const put = (bus: string) =>
        world.cloud.invoke("Neighbour", {
          service: "events",
          target: "AWSEvents.PutEvents",
          headers: { "content-type": "application/x-amz-json-1.1" },
          input: { Entries: [{ ...entry, EventBusName: bus }] },
        });
      expect(JSON.stringify(await put(entry.EventBusName))).toContain("AccessDenied");
      expect(JSON.stringify(await put("odps-chatops-prod-public"))).toContain("AccessDenied");
      expect(JSON.stringify(await put("default"))).toContain("EventId");
      expect(world.cloud.events().map(({ bus }) => bus)).toEqual(["default"]);
    });
  });

  describe("a message in the queue of failures", () => {
    const apologiser = "ApologiseLambdaFunction";
    const poison = [
      "",
      "not JSON",
      "[]",
      '{"__proto__":{"detail-type":"CommandRequested"}}',
      '{"detail-type":"CommandRequested","detail":null}',
      '{"requestPayload":{"detail-type":"CommandRequested","detail":{"v":1,"id":"E-1","at":0,"iv":"","sealed":""}}}',
      `{"detail-type":"CommandRequested","detail":{"v":1,"id":"E-1","at":0,"iv":"${"A".repeat(16)}","sealed":"${"A".repeat(64)}"}}`,
    ];

    it("that makes no sense is read once and leaves the others be", async () => {
      const { world, people } = await aScene();
      const queue = world.cloud.queue("FailuresQueue");
      const good = { ...sealed(world, aCommand(world, "list")), "detail-type": "CommandRequested" };
      const bodies = [...poison, JSON.stringify({ "detail-type": "CommandRequested", detail: JSON.parse(good.Detail) })];
      const told = await people.heard("bob", async () => bodies.map((body) => queue?.send(body)), 900);
      expect(wordsOf(people.only(told))).toContain("interrupted");
      const received = world.cloud
        .invocations()
        .flatMap(({ fn, event }) =>
          fn === apologiser ? (event as { Records: { body: string }[] }).Records.map(({ body }) => body) : [],
        );
      expect(received.toSorted()).toEqual(bodies.toSorted());
      expect(queue?.messages()).toEqual([]);
    });

    it("whose apology cannot be sent is tried five times, then left to a person", async () => {
      const { world, people } = await aScene();
      world.slack.fault({ kind: "http", status: 500, times: 1_000 });
      const body = JSON.stringify({
        "detail-type": "CommandRequested",
        detail: JSON.parse(sealed(world, aCommand(world, "list")).Detail),
      });
      await people.heard("bob", async () => world.cloud.queue("FailuresQueue")?.send(body), 1_800);
      expect(world.cloud.invocations().filter(({ fn }) => fn === apologiser).length).toBeLessThanOrEqual(5);
      expect(world.cloud.queue("FailuresQueue")?.messages()).toEqual([]);
    });

    it("that is the event of the last minute's command is not a reason to do it", async () => {
      const { world, people } = await aScene();
      const request = aCommand(world, `stop ${world.maxcompute.instances.running}`);
      const body = JSON.stringify({ "detail-type": "CommandRequested", detail: JSON.parse(sealed(world, request).Detail) });
      await people.heard("bob", async () => world.cloud.queue("FailuresQueue")?.send(body));
      expect(world.cloud.invocations().some(({ fn }) => fn === worker)).toBe(false);
      expect(world.maxcompute.requests()).toEqual([]);
    });
  });
}
