import { readdirSync } from "node:fs";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { decodeFault } from "../../src/maxcompute/decode/fault.ts";
import { decodeFaultDocument } from "../../src/maxcompute/decode/fault-document.ts";
import { decodeJsonObject } from "../../src/maxcompute/decode/json-object.ts";
import { decodeListing } from "../../src/maxcompute/decode/listing.ts";
import { decodeProgress } from "../../src/maxcompute/decode/progress.ts";
import { decodeQueueingInfo, decodeQueueingPage } from "../../src/maxcompute/decode/queueing.ts";
import { parseQueueingTime } from "../../src/maxcompute/decode/queueing-time.ts";
import { parseResultDescriptor } from "../../src/maxcompute/decode/result-descriptor.ts";
import { decodeResults } from "../../src/maxcompute/decode/results.ts";
import { decodeSource } from "../../src/maxcompute/decode/source.ts";
import { decodeInstanceStatus } from "../../src/maxcompute/decode/status.ts";
import { decodeTaskDetail } from "../../src/maxcompute/decode/task-detail.ts";
import { decodeTaskSummary } from "../../src/maxcompute/decode/task-summary.ts";
import { decodeTasks } from "../../src/maxcompute/decode/tasks.ts";
import { decodeToken } from "../../src/maxcompute/decode/token.ts";
import { decodeWarnings } from "../../src/maxcompute/decode/warnings.ts";
import { decodeWorkers } from "../../src/maxcompute/decode/workers.ts";
import { decodeXflowActions } from "../../src/maxcompute/decode/xflow-actions.ts";
import { decodeXflowSource } from "../../src/maxcompute/decode/xflow-source.ts";
import { MalformedBody } from "../../src/maxcompute/malformed-body.ts";
import { anyBody, mutationsOf, recordedBodies } from "../support/mutations.ts";

type Decode = (body: Uint8Array) => unknown;
type Row = readonly [decode: Decode, bodies: readonly string[]];

const text = (body: Uint8Array) => new TextDecoder().decode(body);
const operations = recordedBodies("task_ops.json");
const token = "<Authorization><Result>djEuVE9LRU4=</Result></Authorization>";
const detail = JSON.stringify({
  mapReduce: {
    jobs: [
      {
        name: "j",
        tasks: [{ name: "M1", upTasks: [], instances: [{ id: "0", logId: "bG9n", status: "Running", startTime: 1 }] }],
      },
    ],
  },
});
const xflow =
  "<Instance><XflowInstance><Project>algo_public</Project><Xflow>AppendID</Xflow><Parameters><Parameter><Key>k</Key><Value>v</Value></Parameter></Parameters></XflowInstance></Instance>";
const history = "<Histories><History><Name>t</Name><Status>Failed</Status></History></Histories>";
const repeatedTask = `<Instance><Tasks><Task Type="SQL"><Name>t</Name><Status>Running</Status>${history}</Task></Tasks></Instance>`;

/** Every decoder by its name, and recorded bodies it can read; one line each. */
const decoders: Readonly<Record<string, Row>> = {
  decodeFault: [
    (body) => decodeFault({ status: 404, requestId: "R", body: text(body), endpoint: "e" }),
    recordedBodies("error_response.json"),
  ],
  decodeFaultDocument: [
    (body) => decodeFaultDocument(text(body)),
    recordedBodies("error_response.json", "error_task_result.json"),
  ],
  decodeInstanceStatus: [decodeInstanceStatus, recordedBodies("status.json")],
  decodeJsonObject: [decodeJsonObject, operations],
  decodeListing: [(body) => decodeListing(body, "p"), recordedBodies("list_instances.json")],
  decodeProgress: [decodeProgress, recordedBodies("progress.json")],
  decodeQueueingInfo: [(body) => decodeQueueingInfo(body, "i"), operations.filter((body) => body.includes("instanceId"))],
  decodeQueueingPage: [decodeQueueingPage, recordedBodies("list_instances.json").filter((body) => body.includes("<Content>"))],
  decodeResults: [decodeResults, recordedBodies("results.json")],
  decodeSource: [decodeSource, operations.filter((body) => body.includes("<Job>"))],
  decodeTaskDetail: [decodeTaskDetail, [...operations, detail]],
  decodeTaskSummary: [(body) => decodeTaskSummary(body, "true"), operations.filter((body) => body.includes("JsonSummary"))],
  decodeTasks: [decodeTasks, [...recordedBodies("status.json"), repeatedTask]],
  decodeToken: [decodeToken, [token]],
  decodeWarnings: [decodeWarnings, operations.filter((body) => body.includes("warnings"))],
  decodeWorkers: [decodeWorkers, [detail]],
  decodeXflowActions: [decodeXflowActions, recordedBodies("xflow_sub_instances.json")],
  decodeXflowSource: [decodeXflowSource, [...recordedBodies("xflow_is_xflow.json"), xflow]],
  parseQueueingTime: [(body) => parseQueueingTime(text(body)), ["2026-11-22 10:11:12", "2026-11-22 10:11:12.123456+0800"]],
  parseResultDescriptor: [
    (body) => parseResultDescriptor(text(body)),
    ['{"IsSelect":true,"Schema":{"Columns":[{"Name":"id","Type":"bigint"}]}}'],
  ],
};

