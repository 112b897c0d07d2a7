// Who may do what.
import type { Suggestion } from "./link.ts";

/** Somebody, or a place, of whom a policy speaks. */
export type NamedWho =
  | { readonly kind: "user" | "group" | "channel"; readonly id: string }
  | { readonly kind: "everyone" | "channels" };

/** A change of the policy, and how it stands then. */
export type GrantedView = {
  readonly kind: "granted";
  readonly did: "allowed" | "denied";
  readonly who: NamedWho;
  readonly role: string;
  /** Absent: every project. */
  readonly project?: string;
  /** What they have now; absent: nothing. */
  readonly held?: string;
  /** Another line stands against what was asked for. */
  readonly isOtherwise: boolean;
  readonly suggestions: readonly Suggestion[];
};

export type RightsView = {
  readonly kind: "rights";
  /** Of whoever asks. */
  readonly here?: {
    /** Absent for whoever may not know of it. */
    readonly project?: string;
    /** Absent: nothing. */
    readonly role?: string;
    readonly isDirect: boolean;
    readonly isProduction: boolean;
  };
  /** Somebody else, whose roles these are. */
  readonly who?: NamedWho;
  /** `project`: a name or a glob; "*" is every project. */
  readonly roles: readonly { readonly project: string; readonly role: string }[];
  /** The whole policy; a line without `by` is of the deployment. */
  readonly lines?: readonly {
    readonly rule: string;
    readonly who?: NamedWho;
    readonly words: string;
    readonly project?: string;
    readonly by?: string;
    readonly at?: number;
  }[];
};
