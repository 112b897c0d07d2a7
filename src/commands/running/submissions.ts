// What the bot submits, on record before it is: under its Guid, so that whoever finds an unfinished one can look for the instance and
// never has to submit again (production rule 6).
import * as z from "zod/mini";
import { shortHash } from "../ids.ts";
import { Caller } from "../request.ts";
import type { ItemStore } from "../store.ts";
import { days, hours, minutes } from "../store.ts";
import { Job } from "./job.ts";

const Submission = z.object({
  schema: z.literal(1),
  /**
   * preparing: nothing has been sent. submitting: it may have been. submitted: the instance is known. owing: it has ended, and its rows are
   * still to be asked for. refused, dropped: there is none, for certain. lost: nobody can tell. over: it has ended, or its time was up and it
   * was stopped.
   */
  state: z.enum(["preparing", "submitting", "submitted", "owing", "refused", "dropped", "lost", "over"]),
  /** By which the service knows it. */
  guid: z.string(),
  requester: Caller,
  channel: z.string(),
  project: z.string(),
  job: Job,
  /** Rows that are read back. */
  limit: z.number(),
  timeoutMs: z.number(),
  /** Epoch ms. */
  at: z.number(),
  /** The day that it counts for in the requester's budget. */
  day: z.string(),
  /** Where it is watched; absent where the bot may not post. */
  watchIn: z.optional(z.string()),
  isWatched: z.optional(z.boolean()),
  instanceId: z.optional(z.string()),
  /** Epoch ms at which its time is up; set with the instance. */
  stopAt: z.optional(z.number()),
});
export type Submission = z.infer<typeof Submission>;
export type SubmissionState = Submission["state"];

export type Submissions = {
  /** Puts it on record; false when it is there already. */
  begin(id: string, draft: Omit<Submission, "schema" | "state" | "guid">): Promise<boolean>;
  find(id: string): Promise<Submission | undefined>;
  /** From one state to the next, by one conditional write; undefined when somebody else was faster. */
  move(
    id: string,
    from: SubmissionState,
    change: Partial<Submission> & Pick<Submission, "state">,
  ): Promise<Submission | undefined>;
  /** What the bot started under this instance's id. */
  ofInstance(team: string, project: string, instanceId: string): Promise<Submission | undefined>;
  /** Those that somebody has to look after yet. */
  open(): Promise<readonly (readonly [id: string, submission: Submission])[]>;
};

const Pointer = z.object({ at: z.number() });

/** Long enough to run it again. */
const keptFor = days(90);
const openOnes = "submissions";
const openStates: ReadonlySet<SubmissionState> = new Set(["preparing", "submitting", "submitted", "owing"]);
const isOpen = (state: SubmissionState): boolean => openStates.has(state);

/** A name that the service takes, and that says nothing about the intent. */
export const guidOf = (id: string): string => `odps_chatops_${shortHash(`submission\n${id}`, 26).toLowerCase()}`;

/** By which it is listed, and what its card is called: short, and of one submission alone but for a rare chance. */
export const jobNameOf = (guid: string): string => `chat_sql_${guid.slice(-8)}`;

export function createSubmissions(store: ItemStore, now: () => number): Submissions {
  const keyOf = (id: string) => ({ partition: `submission/${id}`, id: "submission" });
  const pointerOf = (id: string) => ({ partition: openOnes, id });
  const startedKey = (team: string, project: string, instanceId: string) => ({
    partition: `started/${team}/${project}/${instanceId}`,
    id: "submission",
  });
  const read = async (id: string) => {
    const item = await store.get(keyOf(id));
    const { data } = item === undefined ? {} : z.safeParse(Submission, item.value);
    return item === undefined || data === undefined ? undefined : { submission: data, version: item.version };
  };
  const unpoint = (id: string) => store.put(pointerOf(id), { schema: 1 }, now() - minutes(5));
  return {
    async begin(id, draft) {
      // Found by whoever looks after it, before it can be forgotten.
      await store.put(pointerOf(id), { schema: 1, at: now() }, now() + keptFor);
      return store.create(keyOf(id), { schema: 1, state: "preparing", guid: guidOf(id), ...draft }, now() + keptFor);
    },
    find: async (id) => (await read(id))?.submission,
    async move(id, from, change) {
      const found = await read(id);
      if (found === undefined || found.submission.state !== from) return undefined;
      const next: Submission = { ...found.submission, ...change };
      // Before it is said to be there, so that an instance that is known is found.
      if (next.instanceId !== undefined && found.submission.instanceId === undefined)
        await store.put(startedKey(next.requester.team, next.project, next.instanceId), { schema: 1, id }, now() + keptFor);
      if (!(await store.replace(keyOf(id), next, now() + keptFor, found.version))) return undefined;
      if (!isOpen(next.state)) await unpoint(id);
      return next;
    },
    async ofInstance(team, project, instanceId) {
      const item = await store.get(startedKey(team, project, instanceId));
      const { data } = z.safeParse(z.object({ id: z.string() }), item?.value);
      return data === undefined ? undefined : (await read(data.id))?.submission;
    },
    async open() {
      const pointers = await store.list(openOnes, { limit: 1_000 });
      const found: [string, Submission][] = [];
      for (const { key, value } of pointers) {
        const submission = (await read(key.id))?.submission;
        if (submission !== undefined && isOpen(submission.state)) found.push([key.id, submission]);
        // Whoever wrote it is done with it, or died before it wrote more; or has not come to that yet.
        else if (submission !== undefined || (z.safeParse(Pointer, value).data?.at ?? 0) + hours(1) < now())
          await unpoint(key.id);
      }
      return found;
    },
  };
}
