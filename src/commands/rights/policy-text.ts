// The lines of a policy as text: how they are set, shown and reviewed.
//   allow U0123ABCD admin                 allow S0123ABCD operator on prod_*
//   allow everyone viewer                 allow channels operator; allow C0123ABCD viewer on prod_dw
//   deny U0999WXYZ                        deny everyone operator on payroll
//   production prod_*                     alone S0123ABCD on prod_dw
//   mask phone, *_card on prod_*          budget operator 500
import type { Role } from "../roles.ts";
import type { Line, Policy, Who } from "./policy.ts";
import { everyProject, isOfPeople } from "./policy.ts";

const mostLines = 2_000;
/** A project by name, or several by a glob. */
export const projectGlob = /^(\*|[A-Za-z*][\w*?-]{0,127})$/;
const columnGlob = /^[^\s,;]{1,128}$/;
const amount = /^\d{1,9}(\.\d{1,3})?$/;

/** A line that means nothing, and why. */
export type Misread = { readonly line: string; readonly why: string };
export type ReadPolicy = { readonly policy: Policy; readonly misread: readonly Misread[] };

/** Reads lines between line breaks or semicolons; empty ones, and what stands behind a `#`, are nothing. */
export function readPolicy(text: string): ReadPolicy {
  const lines = text
    .split(/[\n;]/)
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "");
  const policy: Line[] = [];
  const misread: Misread[] = [];
  for (const line of lines.slice(0, mostLines)) {
    const read = readLine(line);
    if (typeof read === "string") misread.push({ line: line.slice(0, 80), why: read });
    else policy.push(read);
  }
  if (lines.length > mostLines) misread.push({ line: `line ${mostLines + 1}`, why: `${mostLines} lines at most` });
  return { policy, misread };
}

/** What is wrong with a policy, all of it. */
export const misreadWords = (misread: readonly Misread[]): string =>
  misread.map(({ line, why }) => `\`${line}\`: ${why}`).join("; ");

/** The line, or why it is none. */
function readLine(text: string): Line | string {
  const [, head = "", project = everyProject] = /^(.*?)(?:\s+on\s+(\S+))?$/.exec(text) ?? [];
  const [rule = "", ...words] = head.split(/\s+/);
  if (!projectGlob.test(project)) return `\`${project.slice(0, 40)}\` is no project`;
  switch (rule.toLowerCase()) {
    case "allow":
      return grant("allow", words, project);
    case "deny":
      return grant("deny", words.length === 1 ? [...words, "viewer"] : words, project);
    case "production":
      return words.length === 1 && words[0] !== undefined && projectGlob.test(words[0]) && project === everyProject
        ? { rule: "production", project: words[0] }
        : "it wants one project: `production prod_dw`";
    case "alone": {
      const who = words.length === 1 ? readWho(words[0] ?? "") : undefined;
      if (who === undefined || !isOfPeople(who)) return "it wants a person or a group: `alone S0123ABCD on prod_dw`";
      return { rule: "alone", who, project };
    }
    case "mask": {
      const columns = words
        .join(" ")
        .split(/[\s,]+/)
        .filter((column) => column !== "");
      if (columns.length === 0 || !columns.every((column) => columnGlob.test(column)))
        return "it wants columns: `mask phone, *_card on prod_dw`";
      return { rule: "mask", columns, project };
    }
    case "budget": {
      const [role, number] = words;
      const known = role === undefined ? undefined : readRole(role);
      if (words.length !== 2 || known === undefined || !amount.test(number ?? ""))
        return "it wants a role and a number: `budget operator 500`";
      return { rule: "budget", role: known, amount: Number(number), project };
    }
    default:
      return "it begins with allow, deny, production, alone, mask or budget";
  }
}

function grant(rule: "allow" | "deny", [whom = "", named = "", ...more]: readonly string[], project: string): Line | string {
  const who = readWho(whom);
  const role = readRole(named);
  if (who === undefined) return `\`${whom.slice(0, 40)}\` is nobody: it wants a Slack id, everyone or channels`;
  if (role === undefined || more.length > 0) return "it wants one role: viewer, operator or admin";
  return { rule, who, role, project };
}

export const readRole = (word: string): Role | undefined =>
  (["viewer", "operator", "admin"] as const).find((role) => role === word.toLowerCase());

const kinds: Readonly<Record<string, "user" | "group" | "channel">> = {
  U: "user",
  W: "user",
  S: "group",
  C: "channel",
  G: "channel",
};

/** Somebody by their Slack id, as it is or as Slack writes a mention; or `everyone`, or `channels`. */
export function readWho(word: string): Who | undefined {
  const lower = word.toLowerCase();
  if (lower === "everyone" || lower === "channels") return { kind: lower };
  const [, id] = /^(?:<(?:@|#|!subteam\^)([UWSCG][A-Z0-9]{2,30})(?:\|[^<>]*)?>|[UWSCG][A-Z0-9]{2,30})$/.exec(word) ?? [];
  const found = id ?? (/^[UWSCG][A-Z0-9]{2,30}$/.test(word) ? word : undefined);
  const kind = found === undefined ? undefined : kinds[found.charAt(0)];
  return found === undefined || kind === undefined ? undefined : { kind, id: found };
}

export const whoText = (who: Who): string => ("id" in who ? who.id : who.kind);

/** A line as `readPolicy` reads it. */
export function lineText(line: Line): string {
  const on = line.project === everyProject ? "" : ` on ${line.project}`;
  switch (line.rule) {
    case "allow":
      return `allow ${whoText(line.who)} ${line.role}${on}`;
    case "deny":
      return `deny ${whoText(line.who)}${line.role === "viewer" ? "" : ` ${line.role}`}${on}`;
    case "production":
      return `production ${line.project}`;
    case "alone":
      return `alone ${whoText(line.who)}${on}`;
    case "mask":
      return `mask ${line.columns.join(", ")}${on}`;
    case "budget":
      return `budget ${line.role} ${line.amount}${on}`;
    default:
      return line satisfies never;
  }
}
