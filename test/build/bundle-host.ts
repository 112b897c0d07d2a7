// Runs in a process of its own, as Lambda's runtime does: imports one bundle, then hands it the events that arrive, one at a time.
import { performance } from "node:perf_hooks";

const send = (message: unknown): void => {
  process.send?.(message);
};

const { handler } = (await import(process.argv[2] ?? "")) as { handler: (event: unknown, context: object) => Promise<unknown> };
send({ kind: "ready", length: handler.length });

process.on("message", async ({ event, timeoutMs }: { event: unknown; timeoutMs: number }) => {
  const from = performance.now();
  const context = { getRemainingTimeInMillis: () => timeoutMs - (performance.now() - from) };
  try {
    send({ kind: "returned", value: await handler(event, context), ms: performance.now() - from });
  } catch (error) {
    send({ kind: "failed", error: String(error) });
  }
});
