// The server's addresses under /sim, as functions. Every answer is { ok, error? } or the thing asked for.
import type { Delivery, Message, Simulation, Workspace } from "./shapes.ts";

async function bodyOf<Answer>(response: Response): Promise<Answer> {
  const body = await response.json();
  if (response.ok) return body;
  throw new Error(typeof body?.error === "string" ? body.error : `the workbench answered ${response.status}`);
}

/** A browser says no more than "Failed to fetch" when nobody answers. */
const reached = (path: string, options: RequestInit = {}): Promise<Response> =>
  fetch(path, options).catch((cause: unknown) => {
    throw new Error("the workbench does not answer; is it still running?", { cause });
  });

const get = async <Answer>(path: string): Promise<Answer> => bodyOf(await reached(path));

const post = async <Answer>(path: string, body: object): Promise<Answer> =>
  bodyOf(await reached(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }));

export type Click = { user: string; channel: string; message_ts: string; action_id: string; value?: string; confirm?: boolean };

export const ask = {
  workspace: () => get<Workspace>("/sim/slack"),
  messages: (channel: string, user: string) =>
    get<readonly Message[]>(`/sim/slack/messages?channel=${encodeURIComponent(channel)}&user=${encodeURIComponent(user)}`),
  command: (body: { user: string; channel: string; text: string }) => post<Delivery>("/sim/slack/command", body),
  message: (body: { user: string; channel: string; text: string; thread_ts?: string }) =>
    post<Delivery>("/sim/slack/message", body),
  click: (body: Click) => post<Delivery>("/sim/slack/action", body),
  suggest: (body: { user: string; channel: string; message_ts: string; action_id: string; value: string }) =>
    post<Delivery>("/sim/slack/suggest", body),
  submitView: (body: { user: string; view_id: string; values: object }) => post<Delivery>("/sim/slack/view", body),
  closeView: (body: { user: string; view_id: string }) => post<Delivery>("/sim/slack/view-closed", body),
  simulation: () => get<Simulation>("/sim/maxcompute"),
  startInstance: (scenario: string) => post<{ id: string }>("/sim/maxcompute/instances", { scenario }),
  fault: (body: { target: string; kind: string; [field: string]: string | number }) => post<{ ok: boolean }>("/sim/faults", body),
};
