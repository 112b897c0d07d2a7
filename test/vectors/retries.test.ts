import { Agent, buildConnector, errors } from "undici";
import { describe, expect, it, onTestFinished } from "vitest";
import { call } from "../../src/maxcompute/call.ts";
import { connectionFrom } from "../../src/maxcompute/connection.ts";
import { repeatRead, repeatUnsent } from "../../src/maxcompute/retry.ts";
import { aServer, testNow, testOptions } from "../maxcompute/a-client.ts";
import { casesToMatch, recordedCases } from "./vectors.ts";

type Answer = number | "read-timeout" | "reset" | "connect-timeout" | "connect-refused";
type Input = { method: "GET" | "PUT" | "POST"; answers: Answer[] };
type Expected = { finalStatus?: number; error?: string; attempts: number; sleepsSeconds: number[] };

/** The recorded failures in this client's words. */
const kinds: Record<string, string> = {
  ServiceUnavailable: "server",
  FlowExceeded: "throttled",
  ReadTimeout: "timeout",
  ConnectionError: "unreachable",
  ConnectTimeout: "unreachable",
};

const play = async ({ method, answers }: Input, random: number) => {
  const sleeps: number[] = [];
  let attempts = 0;
  const answer = () => answers[Math.min(attempts, answers.length) - 1];
  const server = await aServer(() => {
    const now = answer();
    // Closed after each answer, so that every attempt connects anew and may fail to.
    if (typeof now === "number") return { status: now, headers: { connection: "close" } };
    return now === "reset" ? (response) => response.destroy() : () => undefined;
  });
  const connect = buildConnector({});
  const dispatcher = new Agent({
    connect: (options, callback) => {
      attempts += 1;
      if (answer() === "connect-timeout") return callback(new errors.ConnectTimeoutError("too slow"), null);
      return connect({ ...options, hostname: "127.0.0.1", port: new URL(server.origin).port }, callback);
    },
  });
  onTestFinished(() => dispatcher.destroy());
  const sleep = async (ms: number) => {
    sleeps.push(ms / 1000);
  };
  const connection = connectionFrom({
    ...testOptions,
    dispatcher,
    now: () => testNow,
    random: () => random,
    sleep,
    // Long enough for a busy machine to answer in; only the cases of a silent server wait for its end.
    timeouts: { requestMs: answers.includes("read-timeout") ? 700 : 20_000 },
  });
  const repeat = method === "GET" ? repeatRead : repeatUnsent;
  const outcome = await call(connection, { method, path: ["projects"], repeat }, Number.POSITIVE_INFINITY).then(
    ({ status }) => status,
    (error: { kind: string }) => error.kind,
  );
  return { outcome, attempts, sleeps };
};

describe("repetition", () => {
  it.each(casesToMatch<Input, Expected>("retries.json"))("$name", async ({ input, expected }) => {
    const played = await play(input, 0.5);
    expect(played).toEqual({
      outcome: expected.finalStatus ?? kinds[expected.error ?? ""],
      attempts: expected.attempts,
      sleeps: expected.sleepsSeconds,
    });
  });

  it.each(["get-503-forever", "get-connect-timeout-forever"])(
    "%s ends after the last attempt without one more wait",
    async (name) => {
      const recorded = recordedCases<Input, Expected>("retries.json").find((candidate) => candidate.name === name);
      if (recorded === undefined) throw new Error("not recorded");
      const { outcome, attempts, sleeps } = await play(recorded.input, 0.5);
      expect(outcome).toBe(kinds[recorded.expected.error ?? ""]);
      expect(attempts).toBe(recorded.expected.attempts);
      expect(sleeps).toEqual(recorded.expected.sleepsSeconds.slice(0, -1));
    },
  );

  it.each([
    [0, [0.05, 0.1, 0.2, 0.4]],
    [1, [0.15, 0.3, 0.6, 1.2]],
  ])("spreads the waits: random %d", async (random, expected) => {
    const { sleeps } = await play({ method: "GET", answers: [503] }, random);
    sleeps.forEach((seconds, index) => {
      expect(seconds).toBeCloseTo(expected[index] ?? 0);
    });
    expect(sleeps).toHaveLength(4);
  });

  it.each(["put-503", "put-502", "put-500", "put-429", "put-read-timeout", "put-reset"])(
    "%s: a write is sent once",
    async (name) => {
      const recorded = recordedCases<Input, Expected>("retries.json").find((candidate) => candidate.name === name);
      expect((await play(recorded?.input ?? { method: "PUT", answers: [] }, 0.5)).attempts).toBe(1);
    },
  );

  it.each(["PUT", "POST"] as const)("a %s that was never connected is sent again", async (method) => {
    expect(await play({ method, answers: ["connect-timeout", 200] }, 0.5)).toEqual({ outcome: 200, attempts: 2, sleeps: [0.1] });
  });

  it.each([429, 500])("a read is repeated after %d", async (status) => {
    expect(await play({ method: "GET", answers: [status, 200] }, 0.5)).toEqual({ outcome: 200, attempts: 2, sleeps: [0.1] });
  });
});
