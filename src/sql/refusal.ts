import type { Position } from "./position.ts";

export type Reason =
  | "empty"
  | "too-long"
  | "open-string"
  | "open-name"
  | "open-comment"
  | "strange-character"
  | "look-alike"
  /** A literal with letters right before or behind it, which may be part of it or not. */
  | "glued"
  | "unclear-name"
  | "unclear-hint"
  | "unbalanced"
  | "several-statements"
  | "script"
  | "settings-only"
  | "unclear-setting"
  /** A setting that the bot decides. */
  | "wall"
  | "unknown-setting"
  | "setting-value"
  | "unknown-statement"
  /** Allowed to some, not to whoever may only read. */
  | "changes"
  | "runs-program"
  /** Rights, users, packages, projects: never from here. */
  | "security"
  | "takes-data-out"
  /** A word of the service's console, for which there is something else here or nothing. */
  | "not-sql";

/** Why a text is not run, and where; the verb or setting that it is about, in ASCII and short. */
export type Refusal = {
  readonly kind: "refused";
  readonly reason: Reason;
  readonly verb?: string | undefined;
  readonly setting?: string | undefined;
  readonly at?: Position | undefined;
};

/** A refusal before its place is counted in lines; `from` is an offset. */
export type Flaw = {
  readonly reason: Reason;
  readonly from?: number | undefined;
  readonly verb?: string | undefined;
  readonly setting?: string | undefined;
};

export const isFlaw = (found: object): found is Flaw => "reason" in found;
