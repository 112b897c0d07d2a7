import type { IncomingMessage, ServerResponse } from "node:http";
import { type Clock, systemClock } from "../clock.ts";
import { createFaultBook, type Fault, faultSchema } from "./faults.ts";
import { handleRequest } from "./handler.ts";
import { instanceId, requestId, sessionId, suffixFor } from "./ids.ts";
import { createMemory } from "./memory.ts";
import { instanceRecord } from "./record.ts";
import { scenarioNamed, scenarios } from "./scenarios/index.ts";
import { recordOf, type StartOptions, seededNames, seedId, seedRecords } from "./seeds.ts";
import { defaultSettings, type Settings } from "./settings.ts";
import { openJournal } from "./sqlite-journal.ts";
import { createStore } from "./store.ts";
import { createSessions } from "./tunnel/sessions.ts";
import { knownInstances, remember, type World } from "./world.ts";

export type SimulatorOptions = {
  readonly clock?: Clock;
  readonly project?: string;
  readonly accessId?: string;
  readonly accessKey?: string;
  readonly stsToken?: string;
  readonly region?: string;
  /** Who the access key belongs to. */
  readonly owner?: string;
  /** A SQLite file that keeps started instances and stops; without it they are forgotten with the process. */
  readonly stateFile?: string;
  /** Changes every made-up id. */
  readonly seed?: string;
  readonly settings?: Partial<Settings>;
};

export type RecordedRequest = { readonly method: string; readonly path: string; readonly query: string };

const maxRecorded = 10_000;

/** `xflow-running` is written `xflow_running` where keys may hold no hyphen. */
const canonicalName = (name: string): string => (scenarios.has(name) ? name : name.replaceAll("-", "_"));

const recordedRequest = (method: string, url: string): RecordedRequest => {
  const [path = "", ...query] = url.split("?");
  // A Logview link carries its token in the query.
  return { method, path, query: query.join("?").replace(/(^|&)token=[^&]*/g, "$1token=***") };
};

/** A MaxCompute without a listening socket: `handle` answers requests of any `node:http` server. */
export const createMaxComputeSimulator = ({
  clock = systemClock,
  project = "demo_project",
  accessId = "simulated-access-id",
  accessKey = "simulated-access-key",
  stsToken,
  region = "cn-hangzhou",
  owner = "ALIYUN$alice@example.com",
  stateFile,
  seed = "demo",
  settings,
}: SimulatorOptions = {}) => {
  const store = createStore(stateFile === undefined ? undefined : openJournal(stateFile));
  const faults = createFaultBook();
  let recorded: RecordedRequest[] = [];
  let requestCount = 0;
  let instanceCount = 0;

  // After a restart on the same file the counter begins anew, so an id may be taken.
  const newInstanceId = (): string => {
    for (;;) {
      instanceCount += 1;
      const id = instanceId(clock.now(), suffixFor(`${seed} instance ${instanceCount}`));
      if (store.get(id) === undefined) return id;
    }
  };
  const world: World = {
    project,
    region,
    caller: owner,
    accessKey,
    settings: { ...defaultSettings, ...settings },
    clock,
    store,
    listeners: new Set(),
    newInstanceId,
    memory: createMemory(),
    sessions: createSessions(clock, (count) => sessionId(clock.now(), `${seed} session ${count}`)),
  };
  const sow = (): void => {
    const missing = seedRecords(seed, project, owner, clock.now()).filter(({ id }) => store.get(id) === undefined);
    for (const record of missing) remember(world, record);
  };
  const parts = {
    world,
    credentials: { accessId, accessKey, stsToken, region },
    faults,
    newRequestId: () => {
      requestCount += 1;
      return requestId(seed, requestCount);
    },
    record(method: string, url: string) {
      if (recorded.length >= maxRecorded) recorded.shift();
      recorded.push(recordedRequest(method, url));
    },
  };

  sow();
  return {
    project,
    accessId,
    accessKey,
    region,
    /** Seeded instances by scenario. */
    instances: Object.fromEntries(seededNames.map((name) => [name, seedId(seed, name)])) as Readonly<Record<string, string>>,
    /** Every scenario that `start` knows. */
    scenarios: [...scenarios.keys()] as readonly string[],
    /** Every instance as it is now, oldest first. */
    list: (): readonly { readonly id: string; readonly scenario: string; readonly status: string }[] =>
      knownInstances(world)
        .toSorted((a, b) => a.record.startedAt - b.record.startedAt)
        .map(({ record, state }) => ({ id: record.id, scenario: record.scenario, status: state.status })),
    /** Starts an instance of a scenario and returns its id. Throws for an unknown scenario or an impossible option. */
    start(name: string, options: StartOptions = {}): string {
      const scenario = canonicalName(name);
      // One of a scenario that is over, or well under way, started so much earlier: it is at once what its name says.
      const { fixed, startedAgoMs = 0 } = scenarioNamed(scenario);
      const identity = { id: newInstanceId(), project, caller: owner, startedAt: fixed?.startedAt ?? clock.now() - startedAgoMs };
      const record = instanceRecord.parse(recordOf(scenario, identity, options));
      remember(world, record);
      return record.id;
    },
    /** Misbehaves from the next request on. Throws for a fault that is not understood. */
    fault: (fault: Fault): void => faults.add(faultSchema.parse(fault)),
    clearFaults: (): void => faults.clear(),
    /** Back to the seeded instances, without faults and recorded requests. */
    reset(): void {
      faults.clear();
      recorded = [];
      world.memory.clear();
      store.clear();
      world.sessions.clear();
      sow();
    },
    /** The latest 10,000 requests, oldest first, as on the wire; no headers, hence no secrets. */
    requests: (): readonly RecordedRequest[] => [...recorded],
    handle: (req: IncomingMessage, res: ServerResponse): Promise<void> => handleRequest(req, res, parts),
    /** Closes the state file. */
    close: (): void => store.close(),
  };
};
