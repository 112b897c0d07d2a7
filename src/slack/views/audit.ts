// The audit trail: a line an act, newest first, so that it reads on a phone.
import type { AuditEntry, AuditView } from "../../view/index.ts";
import { section, context as smallPrint } from "../blocks.ts";
import { option, pickList } from "../buttons.ts";
import { dataAge, dayAndTime } from "../card.ts";
import { takeWithin } from "../fit.ts";
import { plural } from "../format.ts";
import { limits, shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { channelLink, code, join, type Mrkdwn, mention, mrkdwn, nothing, shortId } from "../mrkdwn.ts";
import { signOf } from "../state.ts";
import { cameOut, decided, signName } from "./audit-words.ts";

/** Draws the acts, what there is besides them, and a menu of their instances. */
export const drawAudit = (view: AuditView, context: RenderContext): Sketch => {
  const { entries, hasMore, filter } = view;
  const number = entries.length === 0 ? mrkdwn`No act` : mrkdwn`${plural(entries.length, "act")}`;
  const found = hasMore ? mrkdwn`the newest ${number}` : number;
  const first = entries.slice(0, shown.detailedTasks).map(inShort);
  const { taken, rest } = takeWithin(
    entries.map((entry) => line(entry, context)),
    shown.auditLines,
    ({ mrkdwn: text }) => text.length + 1,
  );
  return {
    text: join([mrkdwn`${found} (${filter})`, join(first, ", ")], ": "),
    blocks: [
      ...section(mrkdwn`*${number}* · ${code(filter)}`),
      ...inSections(taken),
      ...pickList("Pick an instance", entries.flatMap(pick)),
      ...smallPrint([
        rest > 0 ? mrkdwn`and ${plural(rest, "more act")}` : nothing,
        hasMore ? mrkdwn`There are older ones: ${code("--csv")} sends all` : nothing,
        view.unreadable === 0
          ? nothing
          : mrkdwn`${plural(view.unreadable, "row")} cannot be read: sealed with a key that is gone`,
        view.files.length === 0 ? nothing : mrkdwn`All of it comes as a file in a direct message`,
        dataAge(view.seenAt, context),
      ]),
    ],
  };
};

const inShort = (entry: AuditEntry): Mrkdwn =>
  join(
    [mrkdwn`${entry.verb}`, entry.link === undefined ? nothing : mrkdwn`${shortId(entry.link.instanceId)}`, cameOut(entry)],
    " ",
  );

const line = (entry: AuditEntry, context: RenderContext): Mrkdwn => {
  const { who, verb, link, project, channel, at, reason } = entry;
  const where = project === undefined ? nothing : mrkdwn`in ${code(project)}`;
  const what = join([mrkdwn`*${verb}*`, link === undefined ? nothing : code(shortId(link.instanceId)), where], " ");
  return join(
    [
      mrkdwn`${signOf(signName(entry))} ${mention(who)} ${what}`,
      join([decided(entry), cameOut(entry)], ", "),
      reason === undefined ? nothing : mrkdwn`“${reason}”`,
      channelLink(channel),
      dayAndTime(at, context),
    ],
    " · ",
  );
};

/** As many sections as the lines need. */
const inSections = (lines: readonly Mrkdwn[]): ReturnType<typeof section> => {
  if (lines.length === 0) return [];
  const { taken } = takeWithin(lines, limits.sectionText, ({ mrkdwn: text }) => text.length + 1);
  const count = Math.max(1, taken.length);
  return [...section(join(lines.slice(0, count), "\n")), ...inSections(lines.slice(count))];
};

const pick = (entry: AuditEntry) =>
  entry.link === undefined ? [] : option(`${entry.verb} ${shortId(entry.link.instanceId)}`, `status:${entry.link.ref}`);
