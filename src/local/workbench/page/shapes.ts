// What the workbench's server sends. Blocks stay unjudged here: each drawing reads only the fields it understands (see fields.ts).

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly real_name: string;
  readonly role: string;
  readonly tz: string;
  readonly is_bot: boolean;
};

export type Channel = {
  readonly id: string;
  readonly name: string;
  readonly kind: "public" | "private" | "im";
  readonly members: readonly string[];
};

export type Fields = { readonly [key: string]: unknown };

export type SharedFile = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly size: number;
  readonly path: string;
};

export type Message = {
  readonly ts: string;
  readonly channel: string;
  readonly thread_ts?: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Fields[];
  readonly files: readonly SharedFile[];
  readonly visible_to?: string;
  readonly edited: boolean;
  readonly from_slack?: boolean;
  readonly broadcast?: boolean;
};

export type Modal = { readonly id: string; readonly user: string; readonly hash: string; readonly view: Fields };

export type Verb = { readonly name: string; readonly usage: string; readonly summary: string };

export type Workspace = {
  readonly team: { readonly id: string; readonly name: string };
  readonly bot: { readonly id: string; readonly userId: string; readonly name: string };
  readonly people: readonly Person[];
  readonly channels: readonly Channel[];
  readonly modals: readonly Modal[];
  readonly commands: readonly Verb[];
};

export type Delivery = { readonly ok: boolean; readonly error?: string; readonly ack?: unknown };

export type Simulation = {
  readonly scenarios: readonly { readonly name: string; readonly summary: string }[];
  readonly instances: readonly { readonly id: string; readonly scenario: string; readonly status: string }[];
};
