// What discovery knows of a project: one item an instance that subscriptions wait for, and how far it has listed.
import * as z from "zod/mini";
import type { Discoveries, OpenInstance } from "../../watch/index.ts";
import { groupOf } from "../../watch/index.ts";
import { inLanes } from "../lanes.ts";
import { days } from "../store.ts";
import { change, type Keeping, lasting, readable, removal } from "./items.ts";
import { pageInScan } from "./scan-range.ts";

const Stored = z.object({
  schema: z.literal(1),
  instance: z.object({
    id: z.string(),
    owner: z.optional(z.string()),
    startTime: z.optional(z.number()),
    isEnded: z.optional(z.enum(["unreported", "reported"])),
  }),
  /** Fencing token of whoever wrote last. */
  fence: z.number(),
});
const Cursor = z.object({ schema: z.literal(1), cursor: z.number(), fence: z.number() });

/** No instance runs for so long. */
const openLives = days(30);

export function createDiscoveries(keeping: Keeping): Discoveries {
  const { store, now } = keeping;
  const partitionOf = (scanId: string) => `discovered/${groupOf(scanId)}`;
  const cursorKey = (scanId: string) => ({ partition: `discovery/${groupOf(scanId)}`, id: "cursor" });
  return {
    async cursor(groupId) {
      const item = await store.get(cursorKey(groupId));
      return item === undefined ? undefined : Cursor.parse(item.value).cursor;
    },
    async moveCursor({ groupId, token }, cursor) {
      await change(store, cursorKey(groupId), Cursor, (found) =>
        found !== undefined && found.fence > token
          ? undefined
          : { value: { schema: 1, cursor, fence: token }, expiresAt: now() + lasting, answer: true },
      );
    },
    async open(scanId, after) {
      const { items, next } = await pageInScan(keeping, partitionOf, scanId, after);
      const found = readable(items, Stored).map(({ instance }): OpenInstance => instance);
      return { items: found, ...(next === undefined ? {} : { next }) };
    },
    async upsert({ groupId, token }, instances) {
      await inLanes(instances, (instance) =>
        change(store, { partition: partitionOf(groupId), id: instance.id }, Stored, (found) =>
          found !== undefined && found.fence > token
            ? undefined
            : { value: { schema: 1, instance, fence: token }, expiresAt: now() + openLives, answer: true },
        ),
      );
    },
    async remove({ groupId, token }, ids) {
      await inLanes(ids, (id) =>
        change(store, { partition: partitionOf(groupId), id }, Stored, (found) =>
          found === undefined || found.fence > token ? undefined : { ...removal(now()), answer: true },
        ),
      );
    },
  };
}
