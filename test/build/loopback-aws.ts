// The services that the door asks, on loopback: parameters, a bus that writes down what it takes, and a table of given items. No code of the bot's in it.
import { once } from "node:events";
import { createServer } from "node:http";

export type PutEntry = {
  readonly EventBusName: string;
  readonly DetailType: string;
  readonly Source: string;
  readonly Detail: string;
};

type ItemKey = { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } };

export type LoopbackAws = {
  readonly url: string;
  /** How many times each operation was called. */
  readonly calls: Record<"GetParameters" | "PutEvents" | "GetItem", number>;
  /** Items as DynamoDB keeps them, by their `pk` and `sk`. */
  readonly items: Record<string, object>;
  readonly entries: PutEntry[];
  /** "silent" takes the connection and never answers. */
  bus: "takes" | "silent";
  /** "refuses" answers as for a role without the right. */
  store: "gives" | "refuses";
  close(): Promise<void>;
};

/** `parameters` by the last part of their names. */
export async function loopbackAws(parameters: Readonly<Record<string, string>>): Promise<LoopbackAws> {
  const calls = { GetParameters: 0, PutEvents: 0, GetItem: 0 };
  const items: Record<string, object> = {};
  const entries: PutEntry[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text) as {
      readonly Names?: readonly string[];
      readonly Entries?: readonly PutEntry[];
      readonly Key?: ItemKey;
    };
    const answer = (value: unknown, status = 200) =>
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(value));
    if (String(request.headers["x-amz-target"]).endsWith(".GetParameters")) {
      calls.GetParameters += 1;
      if (aws.store === "refuses") {
        answer({ __type: "AccessDeniedException", Message: "not authorized to perform ssm:GetParameters" }, 400);
        return;
      }
      const known = (body.Names ?? []).map((Name) => ({ Name, Value: parameters[Name.split("/").at(-1) ?? ""] }));
      answer({ Parameters: known.filter(({ Value }) => Value !== undefined) });
      return;
    }
    if (String(request.headers["x-amz-target"]).endsWith(".GetItem")) {
      calls.GetItem += 1;
      const Item = items[`${body.Key?.pk.S} ${body.Key?.sk.S}`];
      answer(Item === undefined ? {} : { Item });
      return;
    }
    calls.PutEvents += 1;
    if (aws.bus === "silent") return;
    entries.push(...(body.Entries ?? []));
    answer({ FailedEntryCount: 0, Entries: (body.Entries ?? []).map(() => ({ EventId: `event-${entries.length}` })) });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const aws: LoopbackAws = {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    calls,
    items,
    entries,
    bus: "takes",
    store: "gives",
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return aws;
}
