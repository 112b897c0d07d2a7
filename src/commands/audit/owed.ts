// Which decisions still lack their outcome: remembered before the decision is written, so that no death leaves one that nobody knows of.
import * as z from "zod/mini";
import type { Log } from "../../log.ts";
import type { ItemStore } from "../store.ts";
import { days } from "../store.ts";
import { DecisionRow, OutcomeRow } from "./row.ts";

const Owed = z.object({
  schema: z.literal(1),
  state: z.literal("owed"),
  decision: DecisionRow,
  /** As it came out, once that is known. */
  outcome: z.optional(OutcomeRow),
  /** Who decided; a process that is alone has no name. */
  worker: z.optional(z.string()),
});
export type Owed = Omit<z.infer<typeof Owed>, "schema" | "state">;

/** Expired as soon as it is written; but clocks differ, and another process may still see it. */
const Settled = z.object({ schema: z.literal(1), state: z.literal("done") });
const settled: z.infer<typeof Settled> = { schema: 1, state: "done" };

const partition = "audit-owed";
const keptFor = days(7);
const keyOf = ({ requestId, id }: DecisionRow) => ({ partition, id: `${requestId}/${id}` });

export type OwedOutcomes = {
  /** Before the decision is written. Throws when that fails. */
  begin(owed: Owed): Promise<void>;
  /** What is to be written later; its loss is logged. Never throws. */
  remember(owed: Owed): Promise<void>;
  settle(decision: DecisionRow): Promise<void>;
  ofRequest(requestId: string): Promise<readonly Owed[]>;
  /** Requests with a decision that lacks its outcome. */
  requests(): Promise<readonly string[]>;
};

export function createOwedOutcomes(store: ItemStore, now: () => number, log: Log): OwedOutcomes {
  const stored = (owed: Owed): z.infer<typeof Owed> => ({ schema: 1, state: "owed", ...owed });
  const open = async (page: { readonly limit: number; readonly after?: string }) =>
    (await store.list(partition, page)).filter(({ value }) => !Settled.safeParse(value).success);
  return {
    async begin(owed) {
      if (!(await store.create(keyOf(owed.decision), stored(owed), now() + keptFor)))
        throw new Error("the id of a decision was used twice");
    },
    async remember(owed) {
      await store
        .put(keyOf(owed.decision), stored(owed), now() + keptFor)
        .catch((error: unknown) => log.error("audit.not_remembered", { row: owed.decision.id, error }));
    },
    settle: (decision) => store.put(keyOf(decision), settled, now()),
    async ofRequest(requestId) {
      const items = await open({ limit: 100, after: `${requestId}/` });
      return items
        .filter(({ key }) => key.id.startsWith(`${requestId}/`))
        .flatMap(({ key, value }) => {
          const { data } = Owed.safeParse(value);
          if (data === undefined) log.error("audit.unreadable", { item: key.id });
          return data ?? [];
        });
    },
    async requests() {
      const items = await open({ limit: 1_000 });
      return [...new Set(items.map(({ key }) => key.id.slice(0, key.id.indexOf("/"))))];
    },
  };
}
