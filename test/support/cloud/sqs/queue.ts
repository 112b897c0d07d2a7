// One standard queue: delay, visibility, receive counts, redrive, retention. Time is the cloud's clock.
import type { Chance } from "../chance.ts";
import type { Work } from "../work.ts";
import type { QueueSettings } from "./queues.ts";

export type MessageAttribute = { readonly dataType: string; readonly stringValue: string };
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

export type Message = {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly sentAt: number;
  readonly receives: number;
  readonly firstReceivedAt?: number;
  readonly visibleAt: number;
};

export type Received = Message & { readonly receipt: string };

export type QueueOptions = {
  readonly settings: QueueSettings;
  readonly work: Work;
  readonly chance: Chance;
  /** Takes what was received too often. */
  readonly redriveTo?: (message: Message) => void;
};

export function createQueue({ settings, work, chance, redriveTo }: QueueOptions) {
  let messages: readonly (Message & { readonly key: number; readonly receipt: string })[] = [];
  const sent: Message[] = [];
  const listeners: (() => Promise<void>)[] = [];
  let keys = 0;

  const wake = (delayMs: number) =>
    work.after(delayMs, async () => {
      // What is sent in one go is received in one batch.
      await Promise.resolve();
      for (const listener of listeners) await listener();
    });

  function dropOld(): void {
    messages = messages.filter(({ sentAt }) => work.now() < sentAt + settings.retentionMs);
  }

  function add(message: Message): void {
    keys += 1;
    messages = [...messages, { ...message, key: keys, receipt: "" }];
    wake(message.visibleAt - work.now());
  }

  return {
    settings,
    now: work.now,
    /** Calls back whenever a message may have become visible. */
    onVisible(listener: () => Promise<void>): void {
      listeners.push(listener);
    },
    /** Adds a message, `copies` times: a standard queue may deliver it more than once. Gives its id. */
    send(body: string, attributes: MessageAttributes = {}, delayMs = settings.delayMs, copies = 1): string {
      const id = chance.uuid();
      const message = { id, body, attributes, sentAt: work.now(), receives: 0, visibleAt: work.now() + delayMs };
      sent.push(message);
      for (let copy = 0; copy < copies; copy += 1) add(message);
      return id;
    },
    /** Takes up to `most` visible messages out of sight for the visibility time-out. */
    receive(most: number): readonly Received[] {
      dropOld();
      const visible = messages.filter(({ visibleAt }) => visibleAt <= work.now());
      const worn = visible.filter(({ receives }) => redriveTo !== undefined && receives >= (settings.redrive?.maxReceives ?? 0));
      for (const message of worn) redriveTo?.(message);
      const taken = visible
        .filter((message) => !worn.includes(message))
        .slice(0, most)
        .map((message) => ({
          ...message,
          receives: message.receives + 1,
          firstReceivedAt: message.firstReceivedAt ?? work.now(),
          visibleAt: work.now() + settings.visibilityMs,
          receipt: chance.uuid(),
        }));
      const changed = new Map(taken.map((message) => [message.key, message]));
      const gone = new Set(worn.map(({ key }) => key));
      messages = messages.filter(({ key }) => !gone.has(key)).map((message) => changed.get(message.key) ?? message);
      if (taken.length > 0) wake(settings.visibilityMs);
      return taken;
    },
    /** Deletes a message by the receipt of its last receive. */
    remove(receipt: string): void {
      messages = messages.filter((message) => message.receipt !== receipt);
    },
    /** Messages in the queue, visible or not. */
    messages(): readonly Message[] {
      dropOld();
      return messages;
    },
    /** Every message ever sent here. */
    sent: (): readonly Message[] => [...sent],
  };
}

export type Queue = ReturnType<typeof createQueue>;
