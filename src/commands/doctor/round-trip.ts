// Something sent the way a command goes, and the mark of whoever received it.
import { type ItemStore, minutes } from "../store.ts";
import { broken, type Checkup, nameOf, ok, warning } from "./checkup.ts";

const keyOf = (id: string) => ({ partition: "pings", id });

/** Whoever receives a ping says so, where the one who sent it looks. */
export const answerPing = (store: Pick<ItemStore, "put">, id: string, now: number): Promise<void> =>
  store.put(keyOf(id), { schema: 1, at: now }, now + minutes(10));

export type RoundTripPorts = {
  readonly store: Pick<ItemStore, "get">;
  /** Sends a ping of this id. */
  ping(id: string): Promise<void>;
  now(): number;
  newId(): string;
  pause(ms: number): Promise<void>;
  /** What the way is called here, and what helps where nothing comes through, in one sentence each. */
  readonly name: string;
  readonly fix: string;
};

/** Between two looks for the mark, ms, and how many there are at most, whatever the clock says. */
const lookEveryMs = 150;
const mostLooks = 40;
/** A function that starts cold takes a second or two; what takes longer eats into the time of commands. */
const slowMs = 3_000;

export const roundTripCheckup = (ports: RoundTripPorts): Checkup => ({
  name: ports.name,
  async run(deadline) {
    const { store, ping, now, newId, pause, fix } = ports;
    const id = newId();
    const sentAt = now();
    try {
      await ping(id);
    } catch (error) {
      return broken(`nothing can be sent: ${nameOf(error)}`, fix);
    }
    for (let looks = 0; looks < mostLooks && now() < deadline; looks += 1) {
      if ((await store.get(keyOf(id))) !== undefined) return judge(now() - sentAt, fix);
      await pause(lookEveryMs);
    }
    return broken(`what was sent ${seconds(now() - sentAt)} ago has not come through`, fix);
  },
});

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const judge = (ms: number, fix: string) =>
  ms <= slowMs ? ok(`came through in ${seconds(ms)}`) : warning(`came through, but only after ${seconds(ms)}`, fix);
