import { type Announcement, isEnding, isUrgent, type Kind } from "./announcement.ts";
import type { Face } from "./face.ts";
import type { Entry, Watch } from "./watch.ts";

const entry = (announcement: Announcement): Entry => ({ announcement, tried: false, lost: 0 });

/** Replies about progress in a thread; then one that says that the rest is in the card. */
const mostPosts = 12;

type Event = NonNullable<Watch["only"]>[number];

function eventOf(announcement: Announcement): Event | undefined {
  if (announcement.kind === "finished") return announcement.outcome === "failed" ? "failed" : "done";
  return announcement.kind === "slow" || announcement.kind === "stuck" ? announcement.kind : undefined;
}

const isWanted = ({ only }: Watch, announcement: Announcement): boolean => {
  if (only === undefined) return true;
  const event = eventOf(announcement);
  return event !== undefined && only.includes(event);
};

const outsideTheCap: ReadonlySet<Kind> = new Set(["opened", "card", "forbidden", "permitted"]);
const countsAsProgress = (announcement: Announcement): boolean =>
  !outsideTheCap.has(announcement.kind) && !isEnding(announcement) && !isUrgent(announcement);

/** Puts into the outbox what was not said yet: each key once, progress up to the cap, the card's opening before all else. */
export function announce(
  watch: Watch,
  announcements: readonly Announcement[],
  face: Face,
): { watch: Watch; announcements: Announcement[] } {
  const said = new Set([...watch.told, ...watch.outbox.map(({ announcement }) => announcement.key)]);
  const added: Announcement[] = [];
  let { posts } = watch;
  const add = (announcement: Announcement) => {
    if (said.has(announcement.key)) return;
    said.add(announcement.key);
    added.push(announcement);
  };
  for (const announcement of announcements) {
    if (said.has(announcement.key) || !isWanted(watch, announcement)) continue;
    if (countsAsProgress(announcement)) {
      if (posts >= mostPosts) {
        add({ kind: "capped", key: "capped", at: announcement.at, to: "thread" });
        continue;
      }
      posts += 1;
    }
    add(announcement);
  }
  const [first] = added;
  const isUnopened = watch.only !== undefined && !said.has("card:opened");
  const opening: Announcement[] =
    first !== undefined && isUnopened ? [{ kind: "opened", key: "card:opened", at: first.at, to: "card", face }] : [];
  const all = [...opening, ...added];
  const now = first?.at;
  const opened = opening.length > 0 && now !== undefined ? { face, faceAt: now } : {};
  return { watch: { ...watch, ...opened, posts, outbox: [...watch.outbox, ...all.map(entry)] }, announcements: all };
}

/** The card shall say this: one edit at most is pending, the newest; while the card is not posted, its first words change instead. */
export function showOn(watch: Watch, face: Face, now: number, final = false): { watch: Watch; announcements: Announcement[] } {
  const isOpening = watch.outbox.some(({ announcement }) => announcement.kind === "opened");
  if (isOpening) {
    const outbox = watch.outbox.map((each) =>
      each.announcement.kind === "opened" ? { ...each, announcement: { ...each.announcement, face } } : each,
    );
    return { watch: { ...watch, face, faceAt: now, outbox }, announcements: [] };
  }
  const edit: Announcement = { kind: "card", key: "card", at: now, to: "card", face, ...(final ? { final } : {}) };
  const others = watch.outbox.filter(({ announcement }) => announcement.kind !== "card");
  return { watch: { ...watch, face, faceAt: now, outbox: [entry(edit), ...others] }, announcements: [edit] };
}
