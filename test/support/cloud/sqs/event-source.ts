// Event source mappings: Lambda reads a queue and hands batches to a function.
// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
import { createHash } from "node:crypto";
import * as z from "zod";
import type { Chance } from "../chance.ts";
import { matchesPattern } from "../events/pattern.ts";
import { type FunctionTarget, findTarget, type LambdaFunction } from "../lambda/functions.ts";
import type { Outcome } from "../lambda/outcome.ts";
import type { Lambda } from "../lambda/service.ts";
import { isAllowed } from "../policy/decide.ts";
import { count, flag, ignored, parseProperties } from "../template/parse.ts";
import { ofType, type Place, type Resource } from "../template/template.ts";
import type { Work } from "../work.ts";
import type { Queue, Received } from "./queue.ts";
import type { Sqs } from "./service.ts";

const filters = z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) });
const schema = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: flag.default(true),
  BatchSize: count.min(1).max(10).default(10),
  MaximumBatchingWindowInSeconds: ignored,
  ScalingConfig: ignored,
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
  FilterCriteria: filters.optional(),
});
const needed = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

const failuresSchema = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullable();

/** One record of the event. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#sqs-example */
const recordOf = (message: Received, queue: Queue, { region, account }: Place): object => ({
  messageId: message.id,
  receiptHandle: message.receipt,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receives),
    SentTimestamp: String(message.sentAt),
    SenderId: account,
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  },
  messageAttributes: Object.fromEntries(
    Object.entries(message.attributes).map(([name, attribute]) => [
      name,
      { ...attribute, stringListValues: [], binaryListValues: [] },
    ]),
  ),
  md5OfBody: createHash("md5").update(message.body).digest("hex"),
  eventSource: "aws:sqs",
  eventSourceARN: queue.settings.arn,
  awsRegion: region,
});

/** The messages that are done. A report that makes no sense fails the whole batch. */
function doneOf(outcome: Outcome, batch: readonly Received[], reportsItems: boolean): readonly Received[] {
  if (outcome.kind !== "returned") return [];
  if (!reportsItems) return batch;
  const report = failuresSchema.safeParse(JSON.parse(outcome.payload));
  if (!report.success) return [];
  const failed = report.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) ?? [];
  return failed.every((id) => batch.some((message) => message.id === id)) ? batch.filter(({ id }) => !failed.includes(id)) : [];
}

type Filter = (record: object) => boolean;

function filterOf(criteria: z.infer<typeof filters> | undefined): Filter {
  const patterns = criteria?.Filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown) ?? [];
  if (patterns.length === 0) return () => true;
  return (record) => {
    const { body } = record as { body: string };
    const parsed: unknown = body.startsWith("{") ? JSON.parse(body) : body;
    return patterns.some((pattern) => matchesPattern(pattern, { ...record, body: parsed }));
  };
}

function checkMapping({ fn }: FunctionTarget, { settings }: Queue, logicalId: string, place: Place): void {
  if (settings.visibilityMs < fn.timeoutMs) {
    throw new Error(`${logicalId}: the queue's visibility time-out is less than the function's time-out`);
  }
  const caller = { kind: "role", arn: fn.roleArn, account: place.account, statements: fn.statements } as const;
  const lacking = needed.filter((action) => !isAllowed({ caller, action, resource: settings.arn, context: {} }, []));
  if (lacking.length > 0) throw new Error(`${logicalId}: the role of ${fn.logicalId} lacks ${lacking.join(", ")}`);
}

export type EventSourceOptions = {
  readonly resources: readonly Resource[];
  readonly place: Place;
  readonly functions: readonly LambdaFunction[];
  readonly sqs: Sqs;
  readonly lambda: Lambda;
  readonly work: Work;
  readonly chance: Chance;
};

/** Starts reading for every AWS::Lambda::EventSourceMapping; throws for one that AWS would not create. */
export function startEventSources({ resources, place, functions, sqs, lambda, work, chance }: EventSourceOptions): void {
  for (const resource of ofType(resources, "AWS::Lambda::EventSourceMapping")) {
    const read = parseProperties(schema, resource);
    const queue = sqs.find(read.EventSourceArn);
    const target = findTarget(functions, place, read.FunctionName);
    if (queue === undefined || target === undefined) throw new Error(`${resource.logicalId}: no such queue or function`);
    checkMapping(target, queue, resource.logicalId, place);
    const passes = filterOf(read.FilterCriteria);
    const reportsItems = read.FunctionResponseTypes.length > 0;

    const handBatch = async (batch: readonly Received[]): Promise<void> => {
      const payload = JSON.stringify({ Records: batch.map((message) => recordOf(message, queue, place)) });
      const outcome = await lambda.invoke(target, payload, chance.uuid());
      for (const { receipt } of doneOf(outcome, batch, reportsItems)) queue.remove(receipt);
    };
    if (!read.Enabled) continue;
    queue.onVisible(async () => {
      const received = queue.receive(read.BatchSize);
      const batch = received.filter((message) => passes(recordOf(message, queue, place)));
      for (const message of received) if (!batch.includes(message)) queue.remove(message.receipt);
      if (batch.length > 0) work.run(() => handBatch(batch));
    });
  }
}
