// The last way of sending a file: announce its length, send its bytes, complete it (Slack facts section 3, Files).
import { once } from "node:events";
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { WebClient } from "@slack/web-api";
import type { postOnce } from "./outlet.ts";
import { SlackRefusal } from "./outlet.ts";
import type { Spooled } from "./spool.ts";

export type UploadPorts = {
  readonly client: WebClient;
  readonly outlet: ReturnType<typeof postOnce>;
  /** How many ms its sender still has. */
  leftMs(): number;
};

export type Destination = { readonly channel: string; readonly name: string; readonly comment?: string };

/** The bytes alone may take this long, where their sender lives longer. */
const longestUploadMs = 10 * 60_000;

/** Shares a file in a channel, by the channel's id. Memory stays as it is however large the file. Throws what Slack says. */
export async function upload({ client, outlet, leftMs }: UploadPorts, file: Spooled, to: Destination): Promise<void> {
  const announced = await outlet.call({ method: "files.getUploadURLExternal" }, () =>
    client.files.getUploadURLExternal({ filename: to.name, length: file.bytes }),
  );
  if (announced.upload_url === undefined || announced.file_id === undefined) throw new SlackRefusal("no_upload_url");
  await sendBytes(announced.upload_url, file, Math.max(0, Math.min(longestUploadMs, leftMs())));
  const { file_id: id } = announced;
  await outlet.call({ method: "files.completeUploadExternal", channel: to.channel }, () =>
    client.files.completeUploadExternal({
      files: [{ id, title: to.name }],
      channel_id: to.channel,
      ...(to.comment === undefined ? {} : { initial_comment: to.comment }),
    }),
  );
}

/** Not with fetch, which keeps pieces while it sends others: a file of a hundred megabytes would be in memory after all. */
async function sendBytes(url: string, file: Spooled, withinMs: number): Promise<void> {
  const send = url.startsWith("https:") ? httpsRequest : httpRequest;
  const request = send(url, {
    method: "POST",
    // With the length given it goes out as it is; Slack takes no chunked upload.
    headers: { "content-type": "application/octet-stream", "content-length": file.bytes },
    signal: AbortSignal.timeout(Math.ceil(withinMs)), // it takes whole ones alone
    agent: false, // a connection of its own: one that was kept may be dead by now (production rule 7)
  });
  const answered = once(request, "response") as Promise<[IncomingMessage]>;
  const written = writeAll(request, file);
  // Slack may answer, or be gone, before it has all of it: then the other of the two fails too, and says nothing new.
  for (const each of [answered, written]) each.catch(() => undefined);
  await Promise.race([answered, written]);
  const [{ statusCode = 0 }] = await answered;
  if (statusCode < 200 || statusCode >= 300) {
    request.destroy();
    throw new SlackRefusal(`upload_answered_${statusCode}`);
  }
  await written;
  (await answered)[0].resume();
}

async function writeAll(request: ClientRequest, file: Spooled): Promise<void> {
  for await (const piece of file.read()) {
    await new Promise<void>((resolve, reject) => request.write(piece, (error) => (error ? reject(error) : resolve())));
  }
  request.end();
}
