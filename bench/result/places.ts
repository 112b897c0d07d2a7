export type Places = {
  readonly endpoint: string;
  readonly project: string;
  readonly accessId: string;
  readonly accessKey: string;
  readonly slackUrl: string;
  readonly channel: string;
};

/** What a child does with an instance's rows: "file" sends them as the bot does, "discard" reads the same bytes and forgets them. */
export type Job = { readonly kind: "file" | "discard"; readonly id: string; readonly rows: number };

export type Done = {
  readonly ms: number;
  /** Bytes read, or sent. */
  readonly bytes: number;
  readonly peakMb: number;
};
