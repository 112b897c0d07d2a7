import { afterFarewell, type ClosedSubscription, farewellOf, isClosed, withTried } from "../farewell.ts";
import type { Subscription } from "../subscription.ts";
import { mayGoOn, type Shift } from "./shift.ts";

/** Tells the owners of those that have ended, and forgets these. Gives back those that go on. */
export async function sayFarewells(shift: Shift, subscriptions: readonly Subscription[]): Promise<readonly Subscription[]> {
  for (const subscription of subscriptions.filter(isClosed)) if (mayGoOn(shift)) await sayFarewell(shift, subscription);
  return subscriptions.filter((each) => !isClosed(each));
}

/** Marked, told, and taken away: in this order, so that a death in between loses nothing. */
async function sayFarewell({ ports: { subscriptions, notifier } }: Shift, subscription: ClosedSubscription): Promise<void> {
  const marked = withTried(subscription);
  // Another tells it, or the channel was subscribed anew.
  if (!(await subscriptions.keep(subscription, marked))) return;
  const owner = { team: subscription.team, channel: subscription.createdBy };
  const told = await notifier.notify(owner, farewellOf(subscription), { isPerhapsRepeated: subscription.closed.tried });
  const left = afterFarewell(subscription, told);
  await subscriptions.keep(marked, left);
}
