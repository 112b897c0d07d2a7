// SQS: the queues, who may send to them, and what became a dead letter.
import { type Chance, type Chaos, deliveryDelays } from "../chance.ts";
import { type Caller, isAllowed } from "../policy/decide.ts";
import type { Resource } from "../template/template.ts";
import type { Work } from "../work.ts";
import { createQueue, type Message, type MessageAttributes, type Queue } from "./queue.ts";
import { readQueues } from "./queues.ts";

/** Something nobody could deal with, and the queue it went to. */
export type DeadLetter = {
  readonly from: "rule" | "function" | "queue";
  /** Logical id. */
  readonly queue: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
};

export type Refusal = "missing" | "denied" | "too large";

const textAttributes = (attributes: Readonly<Record<string, string>>): MessageAttributes =>
  Object.fromEntries(Object.entries(attributes).map(([name, stringValue]) => [name, { dataType: "String", stringValue }]));

export type SqsOptions = {
  readonly resources: readonly Resource[];
  readonly work: Work;
  readonly chance: Chance;
  readonly chaos: Chaos;
};

export function createSqs({ resources, work, chance, chaos }: SqsOptions) {
  const queues: Queue[] = [];
  const dead: DeadLetter[] = [];
  const find = (named: string): Queue | undefined =>
    queues.find(
      ({ settings }) =>
        settings.arn === named || settings.logicalId === named || settings.arn.split(":").at(-1) === named.split("/").at(-1),
    );

  const redriveTo = (arn: string) => (message: Message) => {
    const target = find(arn);
    target?.send(message.body, message.attributes, 0);
    dead.push({ from: "queue", queue: target?.settings.logicalId ?? arn, body: message.body, attributes: message.attributes });
  };
  for (const settings of readQueues(resources)) {
    const { redrive } = settings;
    queues.push(createQueue({ settings, work, chance, ...(redrive && { redriveTo: redriveTo(redrive.arn) }) }));
  }

  /** Sends on behalf of a role or a service. */
  function send(
    named: string,
    caller: Caller,
    message: { body: string; attributes?: MessageAttributes; delayMs?: number | undefined },
    context: Readonly<Record<string, string>> = {},
  ): { readonly id: string } | { readonly refused: Refusal } {
    const queue = find(named);
    if (queue === undefined) return { refused: "missing" };
    const { arn, policy, largestBytes, delayMs } = queue.settings;
    if (!isAllowed({ caller, action: "sqs:SendMessage", resource: arn, context }, policy)) return { refused: "denied" };
    if (Buffer.byteLength(message.body) > largestBytes) return { refused: "too large" };
    const copies = deliveryDelays(chance, { twice: chaos.twice ?? 0 }).length;
    return { id: queue.send(message.body, message.attributes, message.delayMs ?? delayMs, copies) };
  }

  return {
    queues: queues as readonly Queue[],
    find,
    send,
    /** Sends a dead letter; false when the queue refused it or is not there. */
    deadLetter(
      from: "rule" | "function",
      named: string,
      caller: Caller,
      body: string,
      attributes: Readonly<Record<string, string>>,
      context: Readonly<Record<string, string>> = {},
    ): boolean {
      const typed = textAttributes(attributes);
      const result = send(named, caller, { body, attributes: typed }, context);
      if ("refused" in result) return false;
      dead.push({ from, queue: find(named)?.settings.logicalId ?? named, body, attributes: typed });
      return true;
    },
    deadLetters: (): readonly DeadLetter[] => [...dead],
  };
}

export type Sqs = ReturnType<typeof createSqs>;
