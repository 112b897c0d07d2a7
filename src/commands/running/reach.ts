// Which other projects a job would reach. It runs by the bot's own account, which may reach more than whoever asks.
import { UserError } from "../errors.ts";
import type { Rights } from "../rights/rights.ts";
import type { Job, XflowJob } from "./job.ts";
import { demandNamed } from "./statement.ts";

/** PAI's own, which keeps the XFlows that everybody may run. */
const publicXflows = "algo_public";

/** Quotes of whatever kind, which people and JSON put around names, and blanks around points. */
const plain = (value: string): string =>
  value
    .toLowerCase()
    .replace(/[`'"[\](){}]/g, "")
    .replace(/\s*\.\s*/g, ".");

/** `project.table` or `project.schema.table`, whatever stands behind it, but in no path or address; and `odps://project/...`. */
const named = [/(?<![\w./@-])([a-z]\w*)\.[a-z_]/g, /odps:\/+([a-z]\w*)/g];

/** What may be projects in the parameters, in small letters; a value may list several tables. Nothing tells a schema from a project. */
export const projectsIn = (parameters: XflowJob["parameters"]): readonly string[] => [
  ...new Set(
    Object.values(parameters).flatMap((value) =>
      named.flatMap((pattern) => [...plain(value).matchAll(pattern)].flatMap(([, project]) => project ?? [])),
    ),
  ),
];

/** Throws where a job names what may be another project, in which this person may do less than it takes. */
export const demandReach = (job: Job, project: string, rights: Pick<Rights, "may" | "roleIn">): void =>
  job.kind === "sql" ? demandNamed(job, project, rights) : demandReached(job, project, rights);

/**
 * An XFlow is kept somewhere, and its tables are somewhere: nothing tells those that it reads from those that it writes. The same words
 * whether or not there is such a project.
 */
function demandReached({ from, parameters }: XflowJob, project: string, rights: Pick<Rights, "may">): void {
  const isOther = (name: string) => name.toLowerCase() !== project.toLowerCase();
  if (from !== undefined && isOther(from) && from.toLowerCase() !== publicXflows && !rights.may("read", from))
    throw refused(`It is kept in \`${from}\`, in which you may see nothing, so I ran nothing.`);
  const foreign = projectsIn(parameters).find((name) => isOther(name) && !rights.may("operate", name));
  if (foreign !== undefined) throw refused(`Its parameters name \`${foreign}\`, in which you may not act, so I ran nothing.`);
}

const refused = (title: string): UserError =>
  new UserError(title, {
    tone: "denied",
    detail: "What stands before the point of a table is taken for a project.",
    next: "Ask an administrator for a role there.",
    offers: [{ label: "My rights", command: "rights" }],
  });
