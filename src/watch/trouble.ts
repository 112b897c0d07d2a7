// What becomes of a watch whose instance does not show itself.
import type { Announcement } from "./announcement.ts";
import type { Face } from "./face.ts";
import { announce, showOn } from "./outbox.ts";
import { minutes } from "./time.ts";
import type { Watch } from "./watch.ts";

type Step = { readonly watch: Watch; readonly announcements: readonly Announcement[] };

/** A listing or an answer may be behind: missing is believed after so many sightings over so long. */
const leastSightings = 3;
const leastMissingMs = minutes(2);
/** Shorter silence is not worth a word on a card. */
export const silentMs = minutes(15);

const nothing = (watch: Watch): Step => ({ watch, announcements: [] });

export function fromMissing(watch: Watch, now: number): Step {
  const known = watch.trouble?.kind === "missing" ? watch.trouble : { kind: "missing" as const, since: now, sightings: 0 };
  const sightings = known.sightings + 1;
  if (sightings < leastSightings || now - known.since < leastMissingMs) {
    // Only the first few are worth a write.
    return nothing(known.sightings >= leastSightings ? watch : { ...watch, trouble: { ...known, sightings } });
  }
  const ended: Watch = { ...watch, state: "done", trouble: { ...known, sightings } };
  const face: Face = { word: "GONE" };
  const told = announce(ended, [{ kind: "missing", key: "missing", at: now, to: "thread", since: known.since }], face);
  return withCard(told, face, now, true);
}

export function fromForbidden(watch: Watch, reason: string, now: number): Step {
  if (watch.trouble?.kind === "forbidden") return nothing(watch);
  const troubled: Watch = { ...watch, trouble: { kind: "forbidden", since: now, sightings: 1 } };
  const face: Face = { word: "FORBIDDEN" };
  const told = announce(troubled, [{ kind: "forbidden", key: `forbidden:${now}`, at: now, to: "owner", reason }], face);
  return withCard(told, face, now, false);
}

/** It ends nothing; after a while the card says since when it is old. The channel is told by the connection (outage.ts). */
export function fromUnreachable(watch: Watch, since: number | undefined, now: number): Step {
  if (since === undefined || now - since < silentMs || watch.face === undefined) return nothing(watch);
  if (watch.face.silentSince !== undefined || watch.face.word === "OPENING") return nothing(watch);
  return withCard({ watch, announcements: [] }, { ...watch.face, silentSince: since }, now, false);
}

function withCard(told: Step, face: Face, now: number, final: boolean): Step {
  if (told.watch.only !== undefined && !told.watch.told.includes("card:opened")) return told;
  const shown = showOn(told.watch, face, now, final);
  return { watch: shown.watch, announcements: [...shown.announcements, ...told.announcements] };
}
