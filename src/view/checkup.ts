// What `doctor` has found.

/** What was found where something about the bot was looked at; what is not well says what to do, in one sentence. */
export type Finding =
  | { readonly state: "ok"; readonly seen: string }
  | {
      readonly state:
        | "warning" // it works, and not as it should
        | "broken" // people will meet it
        | "unclear"; // it could not be checked
      readonly seen: string;
      readonly fix: string;
    };

/** A check-up of the bot itself. */
export type CheckupView = {
  readonly kind: "checkup";
  readonly findings: readonly ({ readonly name: string } & Finding)[];
  readonly tookMs: number;
  readonly seenAt: number;
};
