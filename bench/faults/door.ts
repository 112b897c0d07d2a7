// The door of the deployed bot as far as this path needs it: it takes what Slack delivers and keeps the requests for the bus.
import { HTTPReceiver } from "@slack/bolt";
import { createAccept } from "../../src/commands/accept.ts";
import { opensNoForms } from "../../src/commands/opening.ts";
import type { CommandRequest } from "../../src/commands/request.ts";
import { commandSpecs } from "../../src/commands/specs.ts";
import { silentLog } from "../../src/log.ts";
import { listen } from "../../src/slack/app.ts";
import { boltLogger, createLambdaApp } from "../../src/slack/bolt.ts";
import type { Places } from "./orders.ts";

export type Door = { readonly port: number; take(): readonly CommandRequest[]; close(): Promise<void> };

export async function openDoor({ signingSecret, team }: Places): Promise<Door> {
  const taken: CommandRequest[] = [];
  const receiver = new HTTPReceiver({ signingSecret, processBeforeResponse: true, logger: boltLogger(silentLog) });
  const accept = createAccept({
    commands: commandSpecs,
    queue: {
      send: async (request) => {
        taken.push(request);
      },
    },
    isOurs: (caller) => caller.team === team,
    forms: opensNoForms,
    shown: async () => [],
    now: Date.now,
    log: silentLog,
    version: "0.0.0",
  });
  listen(createLambdaApp(receiver, silentLog), { accept }, team, silentLog);
  const address = (await receiver.start({ port: 0, host: "127.0.0.1" })).address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    take: () => taken.splice(0),
    async close() {
      await receiver.stop();
    },
  };
}
