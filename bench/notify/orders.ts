// What the processes of this bench say to one another.

/** Where the engine finds the world. */
export type Places = {
  readonly dynamoUrl: string;
  readonly table: string;
  readonly sealKey: string;
  readonly maxComputeUrl: string;
  readonly project: string;
  readonly accessId: string;
  readonly accessKey: string;
  readonly slackUrl: string;
  readonly botToken: string;
  readonly team: string;
  readonly busUrl: string;
};

/** To the engine: a minute has begun, or somebody wants to follow an instance. */
export type Order =
  | { readonly kind: "minute" }
  | { readonly kind: "watch"; readonly instanceId: string; readonly channel: string; readonly startedBy: string };

/** To the servers: begin an instance, or say what Slack has taken. */
export type Wish = { readonly kind: "start"; readonly life: Life } | { readonly kind: "told" };
export type Life = { readonly scenario: "short" | "failing"; readonly runsMs: number };

export type Begun = { readonly id: string /** Epoch ms. */; readonly endsAt: number };

/** When Slack took the end of an instance, epoch ms by the clock of MaxCompute's own process: on its card, and as a reply; and how often. */
export type Told = {
  readonly id: string;
  readonly cardAt?: number | undefined;
  readonly replyAt?: number | undefined;
  readonly replies: number;
};
