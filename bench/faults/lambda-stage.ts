// The deployed bot: the parent delivers as EventBridge, Lambda and SQS do, at least once, out of order, late, and after a death.
import { randomUUID } from "node:crypto";
import { CreateTableCommand, DeleteTableCommand, DescribeTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createDynamoStore } from "../../src/aws/dynamo-store.ts";
import { dynamoTable } from "../../src/aws/dynamo-table.ts";
import { createSealedStore } from "../../src/aws/sealed-store.ts";
import type { Apology } from "../../src/commands/apology.ts";
import type { CommandRequest } from "../../src/commands/request.ts";
import type { Chance } from "./chance.ts";
import type { Crew } from "./crew.ts";
import type { Door } from "./door.ts";
import type { Order } from "./orders.ts";
import type { Stage } from "./stage.ts";
import { statesIn } from "./states.ts";
import type { World } from "./world.ts";

/** The timer of every command, and how long a message that was not dealt with stays out of sight (serverless/queues.yml). */
const timerMs = 50_000;
const invisibleMs = 30_000;
const receivedAtMost = 15;
/** EventBridge may deliver this late and the command is still carried out (production rule 3). */
const lateMs = 30_000;

export async function makeTable(client: DynamoDBClient, table: string): Promise<void> {
  const { AttributeDefinitions, KeySchema, BillingMode } = dynamoTable;
  await client.send(
    new CreateTableCommand({
      TableName: table,
      AttributeDefinitions: [...AttributeDefinitions],
      KeySchema: [...KeySchema],
      BillingMode,
    }),
  );
  while ((await client.send(new DescribeTableCommand({ TableName: table }))).Table?.TableStatus !== "ACTIVE");
}

/** `client`: the parent's own, past the gate. */
export async function openLambdaStage(world: World, crew: Crew, door: Door, client: DynamoDBClient): Promise<Stage> {
  const table = `faults-${randomUUID()}`;
  await makeTable(client, table);
  const store = createDynamoStore({ client, table, now: Date.now, newVersion: randomUUID });
  world.inlet.to(door.port);

  type Invocation =
    | { readonly kind: "run" | "transfer"; readonly worker: string }
    | { readonly kind: "resume"; readonly ended: string }
    | { readonly kind: "apologise"; readonly why: Apology; readonly ended?: string };
  /** False when it died or asks to be tried again. */
  async function invoke(invocation: Invocation, request: CommandRequest, offsetMs: number): Promise<boolean> {
    const order: Order = { ...invocation, table, request, offsetMs };
    const ended = await (await crew.current()).ask(order);
    return ended.kind === "done" && ended.value !== false;
  }

  /** A message of a queue, received until it is dealt with. Answers when it was. */
  async function receive(invocation: Invocation, request: CommandRequest, fromMs: number): Promise<number> {
    for (let times = 0; times < receivedAtMost; times += 1) {
      if (await invoke(invocation, request, fromMs + times * invisibleMs)) return fromMs + times * invisibleMs;
    }
    return fromMs + receivedAtMost * invisibleMs;
  }

  async function transferAll(fromMs: number, chance: Chance): Promise<void> {
    let at = fromMs;
    for (let round = 0; round < 10; round += 1) {
      const started = world.takeTransfers();
      if (started.length === 0) return;
      for (const request of started) {
        for (let times = chance.below(2); times >= 0; times -= 1) {
          at += 1_000;
          // What died or threw reaches `apologise` as a failure record, which starts it again.
          const worker = randomUUID();
          if (!(await invoke({ kind: "transfer", worker }, request, at)))
            at = await receive({ kind: "resume", ended: worker }, request, at + 1_000);
        }
      }
    }
  }

  async function live(request: CommandRequest, chance: Chance, deathChance: Chance): Promise<void> {
    let at = chance.below(2) * lateMs;
    const aRun = (): Invocation => ({ kind: "run", worker: randomUUID() });
    const steps = [aRun()];
    for (let copies = chance.below(3); copies > 0; copies -= 1) steps.push(aRun());
    const unfinished: Invocation[] = [];
    while (steps.length > 0) {
      const step = steps.shift();
      if (step === undefined) break;
      at += 1_000;
      const isDone = await invoke(step, request, at);
      if (isDone) continue;
      // A worker that died leaves a failure record, before or after the next copy of the event.
      if (step.kind === "run")
        steps.splice(deathChance.below(steps.length + 1), 0, { kind: "apologise", why: "interrupted", ended: step.worker });
      else unfinished.push(step);
    }
    await transferAll(at, chance);
    at = await receive({ kind: "apologise", why: "slow" }, request, Math.max(timerMs, at + 1_000));
    for (const message of unfinished) at = await receive(message, request, at + invisibleMs);
    await transferAll(at, chance);
  }

  return {
    async prepare(act) {
      await act();
      for (const request of door.take()) await invoke({ kind: "run", worker: randomUUID() }, request, 0);
    },
    async play(act, { isEvent, chance, deathChance }) {
      const { ok } = await act();
      for (const request of door.take()) await live(request, chance, deathChance);
      return ok || isEvent;
    },
    states: () => statesIn(createSealedStore({ store, keys: async () => [world.places.sealKey], now: Date.now })),
    async close() {
      await client.send(new DeleteTableCommand({ TableName: table }));
    },
  };
}
