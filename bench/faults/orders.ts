// What the parent and its children say to each other over the children's own channel.
import type { Apology } from "../../src/commands/apology.ts";
import type { CommandRequest } from "../../src/commands/request.ts";
import type { Policy } from "../../src/commands/rights/policy.ts";

/** Where a child finds everything; given to it once, as JSON in its arguments. */
export type Places = {
  readonly slackUrl: string;
  readonly maxComputeUrl: string;
  readonly dynamoUrl: string;
  readonly eventsUrl: string;
  readonly project: string;
  readonly accessId: string;
  readonly accessKey: string;
  readonly signingSecret: string;
  readonly botToken: string;
  readonly sealKey: string;
  readonly team: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly policy: Policy;
};

/** `offsetMs`: how far the child's clock is ahead of the parent's. */
export type Order = { readonly offsetMs: number } & (
  | { /** The local run on this folder. */ readonly kind: "open"; readonly folder: string }
  | { /** The local run comes to its end. */ readonly kind: "close" }
  | {
      /** One invocation of the command function. */ readonly kind: "run";
      readonly table: string;
      readonly request: CommandRequest;
      readonly worker: string;
    }
  | { readonly kind: "transfer"; readonly table: string; readonly request: CommandRequest; readonly worker: string }
  | {
      readonly kind: "apologise";
      readonly table: string;
      readonly request: CommandRequest;
      readonly why: Apology;
      /** The invocation that is known to have ended. */
      readonly ended?: string;
    }
  /** `ended` is the sender that the record is of. */
  | { readonly kind: "resume"; readonly table: string; readonly request: CommandRequest; readonly ended: string }
);

/** The answer to a write that a child announced. */
export type GoOn = { readonly kind: "go on"; readonly write: number };

export type Report =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly value: unknown }
  | { readonly kind: "failed"; readonly why: string }
  /** A write to the child's own disk: it waits for "go on" on either side. */
  | { readonly kind: "write"; readonly write: number; readonly moment: "before" | "after"; readonly label: string };
