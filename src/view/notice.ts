// A word, or an error in words.
import type { Suggestion } from "./link.ts";

/** One plain sentence, for what is neither an answer about an instance nor an error. */
export type NoticeView = {
  readonly kind: "notice";
  readonly text: string;
  readonly suggestions: readonly Suggestion[];
  /** Everybody reads what this person did: the sentence goes on behind their name. */
  readonly by?: string;
};

/** What failed, why, what to do next, and an id that the log has too. */
export type ErrorView = {
  readonly kind: "error";
  readonly tone: "denied" | "mistake" | "trouble";
  readonly title: string;
  readonly detail?: string;
  readonly next?: string;
  /** Who could help. */
  readonly ask?: readonly { readonly kind: "user" | "group"; readonly id: string }[];
  readonly errorId: string;
  /** The service's own words and ids, for whoever has to dig. */
  readonly cause?: { readonly code?: string; readonly requestId?: string; readonly message?: string };
  readonly suggestions: readonly Suggestion[];
};
