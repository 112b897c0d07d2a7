// A simulated Slack with a small bot beside it, both on real sockets; the clock moves only by hand.
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { SlackOptions } from "../../../src/simulator/slack/api.ts";
import { startSlackSimulator } from "../../../src/simulator/slack/index.ts";
import { manualClock } from "../../support/manual-clock.ts";

export type Received = { readonly headers: IncomingHttpHeaders; readonly body: string; readonly form: URLSearchParams };
export type BotAnswer =
  | { readonly status?: number; readonly body?: unknown; readonly headers?: Record<string, string> }
  | "silence";

export const secret = "signing secret of the tests";
export const token = "xoxb-test";

/** A bot that notes what it is sent and answers as told; "silence" leaves Slack waiting. */
export async function startBot() {
  const received: Received[] = [];
  let answers: BotAnswer[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body, form: new URLSearchParams(body) });
    const answer = answers.shift() ?? {};
    if (answer === "silence") return;
    const isJson = typeof answer.body === "object";
    const type = isJson ? { "content-type": "application/json" } : {};
    response.writeHead(answer.status ?? 200, { ...type, ...answer.headers });
    response.end(isJson ? JSON.stringify(answer.body) : String(answer.body ?? ""));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/slack`,
    received,
    /** The interactive payload of the newest delivery. */
    payload: () => JSON.parse(received.at(-1)?.form.get("payload") ?? "null"),
    event: () => JSON.parse(received.at(-1)?.body ?? "null"),
    willAnswer(...next: BotAnswer[]) {
      answers = next;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A manual clock that also tells which delays are being waited for: how a test knows that Slack has settled on the next step. */
export function watchedClock() {
  const clock = manualClock();
  const waiting = new Set<{ readonly delayMs: number }>();
  return {
    now: clock.now,
    advance: clock.advance,
    waiting: () => [...waiting].map(({ delayMs }) => delayMs),
    after(delayMs: number, task: () => void) {
      const entry = { delayMs };
      waiting.add(entry);
      const cancel = clock.after(delayMs, () => {
        waiting.delete(entry);
        task();
      });
      return () => {
        waiting.delete(entry);
        cancel();
      };
    },
  };
}

export async function startSlack(options: Partial<SlackOptions> = {}) {
  const bot = await startBot();
  const clock = watchedClock();
  const slack = await startSlackSimulator({
    clock,
    requestUrl: () => bot.url,
    signingSecret: secret,
    botToken: token,
    ...options,
  });
  const call = async (method: string, args: unknown, authorization = `Bearer ${token}`) => {
    const headers = { "content-type": "application/json; charset=utf-8", authorization };
    const response = await fetch(`${slack.url}/api/${method}`, { method: "POST", headers, body: JSON.stringify(args) });
    return { status: response.status, headers: response.headers, json: JSON.parse((await response.text()) || "null") };
  };
  const respond = async (url: string | null, body: unknown) => {
    const response = await fetch(url ?? "", { method: "POST", body: JSON.stringify(body) });
    return { status: response.status, json: JSON.parse((await response.text()) || "null") };
  };
  return {
    bot,
    clock,
    slack,
    call,
    respond,
    say: async (text: string, more: object = {}) =>
      (await call("chat.postMessage", { channel: general, text, ...more })).json.ts as string,
    texts: (channel: string, user?: string) => slack.messages({ channel, ...(user && { user }) }).map((message) => message.text),
    async close() {
      bot.close();
      await slack.close();
    },
  };
}

export type Rig = Awaited<ReturnType<typeof startSlack>>;

export const general = "C0GENERAL1";
export const random = "C0RANDOM01";
export const secretOps = "C0SECRET01";
export const ann = "U0ANN0001";
export const bob = "U0BOB0001";
export const botUser = "U0ODPS001";

/** Waits, on real I/O but not on the simulated clock, until something holds. */
export async function until(holds: () => boolean): Promise<void> {
  const giveUp = performance.now() + 5000;
  while (!holds()) {
    if (performance.now() > giveUp) throw new Error("it never came to hold");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export const plain = (text: string) => ({ type: "plain_text", text });
export const marked = (text: string) => ({ type: "mrkdwn", text });
export const aButton = (more: object = {}) => ({
  type: "button",
  action_id: "press",
  text: plain("Press"),
  value: "v1",
  ...more,
});
export const anActions = (...elements: object[]) => ({ type: "actions", block_id: "acts", elements });
export const aModal = (more: object = {}) => ({
  type: "modal",
  callback_id: "ask",
  title: plain("Ask"),
  submit: plain("Go"),
  blocks: [
    {
      type: "input",
      block_id: "reason",
      label: plain("Why"),
      element: { type: "plain_text_input", action_id: "v", min_length: 2, max_length: 9 },
    },
  ],
  ...more,
});
