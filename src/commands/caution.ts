// What somebody is told who has posted a Logview link with a token in it, for their eyes alone.
import type { NoticeView } from "../view/index.ts";
import type { Exposed } from "./exposed.ts";
import { offers } from "./suggest.ts";

/** How long it works the link does not say: one of ours for hours, one of PyODPS for 30 days (protocol section 10.1). */
export function caution({ instances }: Exposed): NoticeView {
  const [only] = instances;
  const what = only === undefined ? "what it shows" : instances.length > 1 ? "the instances it names" : `\`${only.instanceId}\``;
  return {
    kind: "notice",
    text:
      `Only you see this: the Logview link in your message has a token in it. Whoever reads the message can open ${what} with it, ` +
      "without a right of their own, until it expires, which may take 30 days. Delete the message: point at it, open its ⋮ menu " +
      "and choose Delete message; on a phone, press it long. To show others how the instance stands, share its card instead.",
    suggestions: offers(
      instances.map(({ instanceId, project }) => ({
        label: instances.length > 1 ? `Status …${instanceId.slice(-8)}` : "Status",
        command: `status ${instanceId}${project === undefined ? "" : ` -p ${project}`}`,
      })),
    ),
  };
}
