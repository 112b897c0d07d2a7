// What both kinds of children are made of.
import { flushCompileCache } from "node:module";
import type { Clock } from "../../../src/bot.ts";
import { createLog, type Log } from "../../../src/log.ts";
import type { Order, Places, Report } from "../orders.ts";

export const version = "0.0.0";

/** Time as the parent wants it: later than it is, so that nobody waits for a deadline. */
export const clockAhead = (offsetMs: () => number): Clock => ({
  now: () => Date.now() + offsetMs(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
});

export function readPlaces(): Places {
  return JSON.parse(process.argv[2] ?? "{}");
}

export const childLog: Log = createLog((line) => process.stderr.write(line), Date.now, "warn");

export const report = (message: Report): void => void process.send?.(message);

/** Carries out one order after the other until the parent ends the process. */
export function obey<Asked extends { readonly offsetMs: number } = Order>(carryOut: (order: Asked) => Promise<unknown>): void {
  process.on("message", (message: Asked) => {
    if (!("offsetMs" in message)) return;
    carryOut(message).then(
      (value) => {
        report({ kind: "done", value });
        // Whoever is killed leaves no cache behind, and hundreds start after the first: it is written once there is something to keep.
        flushCompileCache();
      },
      (error: unknown) =>
        report({ kind: "failed", why: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on("disconnect", () => process.exit(0));
  report({ kind: "ready" });
}
