// What failed, why, what to do next, and the id under which the log has it.
import type { RichTextBlock, RichTextElement } from "@slack/types";
import type { ErrorView } from "../../view/index.ts";
import { context } from "../blocks.ts";
import { suggestionActions } from "../buttons.ts";
import { shown } from "../limits.ts";
import type { Sketch } from "../message.ts";
import { code, join, type Mrkdwn, mrkdwn, nothing, plainText } from "../mrkdwn.ts";
import { bold, emoji, paragraph, preformatted, prose } from "../rich-text.ts";

const signs: Readonly<Record<ErrorView["tone"], RichTextElement>> = {
  denied: emoji("no_entry", "26d4"),
  mistake: emoji("grey_question", "2754"),
  trouble: emoji("warning", "26a0-fe0f"),
};

import { whoElement } from "../named-who.ts";

/** Draws an error; the service's own words stand apart from ours, clipped. */
export const drawError = (view: ErrorView): Sketch => {
  const { title, detail, next, ask, cause, errorId } = view;
  return {
    text: join([plainText(title, shown.prose), ...[detail, next].map(optional)], " "),
    blocks: [
      ...paragraph([signs[view.tone], { type: "text", text: " " }, ...bold(title)]),
      ...paragraph(prose(detail ?? "")),
      ...askFor(ask),
      ...(next === undefined ? [] : paragraph([...bold("Next"), { type: "text", text: " " }, ...prose(next)])),
      ...preformatted(cause?.message ?? "", shown.error),
      ...suggestionActions(view.suggestions),
      ...context([mrkdwn`error id ${code(errorId)}`, ...causeWords(cause)]),
    ],
  };
};

/** More would be a list to read, not somebody to ask. */
const mostAsked = 5;

/** Who could help, by name: only this person reads it, so that nobody is called. */
function askFor(ask: ErrorView["ask"]): readonly RichTextBlock[] {
  if (ask === undefined || ask.length === 0) return [];
  const names = ask
    .slice(0, mostAsked)
    .flatMap((who, index) => [...(index === 0 ? [] : [{ type: "text", text: ", " } as const]), whoElement(who)]);
  const more = ask.length > mostAsked ? `, or ${ask.length - mostAsked} others` : "";
  return paragraph([
    ...bold("Ask"),
    { type: "text", text: " " },
    ...names,
    ...(more === "" ? [] : [{ type: "text", text: more } as const]),
  ]);
}

const optional = (words: string | undefined): Mrkdwn => (words === undefined ? nothing : plainText(words, shown.prose));

const causeWords = (cause: ErrorView["cause"]): readonly Mrkdwn[] => [
  cause?.code === undefined ? nothing : code(cause.code),
  cause?.requestId === undefined ? nothing : mrkdwn`MaxCompute request ${code(cause.requestId)}`,
];
