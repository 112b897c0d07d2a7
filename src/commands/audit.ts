// Who did what: the audit trail, for whoever answers for it.
import type { AuditEntry } from "../view/index.ts";
import { duration, flag, flagOr, integer, maybe, projectName, text, toggle } from "./arguments.ts";
import { auditFile } from "./audit/csv.ts";
import { actsIn, entryOf, rowOf } from "./audit/entries.ts";
import { describeWanted, isWanted, type Wanted } from "./audit/filter.ts";
import { pagesOf } from "./audit/pages.ts";
import type { AuditRow } from "./audit/row.ts";
import type { AuditPage } from "./audit/trail.ts";
import type { CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { person } from "./person.ts";
import type { Named } from "./recall.ts";
import { resolve } from "./resolve.ts";
import { everyProject } from "./rights/policy.ts";
import { days } from "./store.ts";
import type { Target } from "./target.ts";
import { target } from "./target.ts";

export const auditSpec = /* @__PURE__ */ defineSpec({
  name: "audit",
  group: "Act",
  summary: "Show who was allowed to do what, and what came of it",
  access: "admin",
  args: {
    instance: maybe(target, "<id>", "only what was done to this instance: its id, the end of one, last, or #n of your list"),
    since: flagOr(duration("1m", "400d"), days(7), "<time>", "how far back: 6h, 30d; 7d unless told"),
    who: flag(person, "<@user>", "only what this person did"),
    project: flag(projectName, "<project>", "only what was done in this project"),
    verb: flag(text(40), "<command>", "only this command: stop"),
    denied: toggle("only what was denied or refused"),
    limit: flagOr(integer(1, 40), 20, "<1-40>", "how many to show; 20 unless told"),
    csv: toggle("send all of it as a CSV file in a direct message"),
  },
  examples: ["audit --since 30d --verb stop", "audit last", "audit --denied --csv"],
});

export const audit = /* @__PURE__ */ defineCommand(auditSpec, async (values, context) => {
  const { who, project, denied, since, limit } = values;
  const meant = values.instance === undefined ? {} : await meantBy(values.instance, context);
  const wanted: Wanted = { ...meant, who, project, verb: values.verb?.toLowerCase(), denied, since };
  const to = context.now();
  const pages = () => pagesOf(context.audit, to - since, to);
  const found = await newest(pages(), wanted, limit, context);
  const day = new Date(context.request.requestedAt).toISOString().slice(0, 10);
  const file = auditFile(`audit-${day}.csv`, pages, (row) => isWanted(row, wanted) && mayRead(row, context));
  return {
    view: {
      kind: "audit",
      filter: describeWanted(wanted),
      ...("named" in meant
        ? { link: { ref: context.refs.to(meant.named.project, meant.named.instanceId), ...meant.named } }
        : {}),
      ...found,
      files: values.csv ? [file] : [],
      seenAt: to,
    },
  };
});

/** An administrator of some projects reads of these; what is about no project, or of none that is known, is for one of all. */
const mayRead = ({ project = everyProject }: AuditRow, { rights }: Pick<CommandContext, "rights">): boolean =>
  rights.may("admin", project);

type Meant = Pick<Wanted, "instance"> | (Pick<Wanted, "instance"> & { readonly named: Named });

/** MaxCompute forgets instances long before the trail does, so the end of an id is sought there. */
async function meantBy(meant: Target, context: CommandContext): Promise<Meant> {
  if (meant.kind === "id") return { instance: { id: meant.instanceId } };
  if (meant.kind === "suffix") return { instance: { suffix: meant.suffix } };
  const named = await resolve(meant, undefined, context);
  return { instance: { id: named.instanceId }, named };
}

type Found = { readonly entries: readonly AuditEntry[]; readonly hasMore: boolean; readonly unreadable: number };

async function newest(
  pages: AsyncIterable<AuditPage>,
  wanted: Wanted,
  limit: number,
  context: Pick<CommandContext, "refs" | "now" | "deadline" | "rights">,
): Promise<Found> {
  const { refs, now, deadline } = context;
  const entries: AuditEntry[] = [];
  let unreadable = 0;
  const counted = async function* () {
    for await (const page of pages) {
      unreadable += page.unreadable;
      yield page;
    }
  };
  for await (const act of actsIn(counted())) {
    const row = rowOf(act);
    if (row === undefined || !isWanted(row, wanted) || !mayRead(row, context)) continue;
    // Whoever waits gets what was found in time; a file has all of it.
    if (entries.length === limit || now() >= deadline) return { entries, hasMore: true, unreadable };
    entries.push(...entryOf(act, refs));
  }
  return { entries, hasMore: false, unreadable };
}
