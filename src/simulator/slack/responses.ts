import type { Clock } from "../clock.ts";
import type { Ids } from "./ids.ts";
import type { Table } from "./table.ts";

/** Where a bot may answer one command or click: five posts within thirty minutes. */
export type ResponseUrl = {
  readonly secret: string;
  readonly channel: string;
  readonly user: string;
  readonly expiresAt: number;
  readonly uses: number;
  /** ts of the message that was clicked: what replace_original and delete_original mean. A command has none. */
  readonly original?: string;
};

/** What Slack hands out so that a modal can be opened: good once, for three seconds. */
export type Trigger = {
  readonly id: string;
  readonly user: string;
  readonly expiresAt: number;
  readonly used: boolean;
  readonly view?: string;
};

const minuteMs = 60_000;
const mostUses = 5;
const triggerMs = 3000;

export type Exchanges = {
  newTrigger(user: string, view?: string): string;
  /** Uses it up, or says in Slack's words why it cannot be used. */
  useTrigger(id: string): Trigger | "expired_trigger_id" | "exchanged_trigger_id" | "invalid_trigger_id";
  newResponseUrl(channel: string, user: string, original?: string): ResponseUrl;
  responseUrl(secret: string): ResponseUrl | "expired_url" | "used_url";
  countUse(response: ResponseUrl): void;
  kill(response: ResponseUrl): void;
  clear(): void;
};

export function createExchanges(triggers: Table<Trigger>, responses: Table<ResponseUrl>, ids: Ids, clock: Clock): Exchanges {
  return {
    newTrigger(user, view) {
      const id = `${ids.next("T")}.${ids.secret()}`;
      triggers.put(id, { id, user, expiresAt: clock.now() + triggerMs, used: false, ...(view === undefined ? {} : { view }) });
      return id;
    },
    useTrigger(id) {
      const trigger = triggers.get(id);
      if (trigger === undefined) return "invalid_trigger_id";
      if (trigger.used) return "exchanged_trigger_id";
      if (clock.now() > trigger.expiresAt) return "expired_trigger_id";
      triggers.put(id, { ...trigger, used: true });
      return trigger;
    },
    newResponseUrl(channel, user, original) {
      const expiresAt = clock.now() + 30 * minuteMs;
      const response = {
        secret: ids.secret(),
        channel,
        user,
        expiresAt,
        uses: 0,
        ...(original === undefined ? {} : { original }),
      };
      responses.put(response.secret, response);
      return response;
    },
    responseUrl(secret) {
      const response = responses.get(secret);
      if (response === undefined || clock.now() > response.expiresAt) return "expired_url";
      return response.uses >= mostUses ? "used_url" : response;
    },
    countUse(response) {
      responses.put(response.secret, { ...response, uses: response.uses + 1 });
    },
    kill(response) {
      responses.put(response.secret, { ...response, expiresAt: 0 });
    },
    clear() {
      triggers.clear();
      responses.clear();
    },
  };
}
