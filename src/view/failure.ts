// Why something failed, as a person reads it.

/** Why an instance failed, in the words of its first task that did. */
export type Failure = {
  readonly taskName: string;
  readonly code?: string;
  /** The service's own words. */
  readonly message: string;
  /** What happened and what to do next, a sentence each. */
  readonly cause: string;
  readonly next: string;
};
