// How an approval stands, in a word and a sign: the same of whatever was asked for, but for what is done once it is approved.
import type { ApprovalView } from "../../view/index.ts";

type Phase = ApprovalView["phase"];
type Sign = { readonly word: string; readonly emoji: string };

const common = {
  asked: { word: "APPROVAL NEEDED", emoji: "raised_hand" },
  over: { word: "ALREADY OVER", emoji: "white_check_mark" },
  unsure: { word: "UNKNOWN", emoji: "grey_question" },
  denied: { word: "DENIED", emoji: "no_entry" },
  withdrawn: { word: "TAKEN BACK", emoji: "leftwards_arrow_with_hook" },
  expired: { word: "EXPIRED", emoji: "hourglass" },
} satisfies Partial<Record<Phase, Sign>>;

/** The signs of every phase, with those that are an act's own. */
export const approvalSigns = (
  own: Readonly<Record<Exclude<Phase, keyof typeof common>, Sign>>,
): Readonly<Record<Phase, Sign>> => ({
  ...common,
  ...own,
});
