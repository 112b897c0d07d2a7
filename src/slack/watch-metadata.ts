// What stands unseen beside a card and its replies, so that whoever audits a channel finds the watch.
import { shortHash } from "../commands/ids.ts";

const mostBytes = 200;

/** The watch's id; where that is too long, what stands for it. Under 200 bytes as JSON. */
export function watchMetadata(watchId: string) {
  const named = (watch: string) => ({ event_type: "odps_watch", event_payload: { watch } });
  const whole = named(watchId);
  return Buffer.byteLength(JSON.stringify(whole)) < mostBytes ? whole : named(shortHash(watchId, 26));
}
