// What a typed line means, before anything is sent. Pure. Mentions and escapes are Slack's to make.

export type Meaning =
  | { readonly kind: "nothing" }
  /** Text after "/odps". */
  | { readonly kind: "command"; readonly text: string }
  | { readonly kind: "message"; readonly text: string }
  /** Slack's own answer to a slash command that cannot be sent. */
  | { readonly kind: "refused"; readonly why: string };

/** Slash commands begin at the first character and are not for threads. */
export function meaningOf(typed: string, inThread: boolean): Meaning {
  const line = typed.trim();
  if (line === "") return { kind: "nothing" };
  const slash = /^\/(\S*)\s*([\s\S]*)$/.exec(line);
  if (slash === null) return { kind: "message", text: line };
  if (slash[1] !== "odps") return { kind: "refused", why: `/${slash[1]} is not a command here; try /odps help.` };
  if (inThread) return { kind: "refused", why: "/odps is not supported in threads. Mention @odps instead." };
  return { kind: "command", text: slash[2] ?? "" };
}
