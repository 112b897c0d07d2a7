// What the watch engine and the watch book may rely on, whatever item store is below. Run by the test of each store.
import { beforeEach, describe, expect, it } from "vitest";
import type { ItemStore } from "../../src/commands/store.ts";
import { hours, minutes } from "../../src/commands/store.ts";
import { createWatchingStores, type WatchingStores } from "../../src/commands/watching/stores.ts";
import { evidenceOf } from "../../src/watch/evidence.ts";
import {
  groupIdOf,
  type Held,
  type InstanceRecord,
  type Lease,
  newRecord,
  newWatch,
  noMemory,
  type Page,
  type PublicEvent,
  type Run,
  rowOf,
  type Subscription,
  scanIdOf,
  type Watch,
} from "../../src/watch/index.ts";
import { newOutage } from "../../src/watch/outage.ts";
import { observationAt, t0 } from "../support/watch/runs.ts";

type Opened = { readonly store: ItemStore; readonly clock: { now(): number; advance(ms: number): Promise<void> } };

const place = { team: "T1", connection: "main", project: "prod" };
const groupId = groupIdOf(place);
const channel = { team: "T1", channel: "C1" };
const many = Array.from({ length: 6 }, (_, index) => index);

const event = (instanceId: string, what = "finished"): PublicEvent => ({
  type: "InstanceFinished",
  id: `${groupId}/${instanceId}:${what}`,
  at: t0,
  ...place,
  instanceId,
  outcome: "failed",
});
const withEvents = (record: InstanceRecord, ...events: PublicEvent[]): InstanceRecord => ({
  ...record,
  events: [...record.events, ...events],
  known: [...record.known, ...events.map(({ id }) => id)],
});

