import type { IncomingMessage, ServerResponse } from "node:http";
import { type Credentials, verify } from "./auth/verify.ts";
import { type Call, readCall } from "./call.ts";
import { deliver } from "./deliver.ts";
import { type ErrorForm, jsonErrors, xmlErrors } from "./errors.ts";
import type { Ending, FaultBook } from "./faults.ts";
import { readBodyText } from "./read-body.ts";
import { faultReply, refusalReply } from "./refuse.ts";
import type { Reply } from "./reply.ts";
import { answer, isPublic } from "./routes/router.ts";
import { httpTime } from "./times.ts";
import { tunnelRequest } from "./tunnel/request-kind.ts";
import type { World } from "./world.ts";

type Parts = {
  readonly world: World;
  readonly credentials: Credentials;
  readonly faults: FaultBook;
  readonly newRequestId: () => string;
  readonly record: (method: string, url: string) => void;
};

const answerOrRefuse = async (
  call: () => Promise<Call>,
  { world, credentials }: Parts,
  requestId: string,
  form: ErrorForm,
): Promise<Reply> => {
  try {
    const read = await call();
    if (!isPublic(read)) verify(read, credentials);
    return await answer(read, world);
  } catch (thrown) {
    return refusalReply(thrown, requestId, form);
  }
};

const aborted = (signal: AbortSignal, faults: FaultBook): Promise<void> =>
  new Promise((resolve) => {
    const wake = (): void => {
      faults.waiting.delete(wake);
      resolve();
    };
    faults.waiting.add(wake);
    if (signal.aborted) wake();
    else signal.addEventListener("abort", wake);
  });

const later = (world: World, ms: number): Promise<void> => new Promise((resolve) => void world.clock.after(ms, resolve));

/** A cut before the reply and a hang swallow the request unless they are told that it took effect. */
const swallows = (ending: Ending | undefined): boolean => {
  if (ending?.kind === "cut") return ending.at !== "middle" && ending.executed !== true;
  return ending?.kind === "hang" && ending.executed !== true;
};

/** Answers one HTTP request: faults first, then credentials, then the routes. Never rejects. */
export const handleRequest = async (req: IncomingMessage, res: ServerResponse, parts: Parts): Promise<void> => {
  const { world, faults, record } = parts;
  const { method = "GET", url = "/" } = req;
  const gone = new AbortController();
  res.on("close", () => gone.abort());
  // A reader that breaks off is its own affair; without a listener it would end the process.
  res.on("error", () => gone.abort());
  record(method, url);
  const requestId = parts.newRequestId();
  const form = tunnelRequest(url) === undefined ? xmlErrors : jsonErrors;
  const { latencyMs, clockOffsetMs, ending } = faults.take(method, url);
  const serverTime = (): number => world.clock.now() + clockOffsetMs;
  const call = async (): Promise<Call> =>
    readCall({ method, url, headers: req.headers, body: await readBodyText(req), serverTime: serverTime(), signal: gone.signal });
  if (latencyMs > 0) await later(world, latencyMs);
  if (swallows(ending) && ending?.kind === "cut") return void res.destroy();
  if (swallows(ending)) await aborted(gone.signal, faults);
  const reply = faultReply(ending, world.settings, requestId, form) ?? (await answerOrRefuse(call, parts, requestId, form));
  if (ending?.kind === "hang" && ending.executed === true) await aborted(gone.signal, faults);
  if (res.destroyed) return;
  const headers = { date: httpTime(serverTime()), "x-odps-request-id": requestId, ...reply.headers };
  await deliver(res, { ...reply, headers }, ending, world.clock);
};
