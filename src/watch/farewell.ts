// A channel that takes nothing any more ends what it was subscribed to, and whoever subscribed it hears of that, alone. Pure.
import type { Told } from "./ports.ts";
import type { Subscription } from "./subscription.ts";

/** To the owner of a subscription that has ended. */
export type Farewell = {
  readonly kind: "unsubscribed";
  readonly key: string;
  /** Epoch ms. */
  readonly at: number;
  readonly subscription: Subscription;
  readonly reason: string;
};

export type Closed = NonNullable<Subscription["closed"]>;
/** One whose channel is closed. */
export type ClosedSubscription = Subscription & { readonly closed: Closed };

export const isClosed = (subscription: Subscription): subscription is ClosedSubscription => subscription.closed !== undefined;

/** So many lost answers, and it is taken for told: nothing else says the same, but a direct message is seen. */
const mostLost = 2;

export const farewellOf = (subscription: ClosedSubscription): Farewell => ({
  kind: "unsubscribed",
  key: `unsubscribed:${subscription.id}:${subscription.closed.at}`,
  at: subscription.closed.at,
  subscription,
  reason: subscription.closed.reason,
});

/** Somebody is about to tell it: whoever finds it so knows that it may have been told. */
export const withTried = (subscription: ClosedSubscription): ClosedSubscription => ({
  ...subscription,
  closed: { ...subscription.closed, tried: true },
});

/** What an answer leaves of it; undefined when there is nothing more to tell. */
export function afterFarewell(subscription: ClosedSubscription, told: Told): ClosedSubscription | undefined {
  const { closed } = subscription;
  if (told.kind === "later") return subscription;
  if (told.kind !== "unknown" || closed.lost + 1 >= mostLost) return undefined;
  return { ...subscription, closed: { ...closed, tried: true, lost: closed.lost + 1 } };
}