export function watchingContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name}, below the watches,`, () => {
    let clock: Opened["clock"];
    let stores: WatchingStores;
    /** Another process on the same store. */
    let others: WatchingStores;
    beforeEach(async () => {
      const opened = await open();
      clock = opened.clock;
      stores = createWatchingStores(opened.store, clock.now, { pageSize: 4 });
      others = createWatchingStores(opened.store, clock.now, { pageSize: 4 });
    });
    const aWatch = (instanceId = "i1", channelId = "C1", over: Partial<Watch> = {}): Watch => ({
      ...newWatch({ ...place, instanceId, channel: channelId, startedBy: "ann" }, clock.now()),
      ...over,
    });
    const leaseNow = async (): Promise<Lease> => {
      await stores.groups.wake(place, clock.now());
      const leased = await stores.groups.lease(groupId, clock.now(), clock.now() + 90_000);
      if (leased === undefined) throw new Error("the group could not be leased");
      return leased.lease;
    };

    describe("scan groups", () => {
      it("are made by waking them, due from then on, and those that wait longest come first", async () => {
        expect(await stores.groups.anyAwake()).toBe(false);
        await stores.groups.wake(place, clock.now());
        await stores.groups.wake({ ...place, project: "old" }, clock.now() - 5_000);
        await stores.groups.wake({ ...place, project: "later" }, clock.now() + 1);
        expect((await stores.groups.due(clock.now())).items).toEqual(["T1/main/old", groupId]);
        expect((await stores.groups.soon(clock.now() + 1)).items).toEqual(["T1/main/old", groupId, "T1/main/later"]);
        expect(await stores.groups.anyAwake()).toBe(true);
      });

      it("are leased to one of many who try at the same time, and to the next when the lease is over", async () => {
        await stores.groups.wake(place, clock.now());
        const all = await Promise.all(many.map(() => stores.groups.lease(groupId, clock.now(), clock.now() + 90_000)));
        const [first, ...rest] = all.filter((each) => each !== undefined);
        expect(rest).toEqual([]);
        expect(first).toEqual({
          group: { id: groupId, ...place, memory: noMemory },
          lease: { groupId, token: 1, until: clock.now() + 90_000 },
        });
        expect((await stores.groups.due(clock.now())).items).toEqual([]);
        await clock.advance(90_000);
        expect((await stores.groups.due(clock.now())).items).toEqual([groupId]);
        const next = await others.groups.lease(groupId, clock.now(), clock.now() + 90_000);
        expect(next?.lease.token).toBe(2);
        // The one before has lost its right.
        expect(await stores.groups.release(first!.lease, { memory: noMemory })).toBe(false);
      });

      it("are not leased before they are due, and remember what they were released with", async () => {
        const lease = await leaseNow();
        const memory = { ...noMemory, pages: 7, resumeAt: "i9" };
        expect(await stores.groups.release(lease, { nextScanAt: clock.now() + 60_000, memory })).toBe(true);
        expect(await stores.groups.lease(groupId, clock.now() + 59_999, clock.now() + 90_000)).toBeUndefined();
        await clock.advance(60_000);
        expect((await stores.groups.lease(groupId, clock.now(), clock.now() + 90_000))?.group.memory).toEqual(memory);
      });

      it("sleep when they are released so, but not when somebody woke them meanwhile", async () => {
        await stores.groups.release(await leaseNow(), { memory: noMemory });
        expect(await stores.groups.anyAwake()).toBe(false);
        const lease = await leaseNow();
        await others.groups.wake(place, clock.now() + 30_000);
        await stores.groups.release(lease, { memory: noMemory });
        expect((await stores.groups.due(clock.now())).items).toEqual([groupId]);
      });

      it("do not sleep before they were leased at the moment that they were woken for, however often they were until then", async () => {
        await stores.groups.wake(place, clock.now() + 90_000);
        expect((await stores.groups.due(clock.now())).items).toEqual([]);
        await stores.groups.release(await leaseNow(), { memory: noMemory });
        expect(await stores.groups.anyAwake()).toBe(true);
        expect((await stores.groups.due(clock.now())).items).toEqual([]);
        const early = await leaseNow();
        await stores.groups.wake(place, clock.now());
        await stores.groups.release(early, { nextScanAt: clock.now() + 300_000, memory: noMemory });
        await stores.groups.release(await leaseNow(), { nextScanAt: clock.now() + 300_000, memory: noMemory });
        await clock.advance(90_000);
        expect((await stores.groups.due(clock.now())).items).toEqual([groupId]);
        await stores.groups.release(await leaseNow(), { memory: noMemory });
        expect(await stores.groups.anyAwake()).toBe(false);
      });

      it("lose no waking of many at the same time", async () => {
        await Promise.all(many.map((each) => stores.groups.wake(place, clock.now() + each)));
        expect((await stores.groups.due(clock.now())).items).toEqual([groupId]);
      });
    });

    describe("scan groups that are split", () => {
      const [first, second] = [scanIdOf(groupId, { to: "i3" }), scanIdOf(groupId, { from: "i3" })] as const;
      const aLease = async (id: string) => {
        const leased = await stores.groups.lease(id, clock.now(), clock.now() + 90_000);
        if (leased === undefined) throw new Error(`${id} could not be leased`);
        return leased.lease;
      };
      const counted = (watches: number) => ({ ...noMemory, watches });
      const split = async () => {
        await stores.groups.release(await leaseNow(), { nextScanAt: clock.now(), memory: noMemory, splitAt: ["i3"] });
      };

      it("are due in parts, each of which is leased by itself and to one alone; the whole to nobody", async () => {
        await split();
        expect((await others.groups.due(clock.now())).items).toEqual([first, second]);
        expect(await stores.groups.lease(groupId, clock.now(), clock.now() + 1)).toBeUndefined();
        const all = await Promise.all(
          [first, second, first, second].map((id) => others.groups.lease(id, clock.now(), clock.now() + 90_000)),
        );
        const leases = all.flatMap((each) => (each === undefined ? [] : [each.lease]));
        expect(leases.map(({ groupId: id }) => id).sort()).toEqual([first, second]);
        expect(leases.map(({ token }) => token).sort()).toEqual([2, 3]);
        expect((await others.groups.due(clock.now())).items).toEqual([]);
      });

      it("have each watch in one part, and what waits to be published and what was discovered as well", async () => {
        for (const id of many) await stores.watches.addIfAbsent(aWatch(`i${id}`, "C1"));
        for (const id of many) await stores.instances.save(withEvents(newRecord(place, `i${id}`), event(`i${id}`)));
        await stores.discoveries.upsert(
          await leaseNow(),
          many.map((each) => ({ id: `i${each}` })),
        );
        const inParts = async (read: (id: string) => Promise<readonly { readonly [key: string]: unknown }[]>, key: string) =>
          Promise.all([first, second].map(async (id) => (await read(id)).map((each) => each[key])));
        const allPages = async <Item>(read: (after?: string) => Promise<Page<Item>>) => {
          const found: Item[] = [];
          for (let after: string | undefined; ; ) {
            const page = await read(after);
            found.push(...page.items);
            if (page.next === undefined) return found;
            after = page.next;
          }
        };
        const expected = [
          ["i0", "i1", "i2"],
          ["i3", "i4", "i5"],
        ];
        expect(await inParts((id) => allPages((after) => others.watches.inGroup(id, after)), "instanceId")).toEqual(expected);
        expect(await inParts(others.instances.unpublished, "instanceId")).toEqual(expected);
        expect(await inParts((id) => allPages((after) => others.discoveries.open(id, after)), "id")).toEqual(expected);
      });

      it("give a watch that comes to another part to whoever leased last", async () => {
        const { watch } = await stores.watches.addIfAbsent(aWatch("i1"));
        const whole = await leaseNow();
        const written = await stores.watches.commit(watch, whole);
        await stores.groups.release(whole, { nextScanAt: clock.now(), memory: noMemory, splitAt: ["i3"] });
        const early = await aLease(second);
        await stores.groups.release(early, { nextScanAt: clock.now(), memory: noMemory });
        const late = await aLease(second);
        expect(late.token).toBeGreaterThan(early.token);
        expect(await stores.watches.commit(written!, await aLease(first))).toMatchObject({ version: 2, fence: late.token + 1 });
      });

      it("wake the part that has the instance", async () => {
        await split();
        for (const id of [first, second])
          await stores.groups.release(await aLease(id), { nextScanAt: clock.now() + 60_000, memory: counted(5_000) });
        expect(await others.groups.wake({ ...place, instanceId: "i4" }, clock.now())).toBe(second);
        expect((await stores.groups.due(clock.now())).items).toEqual([second]);
        expect(await others.groups.wake(place, clock.now())).toBe(first);
      });

      it("are whole again once two neighbours are small, but not while one of them is worked on", async () => {
        await split();
        for (const [id, watches] of [[first, 2_000] as const, [second, 1_000] as const])
          await stores.groups.release(await aLease(id), { nextScanAt: clock.now(), memory: counted(watches) });
        const [one, other] = [await aLease(first), await aLease(second)];
        await stores.groups.release(one, { nextScanAt: clock.now() + 5_000, memory: counted(10) });
        expect((await stores.groups.parts(groupId)).map(({ id }) => id)).toEqual([first, second]);
        await stores.groups.release(other, { nextScanAt: clock.now() + 9_000, memory: { ...counted(20), scannedAt: -1 } });
        const [whole, ...rest] = await others.groups.parts(groupId);
        expect(rest).toEqual([]);
        expect(whole).toMatchObject({ id: groupId, memory: { watches: 30, scannedAt: -1 } });
        await clock.advance(5_000);
        expect((await aLease(groupId)).token).toBe(6);
      });

      it("lose no part, and no waking, to many at the same time", async () => {
        const cuts = ["i1", "i2", "i3", "i4", "i5"];
        await stores.groups.release(await leaseNow(), { nextScanAt: clock.now(), memory: noMemory, splitAt: cuts });
        const ids = (await stores.groups.parts(groupId)).map(({ id }) => id);
        const leases = await Promise.all(ids.map(aLease));
        await Promise.all([
          ...leases.map((lease) => stores.groups.release(lease, { nextScanAt: clock.now() + 60_000, memory: counted(4_000) })),
          others.groups.wake({ ...place, instanceId: "i4" }, clock.now()),
        ]);
        expect((await stores.groups.parts(groupId)).map(({ memory }) => memory.watches)).toEqual(many.map(() => 4_000));
        expect((await stores.groups.due(clock.now())).items).toEqual([ids[4]]);
      });
    });

    describe("watches", () => {
      it("are added once: of many who try at the same time one adds, and all get the same watch", async () => {
        const all = await Promise.all(
          many.map((each) => stores.watches.addIfAbsent(aWatch("i1", "C1", { startedBy: `u${each}` }))),
        );
        expect(all.filter(({ added }) => added)).toHaveLength(1);
        expect(new Set(all.map(({ watch }) => watch.startedBy)).size).toBe(1);
        expect(await stores.watches.get(all[0]!.watch.id)).toEqual(all[0]!.watch);
      });

      it("are committed by one of many who read the same version", async () => {
        const lease = await leaseNow();
        const { watch } = await stores.watches.addIfAbsent(aWatch());
        const won = await Promise.all(many.map((posts) => stores.watches.commit({ ...watch, posts }, lease)));
        const [winner, ...rest] = won.filter((each) => each !== undefined);
        expect(rest).toEqual([]);
        expect(winner).toEqual({ ...watch, posts: winner!.posts, version: 1, fence: lease.token });
        expect(await others.watches.get(watch.id)).toEqual(winner);
      });

      it("are fenced: once a later lease wrote, an earlier one writes no more, whatever version it knows", async () => {
        const early = await leaseNow();
        await clock.advance(90_000);
        const late = await leaseNow();
        const { watch } = await stores.watches.addIfAbsent(aWatch());
        const written = await stores.watches.commit(watch, late);
        expect(await stores.watches.commit(written!, early)).toBeUndefined();
        expect(await stores.watches.close(written!, early)).toBe(false);
        expect(await stores.watches.close(written!, late)).toBe(true);
      });

      it("leave their group when they are closed, and are still in the way of a second for a day", async () => {
        const lease = await leaseNow();
        const { watch } = await stores.watches.addIfAbsent(aWatch());
        const done = await stores.watches.commit({ ...watch, state: "done", thread: { channel: "C1", ts: "1.5" } }, lease);
        expect(await stores.watches.close(done!, lease)).toBe(true);
        expect(await stores.watches.get(watch.id)).toBeUndefined();
        expect((await stores.watches.inGroup(groupId)).items).toEqual([]);
        expect(await stores.watches.commit(done!, lease)).toBeUndefined();
        expect(await stores.watches.close(done!, lease)).toBe(false);
        const second = await stores.watches.addIfAbsent(aWatch());
        expect(second).toMatchObject({ added: false, watch: { state: "done", thread: { ts: "1.5" } } });
        await clock.advance(hours(24));
        expect((await stores.watches.addIfAbsent(aWatch())).added).toBe(true);
      });

      it("are forgotten after 30 days without a change", async () => {
        await stores.watches.addIfAbsent(aWatch());
        await clock.advance(hours(24 * 30) - 1);
        expect((await stores.watches.inGroup(groupId)).items).toHaveLength(1);
        await clock.advance(1);
        expect((await stores.watches.inGroup(groupId)).items).toEqual([]);
      });

      it("of a group are read small, in the order of their ids, page by page, without those of its neighbours", async () => {
        const ids = Array.from({ length: 6 }, (_, index) => `i${index}`);
        await Promise.all(ids.map((id) => stores.watches.addIfAbsent(aWatch(id))));
        await stores.watches.addIfAbsent({ ...aWatch("x"), id: "T1/main/prod2/x/C1", project: "prod2" });
        const first = await stores.watches.inGroup(groupId);
        expect(first.next).toBeDefined();
        const second = await stores.watches.inGroup(groupId, first.next);
        expect(second.next).toBeUndefined();
        const rows = [...first.items, ...second.items];
        expect(rows.map(({ instanceId }) => instanceId)).toEqual(ids.toSorted());
        expect(rows[0]).toEqual(rowOf(aWatch("i0")));
      });

      it("keep what people decide while the engine is at work on them", async () => {
        const lease = await leaseNow();
        const { watch } = await stores.watches.addIfAbsent(aWatch());
        const isWritten = await others.watches.revise(watch.id, ({ watch: now }) => ({ ...now, snoozedUntil: 5 }));
        expect(isWritten).toBe(true);
        const committed = await stores.watches.commit({ ...watch, posts: 1 }, lease);
        expect(committed).toEqual({ ...watch, posts: 1, snoozedUntil: 5, version: 1, fence: lease.token });
      });
    });

    describe("records of instances", () => {
      const seen = observationAt({ id: "i1", ends: "FAILED" }, t0 + minutes(60));
      const evidence = seen.kind === "seen" ? evidenceOf(seen, t0) : undefined;
      const save = async (record: InstanceRecord) => {
        expect(await stores.instances.save(record)).toBe(true);
        return (await others.instances.get(place, record.instanceId))!;
      };

      it("are there when they were saved, as they were, one version on", async () => {
        expect(await stores.instances.get(place, "i1")).toBeUndefined();
        const record = withEvents({ ...newRecord(place, "i1"), ...(evidence === undefined ? {} : { evidence }) }, event("i1"));
        const saved = await save(record);
        expect(saved).toEqual({ ...record, version: 1, evidence: JSON.parse(JSON.stringify(evidence)) });
      });

      it("are saved by one of many who read the same version", async () => {
        const saved = await save(withEvents(newRecord(place, "i1"), event("i1")));
        for (const over of [{ events: [] }, { evidence: evidence! }, withEvents(saved, event("i1", "again"))]) {
          const current = (await stores.instances.get(place, "i1"))!;
          const tries = many.map(() => stores.instances.save({ ...current, ...over, version: current.version }));
          expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
          expect(await stores.instances.save({ ...saved, version: current.version })).toBe(false);
        }
      });

      it("are found while they have something to publish, those of their group, and never again", async () => {
        const first = await save(withEvents(newRecord(place, "i1"), event("i1")));
        const second = await save(withEvents(newRecord(place, "i2"), event("i2"), event("i2", "started")));
        await save(newRecord(place, "i3"));
        await save(withEvents(newRecord({ ...place, project: "prod2" }, "i4"), event("i4")));
        expect(await others.instances.unpublished(groupId)).toEqual([first, second]);
        expect(await save({ ...first, events: [] })).toEqual({ ...first, events: [], version: 2 });
        await save({ ...second, events: [event("i2", "started")] });
        expect((await others.instances.unpublished(groupId)).map(({ events }) => events)).toEqual([[event("i2", "started")]]);
        await clock.advance(hours(24 * 80));
        expect((await stores.instances.get(place, "i1"))?.known).toEqual([event("i1").id]);
        expect(await stores.instances.unpublished(groupId)).toHaveLength(1);
      });

      it("live for 90 days", async () => {
        await save({ ...newRecord(place, "i1"), evidence: evidence! });
        await clock.advance(hours(24 * 90));
        expect(await stores.instances.get(place, "i1")).toBeUndefined();
      });
    });

    describe("subscriptions", () => {
      const aSubscription = (id: string, over: Partial<Subscription> = {}): Subscription => ({
        schema: 1,
        id,
        ...place,
        channel: "C1",
        createdBy: "ann",
        createdAt: t0,
        on: ["failed"],
        ...over,
      });

      it("are found by their group and by their channel until they are taken away", async () => {
        await stores.subscriptions.put(aSubscription("a"));
        await stores.subscriptions.put(aSubscription("b", { channel: "C2" }));
        await stores.subscriptions.put(aSubscription("c", { project: "prod2" }));
        expect((await others.subscriptions.ofGroup(groupId)).map(({ id }) => id)).toEqual(["a", "b"]);
        expect((await others.subscriptions.ofChannel(channel)).map(({ id }) => id)).toEqual(["a", "c"]);
        expect(await stores.subscriptions.remove(place, "a")).toBe(true);
        expect(await stores.subscriptions.remove(place, "a")).toBe(false);
        expect((await others.subscriptions.ofGroup(groupId)).map(({ id }) => id)).toEqual(["b"]);
        expect((await others.subscriptions.ofChannel(channel)).map(({ id }) => id)).toEqual(["c"]);
      });

      it("are closed with their channel, all of them, and are there until somebody forgets them", async () => {
        await stores.subscriptions.put(aSubscription("a"));
        await stores.subscriptions.put(aSubscription("b", { channel: "C2" }));
        await stores.subscriptions.put(aSubscription("c", { project: "prod2" }));
        await stores.subscriptions.close(channel, "archived", 5);
        await others.subscriptions.close(channel, "left", 6);
        const closed = { reason: "archived", at: 5, tried: false, lost: 0 };
        const [a, b] = await others.subscriptions.ofGroup(groupId);
        expect([a?.closed, b?.closed]).toEqual([closed, undefined]);
        expect((await stores.subscriptions.ofGroup("T1/main/prod2")).map((each) => each.closed)).toEqual([closed]);
        expect(await stores.subscriptions.ofChannel(channel)).toEqual([]);
        const read = aSubscription("a", { closed });
        const marked = aSubscription("a", { closed: { ...closed, tried: true } });
        expect(await stores.subscriptions.keep(read, marked)).toBe(true);
        expect(await others.subscriptions.keep(read, undefined)).toBe(false);
        expect(await others.subscriptions.keep(marked, undefined)).toBe(true);
        expect((await stores.subscriptions.ofGroup(groupId)).map(({ id }) => id)).toEqual(["b"]);
      });

      it("that are closed are opened by whoever subscribes again, and nobody forgets them then", async () => {
        await stores.subscriptions.put(aSubscription("a"));
        await stores.subscriptions.close(channel, "left", 5);
        const [closed] = await stores.subscriptions.ofGroup(groupId);
        await others.subscriptions.put(aSubscription("a"));
        expect(closed === undefined || (await stores.subscriptions.keep(closed, undefined))).toBe(false);
        expect(await others.subscriptions.ofChannel(channel)).toEqual([aSubscription("a")]);
      });

      it("live as long as somebody looks at them", async () => {
        await stores.subscriptions.put(aSubscription("a"));
        for (let year = 0; year < 3; year += 1) {
          await clock.advance(hours(24 * 365));
          expect(await stores.subscriptions.ofGroup(groupId)).toHaveLength(1);
        }
        expect(await stores.subscriptions.ofChannel(channel)).toHaveLength(1);
      });
    });

    describe("discoveries", () => {
      it("keep what is open, replace it by its id and let it go", async () => {
        const lease = await leaseNow();
        await stores.discoveries.upsert(lease, [{ id: "i1", owner: "ann", startTime: 1 }, { id: "i2" }]);
        await stores.discoveries.upsert(lease, [{ id: "i1", isEnded: "unreported" }]);
        await stores.discoveries.remove(lease, ["i2", "i7"]);
        expect(await others.discoveries.open(groupId)).toEqual({ items: [{ id: "i1", isEnded: "unreported" }] });
      });

      it("take nothing from a lease that a later one wrote after", async () => {
        const early = await leaseNow();
        await clock.advance(90_000);
        const late = await leaseNow();
        expect(await stores.discoveries.cursor(groupId)).toBeUndefined();
        await stores.discoveries.moveCursor(late, 200);
        await stores.discoveries.moveCursor(early, 100);
        await stores.discoveries.upsert(late, [{ id: "i1", isEnded: "reported" }]);
        await stores.discoveries.upsert(early, [{ id: "i1" }]);
        await stores.discoveries.remove(early, ["i1"]);
        expect(await stores.discoveries.cursor(groupId)).toBe(200);
        expect((await stores.discoveries.open(groupId)).items).toEqual([{ id: "i1", isEnded: "reported" }]);
      });

      it("are read page by page", async () => {
        const lease = await leaseNow();
        const all = Array.from({ length: 6 }, (_, index) => ({ id: `i${index}` }));
        await stores.discoveries.upsert(lease, all);
        const first = await stores.discoveries.open(groupId);
        const second = await stores.discoveries.open(groupId, first.next);
        expect([...first.items, ...second.items]).toEqual(all);
        expect(second.next).toBeUndefined();
      });
    });

    it("histories take each run once, also many at the same time", async () => {
      const run = (index: number): Run => ({ instanceId: `i${index}`, outcome: "success", endedAt: index, durationMs: 1 });
      await Promise.all([...many, ...many].map((index) => stores.histories.add("prod/etl", run(index))));
      const history = await others.histories.get("prod/etl");
      expect(history.runs.map(({ instanceId }) => instanceId)).toEqual(many.toReversed().map((index) => `i${index}`));
      expect(await stores.histories.get("prod/other")).toEqual({ schema: 1, job: "prod/other", runs: [] });
    });

    describe("channels", () => {
      const aHeld = (id: string, over: Partial<Held> = {}): Held => ({
        schema: 1,
        id,
        ...channel,
        why: "quiet",
        until: clock.now() + 1_000,
        project: "prod",
        instanceId: "i1",
        announcement: { kind: "finished", key: "finished", at: 5, to: "thread", outcome: "success" },
        ...over,
      });

      it("have their state saved by one of many who read the same version", async () => {
        for (const expected of [1, 2]) {
          const state = await stores.channels.state(channel);
          const saved = await Promise.all(many.map((each) => stores.channels.save({ ...state, recent: [each] })));
          const [winner, ...rest] = saved.filter((each) => each !== undefined);
          expect(rest).toEqual([]);
          expect(winner?.version).toBe(expected);
          expect(await others.channels.state(channel)).toEqual(winner);
        }
      });

      it("keep what was set up in them for as long as they are looked at, whoever else writes", async () => {
        const quiet = { from: 0, to: 60, zone: "UTC" };
        await Promise.all([
          stores.channels.revise(channel, (state) => ({ ...state, quiet })),
          others.channels.revise(channel, (state) => ({ ...state, mutes: [{ id: "m", glob: "*", until: 9, by: "ann" }] })),
        ]);
        for (let year = 0; year < 3; year += 1) {
          await clock.advance(hours(24 * 365));
          expect(await stores.channels.state(channel)).toMatchObject({ quiet, mutes: [{ id: "m" }], version: 2 });
        }
      });

      it("give what is due, oldest first and no more than asked for", async () => {
        const at = (moment: number): Held["announcement"] => ({ kind: "stuck", key: "k", at: moment, to: "thread", since: 0 });
        await stores.channels.hold(aHeld("b", { announcement: at(2) }));
        await stores.channels.hold(aHeld("c", { announcement: at(1) }));
        await stores.channels.hold(aHeld("a", { announcement: at(2) }));
        await stores.channels.hold(aHeld("d", { announcement: at(0), until: clock.now() + 1_001 }));
        const due = async (moment: number, limit = 10) => (await others.channels.due(channel, moment, limit)).map(({ id }) => id);
        expect(await due(clock.now())).toEqual([]);
        expect(await due(clock.now() + 1_000)).toEqual(["c", "a", "b"]);
        expect(await due(clock.now() + 1_000, 2)).toEqual(["c", "a"]);
        expect(await due(clock.now() + 1_001)).toEqual(["d", "c", "a", "b"]);
      });

      it("put the same aside once, also after it was dropped", async () => {
        await stores.channels.hold(aHeld("a"));
        await others.channels.hold(aHeld("a", { until: clock.now() }));
        expect(await stores.channels.due(channel, clock.now(), 10)).toEqual([]);
        await stores.channels.drop(channel, ["a", "never held"]);
        await stores.channels.hold(aHeld("a"));
        expect(await stores.channels.due(channel, clock.now() + 1_000, 10)).toEqual([]);
      });

      it("put aside anew what was taken back, but not what was dropped", async () => {
        const due = async () => (await others.channels.due(channel, clock.now() + 1_000, 10)).map(({ id }) => id);
        for (const id of ["a", "b"]) await stores.channels.hold(aHeld(id));
        await stores.channels.drop(channel, ["b"]);
        for (const id of ["a", "b", "never held"]) await stores.channels.takeBack(channel, id);
        expect(await due()).toEqual([]);
        for (const id of ["a", "b"]) await stores.channels.hold(aHeld(id));
        expect(await due()).toEqual(["a"]);
      });

      it("wait while something is due, or a summary was begun", async () => {
        const c2 = { team: "T1", channel: "C2" };
        await stores.channels.hold(aHeld("a"));
        await stores.channels.hold(aHeld("b", { channel: "C2", until: clock.now() + 2_000 }));
        expect(await others.channels.waiting(clock.now())).toEqual([]);
        expect(await others.channels.waiting(clock.now() + 1_000)).toEqual([channel]);
        expect(await others.channels.waiting(Number.MAX_SAFE_INTEGER)).toEqual([channel, c2]);
        const state = await stores.channels.state(channel);
        const begun = { ...state, sending: { id: "s", ids: ["a"], at: 0, lost: 0, busyUntil: 0 } };
        const saved = await stores.channels.save(begun);
        await stores.channels.drop(channel, ["a"]);
        await stores.channels.drop(c2, ["b"]);
        expect(await others.channels.waiting(clock.now())).toEqual([channel]);
        const { sending: _, ...over } = saved!;
        await stores.channels.save(over);
        expect(await others.channels.waiting(Number.MAX_SAFE_INTEGER)).toEqual([]);
        await stores.channels.hold(aHeld("c"));
        expect(await others.channels.waiting(Number.MAX_SAFE_INTEGER)).toEqual([channel]);
      });

      it("lose nothing that is put aside while others look for channels that wait", async () => {
        for (const each of many) {
          const id = `h${each}`;
          await Promise.all([
            stores.channels.hold(aHeld(id)),
            others.channels.waiting(clock.now()),
            stores.channels.waiting(clock.now()),
          ]);
          expect(await stores.channels.waiting(clock.now() + 1_000)).toEqual([channel]);
          await stores.channels.drop(channel, [id]);
        }
      });

      it("take ids of any length", async () => {
        const ids = [`${"é".repeat(1_000)}1`, `${"é".repeat(1_000)}2`];
        for (const id of ids) await stores.channels.hold(aHeld(id));
        expect((await stores.channels.due(channel, clock.now() + 1_000, 10)).map(({ id }) => id)).toEqual(ids);
        await stores.channels.drop(channel, ids);
        expect(await stores.channels.due(channel, clock.now() + 1_000, 10)).toEqual([]);
      });
    });

    it("outages are saved by one of many who read the same version, and are over when they end", async () => {
      const outage = newOutage("T1/main", "no answer", clock.now());
      const saved = await Promise.all(many.map(() => stores.outages.save(outage)));
      const [winner, ...rest] = saved.filter((each) => each !== undefined);
      expect(rest).toEqual([]);
      expect(await others.outages.get(outage.id)).toEqual({ ...outage, version: 1 });
      const noticed = await stores.outages.save({ ...winner!, noticed: ["C1"] });
      expect(await stores.outages.end(winner!)).toBe(false);
      expect(await stores.outages.end(noticed!)).toBe(true);
      expect(await stores.outages.get(outage.id)).toBeUndefined();
      expect(await stores.outages.end(noticed!)).toBe(false);
      expect(await stores.outages.save(outage)).toEqual({ ...outage, version: 1 });
    });

    it("edits of cards are 40 a minute for all processes together, of which ten are kept for the urgent", async () => {
      const take = async (count: number, isUrgent: boolean) => {
        const both = Array.from({ length: count }, (_, index) =>
          (index % 2 === 0 ? stores : others).budget.takeEdit("T1", isUrgent),
        );
        return (await Promise.all(both)).filter(Boolean).length;
      };
      expect(await take(60, false)).toBe(30);
      expect(await take(1, true)).toBe(1);
      expect(await take(6, false)).toBe(0);
      expect(await take(30, true)).toBe(9);
      expect(await take(1, true)).toBe(0);
      expect(await stores.budget.takeEdit("T2", false)).toBe(true);
      await clock.advance(minutes(1));
      expect(await take(1, false)).toBe(1);
    });

    it("the project of a channel is what was set last, or none", async () => {
      expect(await stores.channelProject.of(channel)).toBeUndefined();
      await stores.channelProject.set(channel, "prod", "ann");
      expect(await others.channelProject.of(channel)).toBe("prod");
      await stores.channelProject.set(channel, undefined, "ann");
      expect(await others.channelProject.of(channel)).toBeUndefined();
    });
  });
}
