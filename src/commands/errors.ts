import type { Who } from "./rights/policy.ts";

/** The person can read it and do something about it: their typing, their rights, a name that is not there. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly tone: "denied" | "mistake" | "trouble";
  readonly detail: string | undefined;
  readonly next: string | undefined;
  /** Who could help: told by name. */
  readonly ask: readonly Who[];
  /** A command to offer as a button, in words the bot understands. */
  readonly offers: readonly { readonly label: string; readonly command: string }[];

  constructor(
    title: string,
    more: {
      readonly tone?: "denied" | "mistake" | "trouble";
      readonly detail?: string;
      readonly next?: string;
      readonly ask?: readonly Who[];
      readonly offers?: readonly { readonly label: string; readonly command: string }[];
    } = {},
    options?: ErrorOptions,
  ) {
    super(title, options);
    this.tone = more.tone ?? "mistake";
    this.detail = more.detail;
    this.next = more.next;
    this.ask = more.ask ?? [];
    this.offers = more.offers ?? [];
  }
}

/** What somebody wanted to do could not be written into the audit trail: nothing was done. */
export class NotAudited extends Error {
  override readonly name = "NotAudited";

  constructor(options?: ErrorOptions) {
    super("an act could not be written into the audit trail", options);
  }
}
