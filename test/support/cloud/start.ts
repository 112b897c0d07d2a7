// A small AWS on the loopback interface: runs a packaged CloudFormation template as the real one would.
import { mkdirSync, mkdtempSync, realpathSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, systemClock } from "../../../src/simulator/clock.ts";
import { createDynamo, createTables } from "./api/dynamo.ts";
import { createEventsApi } from "./api/events.ts";
import { type CallFaults, openGate } from "./api/gate.ts";
import { createRouter } from "./api/router.ts";
import { trackConnections } from "./api/serve.ts";
import { createSqsApi } from "./api/sqs.ts";
import { createSsm } from "./api/ssm.ts";
import { type Chaos, createChance } from "./chance.ts";
import { createHands } from "./destinations.ts";
import { createEvents } from "./events/service.ts";
import { createAsyncInvocations } from "./lambda/async-invoke.ts";
import { serveFunctionUrls } from "./lambda/function-url.ts";
import { findTarget, readFunctions } from "./lambda/functions.ts";
import { readInvokeConfigs } from "./lambda/invoke-config.ts";
import { readInvokeRights } from "./lambda/permission.ts";
import { createPool } from "./lambda/pool.ts";
import { createLambda } from "./lambda/service.ts";
import { createMetrics } from "./metrics.ts";
import { readRoles } from "./policy/roles.ts";
import { startEventSources } from "./sqs/event-source.ts";
import { createSqs } from "./sqs/service.ts";
import { resolveTemplate, type TemplateParameters } from "./template/resolve.ts";
import { type Place, readTemplate } from "./template/template.ts";
import { createWork } from "./work.ts";
import { removeTree } from "./zip/unpack.ts";

export type CloudOptions = {
  /** The template, parsed. */
  readonly template: unknown;
  /** The zip of a function's code. */
  readonly artefacts: (functionLogicalId: string) => Buffer;
  /** Parameter store: SecureStrings by name. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Where the template's tables are created and used; needed when there are any. */
  readonly dynamoEndpoint?: string;
  /** Delays, ages, retries and schedules run on it, and functions have its time of day. */
  readonly clock?: Clock & { readonly advance?: (ms: number) => Promise<void> };
  readonly chaos?: Chaos;
  readonly seed?: number;
  /** Additional environment variables of every function. */
  readonly env?: Readonly<Record<string, string>>;
  /** Scales time-outs to real time, for all functions or by logical id. */
  readonly timeoutScale?: number | Readonly<Record<string, number>>;
  /** Other servers that functions speak to; a frozen sandbox's connections to them are cut. */
  readonly outside?: readonly Server[];
  /** Decides what befalls each AWS call of a function. */
  readonly faults?: CallFaults;
  readonly templateParameters?: TemplateParameters;
  readonly place?: Partial<Place>;
};

export type Cloud = Awaited<ReturnType<typeof startCloud>>;

