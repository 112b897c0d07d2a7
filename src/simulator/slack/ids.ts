import { createHmac } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Table } from "./table.ts";

/** Ids that never repeat, also not over a restart, and are the same for the same history. */
export type Ids = {
  /** `V000000001` and the like. */
  next(prefix: string): string;
  /** Seconds and microseconds, unique in the workspace and rising: what Slack calls `ts`. */
  ts(): string;
  /** Something nobody can guess who does not know the secret. */
  secret(): string;
};

export function createIds(counters: Table<number>, clock: Clock, secret: string): Ids {
  const count = (name: string, atLeast = 0): number => {
    const value = Math.max((counters.get(name) ?? 0) + 1, atLeast);
    counters.put(name, value);
    return value;
  };
  return {
    next: (prefix) => prefix + count("id").toString(36).toUpperCase().padStart(8, "0"),
    ts() {
      const micros = count("ts", Math.floor(clock.now() * 1000));
      return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, "0")}`;
    },
    secret: () =>
      createHmac("sha256", secret)
        .update(`secret ${count("id")}`)
        .digest("hex")
        .slice(0, 32),
  };
}
