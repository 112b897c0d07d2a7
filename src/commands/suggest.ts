import type { Suggestion } from "../view/index.ts";

/** A button that types `command` for the person: it has the power of typed text and no more, so the text may travel in it. */
export const offer = (label: string, command: string): Suggestion => ({ label, value: `text:${command}` });

/** Suggestions that fit into a button; a command too long to carry is left to be typed. */
export const offers = (list: readonly { readonly label: string; readonly command: string }[]): readonly Suggestion[] =>
  list.filter(({ command }) => command.length <= 1_500).map(({ label, command }) => offer(label, command));
