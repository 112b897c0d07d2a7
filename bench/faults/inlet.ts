// How Slack's deliveries reach whoever plays the bot at the moment. What nobody took is kept: Slack delivers an event again.
import { createServer } from "node:http";
import { listen } from "./proxy.ts";

type Parcel = { readonly body: Buffer; readonly headers: Readonly<Record<string, string>> };

export type Inlet = {
  readonly url: string;
  /** Port of the bot; 0 when there is none. */
  to(port: number): void;
  /** Delivers the last parcel once more, as Slack repeats an event that nobody acknowledged. */
  again(): Promise<boolean>;
  close(): Promise<void>;
};

const kept = ["content-type", "x-slack-signature", "x-slack-request-timestamp", "user-agent"];

/** `acknowledged` is called when the bot has answered, before Slack has it. */
export async function startInlet(acknowledged: () => void): Promise<Inlet> {
  let port = 0;
  let last: Parcel | undefined;

  const deliver = async ({ body, headers }: Parcel) => {
    const answer = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: "POST", headers, body: new Uint8Array(body) });
    acknowledged();
    return answer;
  };

  const server = createServer((incoming, response) => {
    const take = async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const headers = Object.fromEntries(kept.map((name) => [name, String(incoming.headers[name] ?? "")]));
      last = { body: Buffer.concat(chunks), headers };
      const answer = await deliver(last);
      const body = Buffer.from(await answer.arrayBuffer());
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" }).end(body);
    };
    // Slack's own repetitions come after minutes; they are made by `again` instead.
    take().catch(() => response.writeHead(503, { "x-slack-no-retry": "1" }).end());
  });
  const url = await listen(server);
  return {
    url: `${url}/slack/events`,
    to(next) {
      port = next;
    },
    async again() {
      if (last === undefined) return false;
      const headers = { ...last.headers, "x-slack-retry-num": "1", "x-slack-retry-reason": "connection_failed" };
      return deliver({ ...last, headers }).then(
        ({ ok }) => ok,
        () => false,
      );
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
