// What the parent asks of a child that follows instances: one invocation an order.
import type { Options, Place, Subscription } from "../../../src/watch/index.ts";
import type { Setting } from "./haste.ts";

/** What somebody asked to be watched. */
export type Wanted = Place & {
  readonly instanceId: string;
  readonly channel: string;
  readonly startedBy: string;
  readonly options: Options;
};

/** The time, and `table`: the file of a store in SQLite, the table of one in DynamoDB. */
export type TickOrder = Setting & { readonly table: string } & (
    | { readonly kind: "tick" | "heartbeat" | "hot" }
    | { readonly kind: "look"; readonly place: Place }
    | { /** A command's part: it starts a watch. */ readonly kind: "add"; readonly wanted: Wanted }
    | { readonly kind: "subscribe"; readonly subscription: Subscription }
  );

type WithoutWhen<Order> = Order extends TickOrder ? Omit<Order, keyof Setting | "table"> : never;

/** An order before it is known when and where it is carried out. */
export type Errand = WithoutWhen<TickOrder>;
