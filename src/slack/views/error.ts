// What failed, why, what to do next, and the id under which the log has it.
import type { RichTextElement } from "@slack/types";
import type { ErrorView } from "../../view.ts";
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

/** Draws an error; the service's own words stand apart from ours, clipped. */
export const drawError = (view: ErrorView): Sketch => {
  const { title, detail, next, cause, errorId } = view;
  return {
    text: join([plainText(title, shown.prose), ...[detail, next].map(optional)], " "),
    blocks: [
      ...paragraph([signs[view.tone], { type: "text", text: " " }, ...bold(title)]),
      ...paragraph(prose(detail ?? "")),
      ...(next === undefined ? [] : paragraph([...bold("Next"), { type: "text", text: " " }, ...prose(next)])),
      ...preformatted(cause?.message ?? "", shown.error),
      ...suggestionActions(view.suggestions),
      ...context([mrkdwn`error id ${code(errorId)}`, ...causeWords(cause)]),
    ],
  };
};

const optional = (words: string | undefined): Mrkdwn => (words === undefined ? nothing : plainText(words, shown.prose));

const causeWords = (cause: ErrorView["cause"]): readonly Mrkdwn[] => [
  cause?.code === undefined ? nothing : code(cause.code),
  cause?.requestId === undefined ? nothing : mrkdwn`MaxCompute request ${code(cause.requestId)}`,
];
