// Logview links with a token in what somebody wrote: each opens an instance for whoever reads it. Pure, and small: the door has it.
import type { Ask } from "./request.ts";
import { linkedInstance } from "./target.ts";
import { normalise, withoutTokens } from "./text.ts";

export type Exposed = Extract<Ask, { kind: "exposed" }>;

const namedAtMost = 5;
const longestLink = 4_000;

/** A link of somebody else's may have a token, too; ours has an instance, or says what it is. */
const isLogview = (link: string): boolean => linkedInstance(link) !== undefined || /logview/i.test(link);

/** What these texts give away; undefined where they give nothing away. The tokens themselves are not passed on. */
export function exposedIn(texts: readonly string[]): Exposed | undefined {
  const links = texts.flatMap((text) => normalise(text).match(/https?:\/\/[^\s<>|"'`]+/gi) ?? []);
  const open = links.map((link) => link.slice(0, longestLink)).filter((link) => withoutTokens(link) !== link && isLogview(link));
  if (open.length === 0) return undefined;
  const instances = new Map(open.flatMap((link) => linkedInstance(link) ?? []).map((each) => [each.instanceId, each]));
  return { kind: "exposed", instances: [...instances.values()].slice(0, namedAtMost) };
}
