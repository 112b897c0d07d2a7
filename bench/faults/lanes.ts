// A lane plays one trial at a time on servers and children of its own.
import { createDynamoClient } from "../../src/aws/dynamo-client.ts";
import { createCrew } from "./crew.ts";
import { openDoor } from "./door.ts";
import { startDynalite } from "./dynalite.ts";
import { openLambdaStage } from "./lambda-stage.ts";
import { openLocalStage } from "./local-stage.ts";
import { type SubjectKind, startSubject } from "./subject.ts";
import type { Place } from "./trial.ts";
import { openWorld } from "./world.ts";

export const stores = ["sqlite", "dynamo"] as const;
export type StoreName = (typeof stores)[number];
export type Lane = Place & { close(): Promise<void> };

async function openLocalLane(child: string, policy: string, log: (line: string) => void): Promise<Lane> {
  const world = await openWorld("", policy);
  const crew = createCrew(() => startSubject(child, world.places, world.gate, log));
  return {
    world,
    crew,
    openStage: async () => openLocalStage(world, crew),
    async close() {
      await crew.close();
      await world.close();
    },
  };
}

async function openLambdaLane(child: string, policy: string, log: (line: string) => void): Promise<Lane> {
  const dynalite = await startDynalite();
  const world = await openWorld(dynalite.url, policy);
  const crew = createCrew(() => startSubject(child, world.places, world.gate, log));
  const door = await openDoor(world.places);
  const credentials = { accessKeyId: "parent", secretAccessKey: "parent" };
  const client = createDynamoClient({ region: "eu-central-1", endpoint: dynalite.url, credentials });
  return {
    world,
    crew,
    openStage: () => openLambdaStage(world, crew, door, client),
    async close() {
      client.destroy();
      await door.close();
      await crew.close();
      await world.close();
      await dynalite.close();
    },
  };
}

/** Which child plays the bot on a store. */
export const childOn: Readonly<Record<StoreName, SubjectKind>> = { sqlite: "local", dynamo: "lambda" };

/** `child`: the file of the child that `childOn` names; `policy`: further lines; `log` gets the children's own log lines. */
export const openLane = (store: StoreName, child: string, policy: string, log: (line: string) => void): Promise<Lane> =>
  store === "sqlite" ? openLocalLane(child, policy, log) : openLambdaLane(child, policy, log);
