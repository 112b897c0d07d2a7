// A DynamoDB that does everything its documentation allows: a proxy in front of dynalite, which alone is far too kind.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { listening } from "./dynalite.ts";
import { type Answer, createStaleIndexes } from "./hostile-dynamo-index.ts";
import { type Body, shortPage, splitBatchGet, splitBatchWrite } from "./hostile-dynamo-limits.ts";
import { type Trouble, troubleOf } from "./hostile-dynamo-trouble.ts";

type Chosen = { readonly trouble?: Trouble; readonly meanwhile?: () => Promise<unknown> };
type Scripted = Trouble | Chosen;

export type HostileDynamo = {
  readonly endpoint: string;
  /** Every request so far: what was asked, and what befell it. */
  readonly seen: readonly { readonly operation: string; readonly input: Body; readonly trouble: Trouble | undefined }[];
  /** What befalls the next requests of this operation; `meanwhile` runs when the request is applied and not yet answered. */
  script(operation: string, ...next: readonly Scripted[]): void;
  close(): Promise<void>;
};

const error = (status: number, type: string, message: string): Answer => ({ status, body: { __type: type, message } });
const version = "com.amazonaws.dynamodb.v20120810";
const refusals = {
  throttled: error(400, `${version}#ProvisionedThroughputExceededException`, "The level of configured throughput was exceeded"),
  limited: error(400, "com.amazon.coral.availability#ThrottlingException", "Rate of requests exceeds the allowed throughput"),
  failed: error(500, `${version}#InternalServerError`, "Internal server error"),
} as const;

const readBody = async (request: IncomingMessage): Promise<string> => {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  return body;
};

/** The SDK counts its attempts in this header; its last one is left alone, so that random trouble alone exhausts nobody. */
const isLastAttempt = (headers: IncomingHttpHeaders): boolean => {
  const [, attempt, max] = /attempt=(\d+); max=(\d+)/.exec(String(headers["amz-sdk-request"])) ?? [];
  return attempt === max;
};

/** What a write changes: tables with the items (or keys) in question. */
const targetsOf = (operation: string, input: Body): { table: string; item: Body }[] => {
  const table = String(input.TableName);
  if (operation === "PutItem") return [{ table, item: input.Item as Body }];
  if (operation === "UpdateItem" || operation === "DeleteItem") return [{ table, item: input.Key as Body }];
  if (operation !== "BatchWriteItem") return [];
  type Request = { readonly PutRequest?: { readonly Item: Body }; readonly DeleteRequest?: { readonly Key: Body } };
  return Object.entries(input.RequestItems as Record<string, readonly Request[]>).flatMap(([name, requests]) =>
    requests.map(({ PutRequest, DeleteRequest }) => ({ table: name, item: PutRequest?.Item ?? DeleteRequest?.Key ?? {} })),
  );
};

/** `now` (epoch ms) is by what indexes lag. Without a seed nothing befalls a request but what is scripted. */
export async function startHostileDynamo(options: {
  readonly target: string;
  readonly now: () => number;
  readonly seed?: number;
  readonly pageItems?: number;
  /** Real milliseconds by which a slow answer is late. */
  readonly slowMs?: number;
}): Promise<HostileDynamo> {
  const { target, now, seed, pageItems = 3, slowMs = 15 } = options;
  const seen: HostileDynamo["seen"][number][] = [];
  const scripts = new Map<string, Scripted[]>();
  const timesSeen = new Map<string, number>();

  const ask = async (operation: string, input: Body): Promise<Answer> => {
    const answer = await fetch(target, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `DynamoDB_20120810.${operation}`,
        "x-amz-date": "20261122T100000Z",
        authorization: "AWS4-HMAC-SHA256 Credential=proxy/x, SignedHeaders=host, Signature=0",
      },
      body: JSON.stringify(input),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const indexes = createStaleIndexes(ask, now, seed ?? 0);

  const apply = async (operation: string, input: Body): Promise<Answer> => {
    if (operation === "Query" || operation === "Scan") {
      const page = shortPage(input, pageItems);
      return input.IndexName === undefined ? ask(operation, page) : indexes.read(operation, page);
    }
    // Taken, and without effect: nothing here is ever swept, and nobody may rely on it.
    if (operation === "UpdateTimeToLive") {
      return { status: 200, body: { TimeToLiveSpecification: input.TimeToLiveSpecification } };
    }
    const split =
      operation === "BatchWriteItem" ? splitBatchWrite(input) : operation === "BatchGetItem" ? splitBatchGet(input) : undefined;
    const done = split?.done ?? input;
    const answer = await indexes.write(targetsOf(operation, done), () => ask(operation, done));
    return split === undefined || answer.status !== 200 ? answer : { ...answer, body: { ...split.answer(answer.body) } };
  };

  const choose = (operation: string, input: Body, headers: IncomingHttpHeaders): Chosen => {
    const scripted = scripts.get(operation)?.shift();
    if (scripted !== undefined) return typeof scripted === "string" ? { trouble: scripted } : scripted;
    const times = timesSeen.get(JSON.stringify(input)) ?? 0;
    timesSeen.set(JSON.stringify(input), times + 1);
    if (seed === undefined || isLastAttempt(headers)) return {};
    // Tables are named after the order of tests, and a test run alone is to meet the same trouble.
    const trouble = troubleOf(seed, `${operation} ${JSON.stringify({ ...input, TableName: "" })}`, times);
    return trouble === undefined ? {} : { trouble };
  };

  const give = (response: ServerResponse, { status, body }: Answer) => {
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
    response.end(JSON.stringify(body));
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    const input = JSON.parse(await readBody(request)) as Body;
    const { trouble, meanwhile } = choose(operation, input, request.headers);
    seen.push({ operation, input, trouble });
    if (trouble === "throttled" || trouble === "limited" || trouble === "failed") return give(response, refusals[trouble]);
    if (trouble === "cut") return void request.socket.destroy();
    const first = await apply(operation, input);
    const answer = trouble === "twice" ? await apply(operation, input) : first;
    await meanwhile?.();
    if (trouble === "lost") return void request.socket.destroy();
    if (trouble === "stuck") return;
    if (trouble === "broken") return give(response, refusals.failed);
    if (trouble === "half") return cutInTheMiddle(response, JSON.stringify(answer.body));
    if (trouble === "slow") return void setTimeout(() => give(response, answer), slowMs).unref();
    give(response, answer);
  };
  const cutInTheMiddle = (response: ServerResponse, text: string) => {
    response.writeHead(200, { "content-length": text.length });
    response.write(text.slice(0, text.length / 2), () => response.destroy());
  };

  const server = createServer((request, response) => void serve(request, response).catch(() => request.socket.destroy()));
  const endpoint = await listening(server);
  return {
    endpoint,
    seen,
    script: (operation, ...next) => void scripts.set(operation, [...(scripts.get(operation) ?? []), ...next]),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
