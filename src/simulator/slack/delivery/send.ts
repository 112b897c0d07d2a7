import type { Workspace } from "../workspace.ts";
import { signature } from "./sign.ts";

/** How the bot took a delivery. Slack waits three seconds, the network included. */
export type Answer =
  | { readonly kind: "answered"; readonly status: number; readonly body: string; readonly noRetry: boolean }
  | { readonly kind: "timeout" }
  | { readonly kind: "unreachable" };

export const deadlineMs = 3000;
const mostAnswerBytes = 1024 * 1024;

export type Parcel = {
  readonly body: string;
  readonly contentType: "application/x-www-form-urlencoded" | "application/json";
  readonly headers?: Readonly<Record<string, string>>;
};

/** Signs and delivers; twice when a duplicate was ordered, and then the first copy's answer counts. */
export async function send(parcel: Parcel, workspace: Workspace): Promise<Answer> {
  if (workspace.faults.takes("duplicate_delivery")) {
    workspace.background.run(async () => {
      await sendOnce(parcel, workspace);
    });
  }
  return sendOnce(parcel, workspace);
}

async function sendOnce(parcel: Parcel, { background, clock, options }: Workspace): Promise<Answer> {
  const late = new AbortController();
  const { promise: timeout, resolve } = Promise.withResolvers<Answer>();
  const stop = background.after(deadlineMs, () => {
    resolve({ kind: "timeout" });
    late.abort();
  });
  const headers = {
    "content-type": parcel.contentType,
    accept: "application/json,*/*",
    "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    ...signature(options.signingSecret, parcel.body, clock.now()),
    ...parcel.headers,
  };
  const signal = AbortSignal.any([late.signal, background.closing]);
  const answer = await Promise.race([timeout, exchange(options.requestUrl(), parcel.body, headers, signal)]);
  stop();
  return answer;
}

async function exchange(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const response = await fetch(url, { method: "POST", body, headers, signal, redirect: "manual" });
    const noRetry = response.headers.get("x-slack-no-retry") === "1";
    return { kind: "answered", status: response.status, body: await readText(response), noRetry };
  } catch {
    // Refused, cut off or aborted: what a bot that is down looks like from outside.
    return { kind: "unreachable" };
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > mostAnswerBytes) throw new Error("the answer of the bot is larger than 1 MiB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

export function isFine(answer: Answer): answer is Extract<Answer, { kind: "answered" }> {
  return answer.kind === "answered" && answer.status >= 200 && answer.status < 300;
}

/** Slack's word for a delivery that failed, as it tells the person who typed or clicked. */
export function failureWord(answer: Answer): string {
  return answer.kind === "timeout" ? "operation_timeout" : "dispatch_failed";
}
