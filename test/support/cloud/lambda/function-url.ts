// Function URLs: each is a server of its own on the loopback interface.
import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { readBody } from "../api/body.ts";
import { type Served, serve } from "../api/serve.ts";
import type { Chance } from "../chance.ts";
import { functionArn } from "../template/identity.ts";
import { ignored, parseProperties } from "../template/parse.ts";
import { ofType, type Place, type Resource } from "../template/template.ts";
import type { Work } from "../work.ts";
import { type FunctionTarget, findTarget, type LambdaFunction } from "./functions.ts";
import { largestSyncPayload } from "./outcome.ts";
import type { InvokeRights } from "./permission.ts";
import type { Lambda } from "./service.ts";
import { internalError, type UrlAnswer, urlAnswer, urlEvent } from "./url-event.ts";

const schema = z.strictObject({
  TargetFunctionArn: z.string(),
  Qualifier: z.string().optional(),
  AuthType: z.literal("NONE"),
  InvokeMode: z.literal("BUFFERED").optional(),
  Cors: ignored,
});

export type UrlOptions = {
  readonly functions: readonly LambdaFunction[];
  readonly place: Place;
  readonly lambda: Lambda;
  readonly rights: InvokeRights;
  readonly work: Work;
  readonly chance: Chance;
};

const plain = (status: number, message: string): UrlAnswer => ({
  status,
  headers: { "content-type": "application/json" },
  body: Buffer.from(JSON.stringify({ Message: message })),
});

async function answerTo(
  request: IncomingMessage,
  target: FunctionTarget,
  urlId: string,
  options: UrlOptions,
): Promise<UrlAnswer> {
  const { lambda, rights, work, chance, place } = options;
  if (!rights.url(target))
    return plain(403, "Forbidden. For troubleshooting Function URL authorization issues, see the documentation.");
  const body = await readBody(request, largestSyncPayload);
  if (body === undefined) return plain(413, "Request must be smaller than 6291456 bytes for the InvokeFunction operation");
  const requestId = chance.uuid();
  const { method = "GET", url = "/", headers } = request;
  const event = JSON.stringify(urlEvent({ method, target: url, headers, body }, place, urlId, requestId, work.now()));
  if (Buffer.byteLength(event) > largestSyncPayload) return plain(413, "Request must be smaller than 6291456 bytes");
  const outcome = await lambda.invoke(target, event, requestId);
  if (outcome.kind === "throttled") return plain(429, "Rate Exceeded.");
  return outcome.kind === "failed" ? internalError : urlAnswer(outcome.payload);
}

const send = (response: ServerResponse, { status, headers, body }: UrlAnswer): void => {
  response.writeHead(status, { ...headers, "content-length": String(body.length) }).end(body);
};

export type FunctionUrls = {
  /** The origin that stands for the URL, by logical id of the URL or of its function. */
  readonly of: (logicalId: string) => string;
  readonly close: () => Promise<void>;
};

/** Serves every AWS::Lambda::Url of the template. */
export async function serveFunctionUrls(resources: readonly Resource[], options: UrlOptions): Promise<FunctionUrls> {
  const served = new Map<string, Served>();
  for (const resource of ofType(resources, "AWS::Lambda::Url")) {
    const { TargetFunctionArn, Qualifier } = parseProperties(schema, resource);
    const named = functionArn(options.place, TargetFunctionArn) + (Qualifier === undefined ? "" : `:${Qualifier}`);
    const target = findTarget(options.functions, options.place, named);
    if (target === undefined) throw new Error(`${resource.logicalId}: there is no function ${named}`);
    const urlId = resource.logicalId.toLowerCase();
    const server = await serve((request, response) => {
      options.work.run(async () => {
        try {
          send(response, await answerTo(request, target, urlId, options));
        } catch (error) {
          response.destroy();
          // Whoever hung up in the middle of a request needs no answer.
          if (request.complete) throw error;
        }
      });
    });
    served.set(resource.logicalId, server).set(target.fn.logicalId, server);
  }
  return {
    of(logicalId) {
      const server = served.get(logicalId);
      if (server === undefined) throw new Error(`the template gives ${logicalId} no Function URL`);
      return server.origin;
    },
    async close() {
      await Promise.all([...new Set(served.values())].map((server) => server.close()));
    },
  };
}
