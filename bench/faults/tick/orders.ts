// What the parent asks of a child that follows instances: one invocation an order.
import type { Options, Place, Subscription } from "../../../src/watch/index.ts";

/** What somebody asked to be watched. */
export type Wanted = Place & {
  readonly instanceId: string;
  readonly channel: string;
  readonly startedBy: string;
  readonly options: Options;
};

/** `offsetMs`: how far the child's clock is ahead of the parent's real one. `table`: the file of a store in SQLite, the table of one in DynamoDB. */
export type TickOrder = { readonly offsetMs: number; readonly table: string } & (
  | { readonly kind: "tick" | "heartbeat" | "hot" }
  | { readonly kind: "look"; readonly place: Place }
  | { /** A command's part: it starts a watch. */ readonly kind: "add"; readonly wanted: Wanted }
  | { readonly kind: "subscribe"; readonly subscription: Subscription }
);

type WithoutWhen<Order> = Order extends TickOrder ? Omit<Order, "offsetMs" | "table"> : never;

/** An order before it is known when and where it is carried out. */
export type Errand = WithoutWhen<TickOrder>;
