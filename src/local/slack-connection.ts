import type { App } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Policy } from "../commands/rights/policy.ts";
import type { SlackIdentity } from "../slack/app.ts";

/** A workspace, real or simulated, as the local run uses it. */
export type SlackConnection = {
  readonly app: App;
  readonly client: WebClient;
  readonly identity: SlackIdentity;
  /** What holds here beside the settings: rights of seeded people. */
  readonly policy: Policy;
  /** For the log and the page: which workspace this is. */
  readonly describe: string;
  /** Where a browser finds this run. */
  readonly url: string;
  /** Deliveries begin: every listener is registered by now. */
  listen(): Promise<void>;
  close(): Promise<void>;
};