const plainPrototypes: readonly unknown[] = [Object.prototype, Array.prototype, Map.prototype, null];
const namesOf = () => plainPrototypes.flatMap((prototype) => (prototype ? Object.getOwnPropertyNames(prototype) : [])).join();
const namesBefore = namesOf();

/** No object in it got another prototype, and no prototype got another field. */
const expectUntouchedPrototypes = (value: unknown) => {
  const left = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next !== "object" || next === null) continue;
    if (!plainPrototypes.includes(Object.getPrototypeOf(next))) throw new Error("an object with a strange prototype");
    left.push(...(next instanceof Map ? next.values() : Object.values(next)));
  }
  if (namesOf() !== namesBefore) throw new Error("a prototype was touched");
};

/** Undefined is a decoder's word for "nothing of the sort", so it does not count as decoded. */
const reaches = (decode: Decode, body: Uint8Array): boolean => {
  try {
    const value = decode(body);
    expectUntouchedPrototypes(value);
    return value !== undefined;
  } catch (error) {
    if (!(error instanceof MalformedBody)) throw error;
    return false;
  }
};

/** Of the bodies after an accident: of each decoder's (a time is so short that hardly any accident leaves one), and of all. */
const leastShare = 0.02;
const leastShareOfAll = 0.4;

const share = { decoded: 0, inputs: 0 };
const everything = mutationsOf(Object.values(decoders).flatMap(([, bodies]) => bodies));

describe.each(Object.entries(decoders))("%s", (_, [decode, bodies]) => {
  const readable = bodies.filter((body) => reaches(decode, Buffer.from(body)));

  it("makes a value or a typed refusal of recorded bodies after accidents, and often a value", () => {
    let decoded = 0;
    let inputs = 0;
    const check = (body: Uint8Array) => {
      inputs += 1;
      if (reaches(decode, body)) decoded += 1;
    };
    fc.assert(fc.property(mutationsOf(readable), check), { numRuns: 600 });
    share.decoded += decoded;
    share.inputs += inputs;
    expect(decoded / inputs).toBeGreaterThan(leastShare);
  });

  it("makes a value or a typed refusal of what was meant for others, and of anything at all", () => {
    fc.assert(
      fc.property(fc.oneof(everything, anyBody), (body) => {
        reaches(decode, body);
      }),
      { numRuns: 400 },
    );
  });
});

describe("the table of decoders", () => {
  it("has every decoder there is", async () => {
    const folder = new URL("../../src/maxcompute/decode/", import.meta.url);
    const modules = await Promise.all(readdirSync(folder).map((file) => import(new URL(file, folder).href)));
    const names = modules.flatMap((module) => Object.keys(module)).filter((name) => /^(?:decode|parse)[A-Z]/.test(name));
    expect(names.filter((name) => !Object.hasOwn(decoders, name))).toEqual([]);
  });
});

afterAll(() => {
  process.stdout.write(`decoders: ${share.decoded} of ${share.inputs} bodies after an accident were still decoded\n`);
  if (share.inputs > 0) expect(share.decoded / share.inputs).toBeGreaterThan(leastShareOfAll);
});
