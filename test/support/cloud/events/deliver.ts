// From a matched rule to its target: at least once, retried while the target cannot take it, then to a dead-letter queue.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html
import { type Chance, type Chaos, deliveryDelays } from "../chance.ts";
import type { Metrics } from "../metrics.ts";
import type { Work } from "../work.ts";
import type { BusEvent } from "./event.ts";
import type { Rule, Target } from "./rules.ts";

/** What came of handing an event to a target. Only what may pass is tried again. */
export type Delivery =
  | { readonly kind: "taken" }
  | { readonly kind: "refused"; readonly code: string; readonly message: string; readonly mayPass: boolean };

export type DeadLetterAttributes = Readonly<Record<string, string>>;

export type DeliverOptions = {
  readonly work: Work;
  readonly chance: Chance;
  readonly chaos: Chaos;
  readonly metrics: Metrics;
  /** Hands the text to the target's ARN on behalf of the rule. */
  readonly hand: (targetArn: string, body: string, ruleArn: string) => Delivery;
  /** Puts the event into a queue on behalf of the rule; false when it was refused. */
  readonly deadLetter: (queueArn: string, body: string, ruleArn: string, attributes: DeadLetterAttributes) => boolean;
};

type Attempt = {
  readonly rule: Rule;
  readonly target: Target;
  readonly event: BusEvent;
  readonly since: number;
  readonly tries: number;
};

/** EventBridge backs off exponentially; its numbers are not documented. */
const backoffMs = (retry: number) => Math.min(1_000 * 2 ** retry, 300_000);

function bodyFor({ input, inputPath }: Target, event: BusEvent): string {
  if (input !== undefined) return input;
  const keys = inputPath?.split(".").slice(1) ?? [];
  const part = keys.reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key], event);
  return JSON.stringify(part ?? {});
}

export function createDelivery({ work, chance, chaos, metrics, hand, deadLetter }: DeliverOptions) {
  function giveUp({ rule, target, event, tries }: Attempt, code: string, message: string, limit?: string): void {
    metrics.count("FailedInvocations", rule.logicalId);
    if (target.deadLetterArn === undefined) return;
    const sent = deadLetter(target.deadLetterArn, JSON.stringify(event), rule.arn, {
      RULE_ARN: rule.arn,
      TARGET_ARN: target.arn,
      ERROR_CODE: code,
      ERROR_MESSAGE: message,
      ...(limit === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: limit, RETRY_ATTEMPTS: String(tries) }),
    });
    metrics.count(sent ? "InvocationsSentToDlq" : "InvocationsFailedToBeSentToDlq", rule.logicalId);
  }

  async function attempt(current: Attempt): Promise<void> {
    const { rule, target, event, since, tries } = current;
    const result = hand(target.arn, bodyFor(target, event), rule.arn);
    if (result.kind === "taken") return;
    if (!result.mayPass) return giveUp(current, result.code, result.message);
    if (tries >= target.retries) return giveUp(current, result.code, result.message, "MaximumRetryAttempts");
    const left = since + target.ageMs - work.now();
    const wait = backoffMs(tries);
    if (wait >= left) {
      work.after(left, async () => giveUp(current, result.code, result.message, "MaximumEventAgeInSeconds"));
    } else {
      work.after(wait, () => attempt({ ...current, tries: tries + 1 }));
    }
  }

  /** Hands an event to every target of these rules. */
  return (rules: readonly Rule[], event: BusEvent): void => {
    const pairs = rules.flatMap((rule) => rule.targets.map((target) => ({ rule, target })));
    for (const { rule, target } of chaos.disorder ? chance.shuffled(pairs) : pairs) {
      for (const delay of deliveryDelays(chance, chaos)) {
        work.after(delay, () => attempt({ rule, target, event, since: work.now(), tries: 0 }));
      }
    }
  };
}

export type Deliver = ReturnType<typeof createDelivery>;
