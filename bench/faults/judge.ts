// The verdict on one trial, from what the servers hold at its end and from nothing that the bot says of itself.

/** A version of a message of the bot, as somebody saw it. */
export type Post = {
  readonly ts: string;
  readonly text: string;
  readonly isPublic: boolean;
  readonly files: readonly string[];
};

export type Trial = {
  /** Slack got its acknowledgement, at once or when it delivered again. */
  readonly acknowledged: boolean;
  /** Everything the bot said, every version of it, the acknowledgement's own words included. */
  readonly posts: readonly Post[];
  /** Requests to stop that MaxCompute accepted. */
  readonly stops: number;
  /** States that the store still holds of requests, transfers and announcements. */
  readonly states: readonly { readonly of: string; readonly state: string }[];
  /** Nobody was to be killed: a file that cannot be sent then is a file that is lost. */
  readonly isSpared?: boolean;
};

export type Verdict = {
  readonly lost: number;
  readonly duplicated: number;
  readonly orphaned: number;
  readonly ambiguous: number;
  /** What is wrong, in words. */
  readonly why: readonly string[];
};

type Sort = "answer" | "interim" | "announcement" | "card" | "file" | "file lost";

const interim = /^(STOPPING|Still asking MaxCompute|Only you see this: I may not post)/;
const announcement = /: <@\w+> (stopped|asked to stop) it/;
/** On which a second person decides, and which then says how that came out. */
const card = /: <@\w+> asks to stop it\./;
const promisesCard = /^ASKED\b/;
const fileLost = /^The file could not be sent/;
/** How the bot marks what may be a repetition, because the answer to the first was lost. */
const marked =
  /If you see no answer above|I was interrupted while I was answering you|may have told this before|may have sent this file before/;
const ended: ReadonlySet<string> = new Set(["answered", "done"]);

export const isMarked = ({ text }: Pick<Post, "text">): boolean => marked.test(text);

export function sortOf({ text, isPublic, files }: Post): Sort {
  if (files.length > 0) return "file";
  if (fileLost.test(text)) return "file lost";
  if (isPublic && card.test(text)) return "card";
  if (isPublic && announcement.test(text)) return "announcement";
  return interim.test(text) ? "interim" : "answer";
}

type Count = { readonly name: string; readonly plain: number; readonly marked: number; readonly least: number };

/** One is right; none is lost; a repetition is right once, if it is marked. */
const judgeCount = ({ name, plain, marked: repeated, least }: Count) => {
  const lost = plain + repeated < least ? 1 : 0;
  const duplicated = Math.max(0, plain - 1) + Math.max(0, repeated - 1);
  return {
    lost,
    duplicated,
    ambiguous: repeated > 0 ? 1 : 0,
    why: [
      ...(lost > 0 ? [`no ${name}`] : []),
      ...(duplicated > 0 ? [`${plain} of ${name}, and ${repeated} marked as perhaps repeated`] : []),
    ],
  };
};

export function judge({ acknowledged, posts, stops, states, isSpared = false }: Trial): Verdict {
  const of = (sort: Sort) => posts.filter((post) => sortOf(post) === sort);
  const count = (name: Sort, least: number, found = of(name)): Count => ({
    name,
    least,
    plain: found.filter((post) => !isMarked(post)).length,
    marked: found.filter(isMarked).length,
  });
  const promisesFile =
    of("answer").some(({ text }) => /\brows?, the first is\b/.test(text)) && (isSpared || of("file lost").length === 0);
  const counts = [
    count("answer", acknowledged ? 1 : 0),
    count("announcement", Math.min(1, stops)),
    count("file", 0),
    count("file lost", 0),
  ].map(judgeCount);
  const cards = new Set(of("card").map(({ ts }) => ts)).size;
  const noCard = cards === 0 && of("answer").some(({ text }) => promisesCard.test(text));
  const noFile = promisesFile && states.some(({ of: family }) => family === "transfers") && of("file").length === 0;
  const open = states.filter(({ state }) => !ended.has(state));
  const sum = (pick: (one: (typeof counts)[number]) => number) => counts.reduce((total, one) => total + pick(one), 0);
  return {
    lost: sum(({ lost }) => lost) + (noFile ? 1 : 0) + (noCard ? 1 : 0),
    duplicated: sum(({ duplicated }) => duplicated) + Math.max(0, stops - 1) + Math.max(0, cards - 1),
    orphaned: open.length,
    ambiguous: sum(({ ambiguous }) => ambiguous),
    why: [
      ...counts.flatMap(({ why }) => why),
      ...(noFile ? ["no file"] : []),
      ...(noCard ? ["no card to approve it on"] : []),
      ...(cards > 1 ? [`${cards} cards to approve it on`] : []),
      ...(stops > 1 ? [`${stops} stops took effect`] : []),
      ...open.map(({ of: family, state }) => `one of ${family} was left ${state}`),
    ],
  };
}