export async function startCloud(options: CloudOptions) {
  const clock: NonNullable<CloudOptions["clock"]> = options.clock ?? systemClock;
  const { chaos = {}, timeoutScale = 1, faults = () => undefined, dynamoEndpoint = "" } = options;
  const place: Place = { region: "eu-central-1", account: "123456789012", stack: "odps", ...options.place };
  const chance = createChance(options.seed ?? 1);
  const work = createWork(clock);
  const metrics = createMetrics();
  const out = new Set<string>();

  const resources = resolveTemplate(readTemplate(options.template), place, options.templateParameters ?? {});
  const functions = readFunctions(resources, place, readRoles(resources));
  const rights = readInvokeRights(resources, place);
  const sqs = createSqs({ resources, work, chance, chaos });
  const hands = createHands({
    ...{ place, functions, rights, sqs },
    others: () => ({ asyncInvocations, events }),
    isOut: (logicalId) => out.has(logicalId),
  });
  const events = createEvents({
    ...{ resources, place, work, chance, chaos, metrics },
    hand: hands.hand,
    deadLetter: hands.ruleDeadLetter,
  });

  const folder = realpathSync(mkdtempSync(join(tmpdir(), "cloud-")));
  mkdirSync(join(folder, "task"));
  const pool = createPool({
    ...{ folder, place, chance, now: work.now },
    artefacts: options.artefacts,
    openGate: (fn, credentials) => openGate({ fn, credentials }, { api: (call) => api(call), place, work, faults }),
    shared: (options.outside ?? []).map(trackConnections),
    extra: options.env ?? {},
  });
  const scaleOf = (logicalId: string) => (typeof timeoutScale === "number" ? timeoutScale : (timeoutScale[logicalId] ?? 1));
  const lambda = createLambda({ pool, work, chance, timeoutScale: scaleOf, realNow: () => performance.now() });
  const asyncInvocations = createAsyncInvocations({
    ...{ lambda, work, chance, metrics },
    configOf: readInvokeConfigs(resources, place),
    tell: hands.tell,
    deadLetter: hands.functionDeadLetter,
  });
  const api = createRouter({
    services: {
      dynamodb: createDynamo(dynamoEndpoint, place),
      events: createEventsApi(events),
      sqs: createSqsApi(sqs),
      ssm: createSsm(options.parameters ?? {}, place),
    },
    ...{ metrics, functions, place },
    invokeAsync: asyncInvocations.accept,
  });

  // A sandbox that is frozen when this process ends would stay frozen for ever.
  process.once("exit", pool.killAll);
  const open = async () => {
    await createTables(resources, dynamoEndpoint);
    startEventSources({ resources, place, functions, sqs, lambda, work, chance });
    return serveFunctionUrls(resources, { functions, place, lambda, rights, work, chance });
  };
  const urls = await open().catch((error: unknown) => {
    work.close();
    removeTree(folder);
    throw error;
  });

  return {
    functionUrl: urls.of,
    /** Puts entries on buses as somebody who may. `replayName` makes it an archive's replay. */
    putEvents: events.put,
    events: events.events,
    /** Whether a rule of this logical id is on at this moment. */
    isRuleEnabled: (logicalId: string) => events.rules.some((rule) => rule.logicalId === logicalId && events.isEnabled(rule)),
    /** Invokes a function (ARN, name or either with a qualifier) and waits for what it returns. */
    async invoke(named: string, event: unknown) {
      const target = findTarget(functions, place, functions.find(({ logicalId }) => logicalId === named)?.name ?? named);
      if (target === undefined) throw new Error(`there is no function ${named}`);
      return lambda.invoke(target, JSON.stringify(event), chance.uuid());
    },
    resource: (logicalId: string) => resources.find((resource) => resource.logicalId === logicalId),
    queue: sqs.find,
    invocations: lambda.invocations,
    started: lambda.started,
    deadLetters: sqs.deadLetters,
    metrics,
    /** Kills the environments of a function that are in the middle of an invocation, and says how many. */
    kill: lambda.kill,
    /** Takes a function's idle environments away: its next invocation starts cold. */
    recycle: pool.recycle,
    /** EventBridge cannot reach this function or queue until the returned function is called. */
    outage(logicalId: string) {
      out.add(logicalId);
      return () => out.delete(logicalId);
    },
    /** Waits until nothing is under way; what waits for the clock is not. */
    settle: work.settle,
    /** Moves the clock on, and lets everything that falls due on the way happen, in order. Needs a clock that can be moved. */
    async advance(ms: number): Promise<void> {
      const { advance } = clock;
      if (advance === undefined) throw new Error("this clock cannot be moved");
      const end = work.now() + ms;
      await work.settle();
      for (let due = work.nextDue(); due !== undefined && due <= end; due = work.nextDue()) {
        await advance(Math.max(0, due - work.now()));
        await work.settle();
      }
      await advance(end - work.now());
      await work.settle();
    },
    async close(): Promise<void> {
      work.close();
      process.off("exit", pool.killAll);
      await urls.close();
      await pool.close();
      removeTree(folder);
    },
  };
}
