// Files in three steps: announce, send the bytes, complete. Sharing is asynchronous; membership and a channel id are needed.
import type { SharedFile } from "../api.ts";
import { isObject, type Json, ownText } from "../judge/json.ts";
import { mimetypeOf, showShare } from "../shares.ts";
import type { Share, Upload, Workspace } from "../workspace.ts";
import type { Arguments } from "./arguments.ts";
import { readContent } from "./chat.ts";
import { knownChannel, threadRoot, writableChannel } from "./conversation.ts";
import type { Methods } from "./method.ts";
import { badArgument, Refusal } from "./refusal.ts";

/** Slack facts section 3. */
export const mostFileBytes = 1024 * 1024 * 1024;
const mostFilesAtOnce = 10;
const shareDelayMs = 300;
// More than anybody looks back at; a forgotten file takes its bytes with it.
const mostFilesKept = 200;

function announce(args: Arguments, { ids, uploads, options, store }: Workspace): Json {
  const name = args.required("filename");
  const length = args.number("length");
  if (length === undefined || length < 1) throw badArgument("must be greater than 0", "length");
  if (length > mostFileBytes) throw new Refusal("file_upload_size_restricted");
  if ((args.text("alt_txt") ?? "").length > 1000) throw badArgument("must be less than 1001 characters", "alt_txt");
  const upload: Upload = { id: ids.next("F"), secret: ids.secret(), name, length, stage: "announced" };
  uploads.put(upload.id, upload);
  for (const old of uploads.list().slice(0, -mostFilesKept)) {
    uploads.remove(old.id);
    store.removeBytes(old.id);
  }
  return { upload_url: `${options.baseUrl()}/upload/${upload.id}/${upload.secret}`, file_id: upload.id };
}

/** The uploads to complete, each with its title. @throws Refusal file_not_found when one was never sent */
function uploaded(args: Arguments, { uploads }: Workspace): readonly Upload[] {
  const files = args.json("files");
  if (!Array.isArray(files) || files.length === 0) throw badArgument("missing required field: files", "files");
  if (files.length > mostFilesAtOnce) throw badArgument(`no more than ${mostFilesAtOnce} items allowed`, "files");
  return files.map((file: unknown) => {
    const upload = isObject(file) ? uploads.get(ownText(file, "id") ?? "") : undefined;
    if (upload?.stage !== "uploaded") throw new Refusal("file_not_found");
    return { ...upload, title: ownText(file, "title") ?? upload.name };
  });
}

const asFile = ({ id, name, title = name, length }: Upload): SharedFile => ({
  id,
  name,
  title,
  size: length,
  mimetype: mimetypeOf(name),
  path: `/files/${id}/${encodeURIComponent(name)}`,
});

function complete(args: Arguments, workspace: Workspace): Json {
  const { uploads, shares, ids, clock } = workspace;
  const ready = uploaded(args, workspace);
  const channelId = args.text("channel_id");
  const channel = channelId && writableChannel(knownChannel(channelId, workspace), workspace, false);
  if (channel) {
    const thread_ts = threadRoot(channel.id, args.text("thread_ts"), workspace);
    const text = args.text("initial_comment") ?? "";
    const blocks = args.json("blocks");
    if (blocks !== undefined && text !== "") throw badArgument("initial_comment and blocks exclude each other", "blocks");
    const content = blocks !== undefined || text !== "" ? readContent({ text, blocks }).words : { text, blocks: [] };
    const id = ids.next("S");
    const dueAt = clock.now() + shareDelayMs;
    const share: Share = {
      id,
      dueAt,
      channel: channel.id,
      ...content,
      files: ready.map(asFile),
      ...(thread_ts && { thread_ts }),
    };
    shares.put(id, share);
    showShare(share, workspace);
  }
  for (const upload of ready) uploads.put(upload.id, { ...upload, stage: "completed" });
  return { files: ready.map(({ id, title }) => ({ id, title })) };
}

export const fileMethods: Methods = {
  "files.getUploadURLExternal": { scope: "files:write", tier: "tier4", run: announce },
  "files.completeUploadExternal": { scope: "files:write", tier: "tier4", run: complete },
};
