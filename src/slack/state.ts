// A state is a word and a sign, never a colour or a sign alone.
import type { RichTextBlock, RichTextElement } from "@slack/types";
import type { InstanceStatus, Outcome, Task } from "../maxcompute/index.ts";
import type { Face } from "../watch/index.ts";
import { oneLine } from "./clean.ts";
import { clip } from "./fit.ts";
import { shown } from "./limits.ts";
import { join, type Mrkdwn, mrkdwn, nothing, term } from "./mrkdwn.ts";

/** `emoji` is Slack's name of the sign, without colons; a word that says nothing of the outcome has none. */
export type State = { readonly word: string; readonly emoji?: string };

const waiting: State = { word: "WAITING", emoji: "hourglass_flowing_sand" };

const states: Readonly<Record<Outcome, State>> = {
  running: { word: "RUNNING", emoji: "arrow_forward" },
  suspended: { word: "SUSPENDED", emoji: "double_vertical_bar" },
  success: { word: "SUCCESS", emoji: "white_check_mark" },
  failed: { word: "FAILED", emoji: "x" },
  cancelled: { word: "CANCELLED", emoji: "octagonal_sign" },
  unknown: { word: "UNKNOWN", emoji: "grey_question" },
};

/** The state of an instance; one that runs while every task of it still waits is WAITING. */
export const stateOf = (outcome: Outcome, tasks: readonly Task[] = []): State => {
  const onlyWaits = tasks.length > 0 && tasks.every((task) => task.status === "WAITING");
  return outcome === "running" && onlyWaits ? waiting : states[outcome];
};

const taskStates: ReadonlyMap<string, State> = new Map([waiting, ...Object.values(states)].map((state) => [state.word, state]));

/** The state of a task; a status the service adds tomorrow is shown as its own text. */
export const taskState = (status: string): State => taskStates.get(status) ?? { word: status, emoji: "grey_question" };

const watchStates: ReadonlyMap<string, State> = new Map([
  ["OPENING", { word: "OPENING", emoji: "hourglass_flowing_sand" }],
  ["STOPPING", { word: "STOPPING", emoji: "hourglass_flowing_sand" }],
  ["FORBIDDEN", { word: "FORBIDDEN", emoji: "no_entry" }],
  ["GONE", { word: "GONE", emoji: "grey_question" }],
]);

/** The state of a watched instance, which may also be one of not being seen. */
export const watchState = (word: Face["word"]): State => watchStates.get(word) ?? taskState(word);

/** The state of a row whose tasks nobody asked for: Terminated alone does not say how it ended. */
export const statusState = (status: InstanceStatus): State => {
  if (status === "Running") return states.running;
  if (status === "Suspended") return states.suspended;
  return { word: status };
};

/** Whether nothing about it will change any more: MaxCompute says Terminated, or the tasks tell an end. */
export const hasEnded = (status: InstanceStatus, outcome: Outcome): boolean =>
  status === "Terminated" || (outcome !== "running" && outcome !== "suspended");

/** Sign and bold word: `:x: *FAILED*`. */
export const stateWord = (state: State): Mrkdwn => join([signOf(state.emoji), mrkdwn`*${term(state.word)}*`], " ");

/** The sign alone, as mrkdwn writes it. The name is ours. */
export const signOf = (emoji: string | undefined): Mrkdwn => (emoji === undefined ? nothing : mrkdwn`:${emoji}:`);

/** Sign and word in a table cell, where Slack would write a shortcode out. Never empty: Slack refuses that. */
export const stateCell = ({ word, emoji }: State): RichTextBlock => {
  const text = clip(oneLine(word), shown.cell);
  const elements: RichTextElement[] =
    emoji === undefined
      ? [{ type: "text", text: text === "" ? " " : text }]
      : [
          { type: "emoji", name: emoji },
          { type: "text", text: ` ${text}` },
        ];
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
};
