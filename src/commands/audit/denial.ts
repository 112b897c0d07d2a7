// What somebody was denied, as the trail keeps it: the command that it would have been, whatever it was called or pressed as.
import type { Command } from "../command.ts";
import type { Intents } from "../intents.ts";
import { parse } from "../parse.ts";
import type { Ask, ReplyTo } from "../request.ts";
import type { AuditAct } from "./decision.ts";

type About = Omit<AuditAct, "decision" | "reason">;

/** Never throws: a denial is told, whatever can be found out about it. */
export async function denialOf(
  ask: Ask,
  commands: readonly Command[],
  intents: Pick<Intents, "draftOf">,
  where: ReplyTo,
): Promise<About> {
  switch (ask.kind) {
    case "text":
      return ofText(ask.text, commands, where);
    case "ref":
      return { verb: commands.find(({ form }) => form !== undefined && form.name === ask.verb)?.name ?? ask.verb ?? "status" };
    case "intent": {
      const draft = await intents.draftOf(ask.intentId).catch(() => undefined);
      if (draft === undefined) return { verb: ask.press };
      const about = { verb: draft.verb, text: `${ask.press} ${draft.verb}`, project: draft.project };
      return "instanceId" in draft ? { ...about, instance: draft.instanceId } : about;
    }
    default:
      return { verb: ask.kind };
  }
}

/** Its first word is anything, as long as somebody likes. The project is on record where it was named. */
function ofText(text: string, commands: readonly Command[], where: ReplyTo): About {
  try {
    const { command, values } = parse(text, commands, where);
    return { verb: command.name, text, ...(typeof values.project === "string" ? { project: values.project } : {}) };
  } catch {
    return { verb: "unknown", text };
  }
}
