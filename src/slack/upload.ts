// The last way of sending a file: announce its length, send its bytes, complete it (Slack facts section 3, Files).

import type { ReadableStream } from "node:stream/web";
import type { WebClient } from "@slack/web-api";
import type { postOnce } from "./outlet.ts";
import { SlackRefusal } from "./outlet.ts";
import type { Spooled } from "./spool.ts";

export type UploadPorts = {
  readonly client: WebClient;
  readonly fetch: typeof globalThis.fetch;
  readonly outlet: ReturnType<typeof postOnce>;
};

export type Destination = { readonly channel: string; readonly name: string; readonly comment?: string };

/** The bytes alone may take this long; a sender lives for a quarter of an hour. */
const longestUploadMs = 10 * 60_000;

/** Shares a file in a channel, by the channel's id. Memory stays as it is however large the file. Throws what Slack says. */
export async function upload({ client, fetch, outlet }: UploadPorts, file: Spooled, to: Destination): Promise<void> {
  const announced = await outlet.call({ method: "files.getUploadURLExternal" }, () =>
    client.files.getUploadURLExternal({ filename: to.name, length: file.bytes }),
  );
  if (announced.upload_url === undefined || announced.file_id === undefined) throw new SlackRefusal("no_upload_url");
  await sendBytes(fetch, announced.upload_url, file);
  const { file_id: id } = announced;
  await outlet.call({ method: "files.completeUploadExternal", channel: to.channel }, () =>
    client.files.completeUploadExternal({
      files: [{ id, title: to.name }],
      channel_id: to.channel,
      ...(to.comment === undefined ? {} : { initial_comment: to.comment }),
    }),
  );
}

async function sendBytes(fetch: typeof globalThis.fetch, url: string, file: Spooled): Promise<void> {
  const init = {
    method: "POST",
    // With the length given it goes out as it is; Slack takes no chunked upload.
    headers: { "content-type": "application/octet-stream", "content-length": String(file.bytes) },
    body: file.read() as unknown as ReadableStream, // fetch takes whatever can be iterated (undici, "Body Mixins")
    duplex: "half",
    signal: AbortSignal.timeout(longestUploadMs),
  } as const;
  const answer = await fetch(url, init as RequestInit);
  if (!answer.ok) throw new SlackRefusal(`upload_answered_${answer.status}`);
  await answer.body?.cancel();
}
