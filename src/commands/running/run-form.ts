// The form behind `run` and behind Edit: what comes back is `run` with the same flags as typed.
import type { FormView } from "../../view/index.ts";
import type { CommandContext } from "../command.ts";
import { formatDuration } from "../duration.ts";
import type { RunDraft } from "../intents.ts";
import type { Referred } from "../refs.ts";

/** A field of a form takes no more. */
export const longestInForm = 3_000;

export async function fillRun({ project, intentId }: Referred, context: CommandContext): Promise<FormView> {
  const draft = intentId === undefined ? undefined : await draftOfMine(intentId, context);
  const sql = draft?.job.kind === "sql" ? textOf(draft.job) : "";
  const isWhole = sql !== "" && sql.length <= longestInForm;
  return {
    kind: "form",
    form: "statement",
    title: "Run SQL",
    submit: "Estimate",
    link: { ref: context.refs.toDraft(project, intentId), project, instanceId: "" },
    about:
      sql.length > longestInForm
        ? "Nothing runs before you have seen what it costs. The statement is too long for this form: type it again."
        : "Nothing runs before you have seen what it costs, and pressed Run.",
    fields: [
      {
        kind: "text",
        name: "sql",
        label: "SQL",
        hint: "One statement; SET lines may stand before it.",
        longest: longestInForm,
        isLong: true,
        isNeeded: true,
        ...(isWhole ? { initial: sql } : {}),
      },
      { kind: "text", name: "project", label: "Project", longest: 64, initial: draft?.project ?? project },
      { kind: "text", name: "limit", label: "Rows to read back", longest: 3, initial: String(draft?.limit ?? 100) },
      {
        kind: "text",
        name: "timeout",
        label: "Stop it after",
        hint: "A time such as 10m or 2h.",
        longest: 10,
        initial: formatDuration(draft?.timeoutMs ?? 600_000).replaceAll(" ", ""),
      },
    ],
    command: "run",
  };
}

/** Nobody reads what somebody else has prepared. */
async function draftOfMine(intentId: string, { intents, caller }: CommandContext): Promise<RunDraft | undefined> {
  const draft = await intents.draftOf(intentId);
  if (draft === undefined || draft.verb === "stop") return undefined;
  return draft.requester.team === caller.team && draft.requester.user === caller.user ? draft : undefined;
}

/** As it can be typed again. */
const textOf = ({ statement, settings }: { readonly statement: string; readonly settings: Readonly<Record<string, string>> }) =>
  [...Object.entries(settings).map(([name, value]) => `SET ${name}=${value};`), statement].join("\n");
