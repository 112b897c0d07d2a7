// What people and tests may ask of the workbench; everything is judged here before it reaches a simulator.
import { z } from "zod";
import { streamSpoil } from "../../simulator/maxcompute/index.ts";

const name = z.string().min(1).max(100);
const text = z.string().max(40_000);
const key = z.string().regex(/^[\w.-]{1,100}$/);
const times = z.number().int().min(1).max(10_000);

export const commandRequest = z.strictObject({ user: name, channel: name, text });

export const messageRequest = z.strictObject({ user: name, channel: name, text: text.min(1), thread_ts: name.exactOptional() });

export const actionRequest = z.strictObject({
  user: name,
  channel: name,
  message_ts: name,
  action_id: z.string().min(1).max(255),
  value: z.string().max(2000).exactOptional(),
  confirm: z.boolean().exactOptional(),
});

export const suggestRequest = z.strictObject({
  user: name,
  channel: name,
  message_ts: name,
  action_id: z.string().min(1).max(255),
  value: z.string().max(300),
});

/** `values` is { block_id: { action_id: text, option value or list of them } } or, short, { action_id: text }. */
export const viewRequest = z.strictObject({ user: name, view_id: name, values: z.record(z.string().max(255), z.unknown()) });

export const closeRequest = z.strictObject({ user: name, view_id: name });

/** { "scenario": "running", "seconds": 30 }: what else may stand beside `scenario` is the scenario's own affair. */
export const instanceRequest = z
  .object({ scenario: key })
  .catchall(z.union([z.string().max(10_000), z.number(), z.boolean()], { error: "must be a text, a number or a boolean" }))
  .refine((body) => Object.keys(body).every((field) => key.safeParse(field).success), "a field has an unusable name")
  .refine((body) => Object.keys(body).length <= 20, "too many fields");

const ofMaxCompute = {
  target: z.literal("maxcompute"),
  times: times.exactOptional(),
  tunnel: z.enum(["session", "read"]).exactOptional(),
};
const maxComputeFault = z.discriminatedUnion("kind", [
  z.strictObject({ ...ofMaxCompute, kind: z.literal("slow"), ms: z.number().min(0).max(600_000) }),
  z.strictObject({ ...ofMaxCompute, kind: z.literal("http"), status: z.number().int().min(400).max(599).default(500) }),
  z.strictObject({ ...ofMaxCompute, kind: z.literal("throttled"), retryAfterSeconds: z.number().min(0).max(600).default(1) }),
  z.strictObject({ ...ofMaxCompute, kind: z.literal("conflict"), retryAfterSeconds: z.number().min(0).max(600).default(1) }),
  z.strictObject({ ...ofMaxCompute, kind: z.literal("unreachable") }),
  z.strictObject({ ...ofMaxCompute, kind: z.literal("stream"), spoil: streamSpoil }),
  z.strictObject({ target: z.literal("maxcompute"), kind: z.literal("clear") }),
]);

const method = key.exactOptional();
const once = times.default(1);
const slackFault = z.discriminatedUnion("kind", [
  z.strictObject({
    target: z.literal("slack"),
    kind: z.literal("rate_limited"),
    method,
    retryAfterSeconds: z.number().min(0).max(600).default(1),
    times: once,
  }),
  z.strictObject({ target: z.literal("slack"), kind: z.literal("error"), method, error: key, times: once }),
  z.strictObject({
    target: z.literal("slack"),
    kind: z.literal("http"),
    method,
    status: z.number().int().min(400).max(599),
    times: once,
  }),
  z.strictObject({ target: z.literal("slack"), kind: z.literal("lost_answer"), method, times: once }),
  z.strictObject({
    target: z.literal("slack"),
    kind: z.literal("latency"),
    method,
    ms: z.number().min(0).max(600_000),
    times: once,
  }),
  z.strictObject({ target: z.literal("slack"), kind: z.literal("dead_response_url"), times: once }),
  z.strictObject({ target: z.literal("slack"), kind: z.literal("duplicate_delivery"), times: once }),
  z.strictObject({ target: z.literal("slack"), kind: z.literal("clear") }),
]);

/** { "target": "maxcompute", "kind": "stream", "spoil": { "how": "cut" }, "times": 1 }; kind "clear" ends what was set for that target. */
export const faultRequest = z.discriminatedUnion("target", [maxComputeFault, slackFault]);
