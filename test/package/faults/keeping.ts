// Queues, the table and the alarms.
import { arn, type Fault, resource } from "./fault.ts";

export const keepingFaults: readonly Fault[] = [
  {
    what: "a queue is not encrypted",
    path: resource("FailuresQueue", "SqsManagedSseEnabled"),
    value: false,
    says: /FailuresQueue: is not encrypted/,
  },
  {
    what: "a queue has no last resort",
    path: resource("FailuresQueue", "RedrivePolicy"),
    value: undefined,
    says: /no queue for what nobody can handle/,
  },
  {
    what: "a queue takes messages from any rule",
    path: resource("FailuresQueuePolicy", "PolicyDocument", "Statement", 0, "Condition"),
    value: undefined,
    says: /no aws:SourceArn of ours/,
  },
  {
    what: "a queue takes messages from anybody",
    path: resource("FailuresQueuePolicy", "PolicyDocument", "Statement", 0, "Principal"),
    value: "*",
    says: /lets in others/,
  },
  {
    what: "a queue refuses a rule's dead letters",
    path: resource("FailuresQueuePolicy", "PolicyDocument", "Statement", 0, "Condition", "ArnEquals", "aws:SourceArn"),
    value: arn("CommandRule"),
    says: /does not take what TransferRule sends/,
  },
  {
    what: "a queue lets in a rule that sends nothing",
    path: resource("ApologiesQueuePolicy", "PolicyDocument", "Statement", 0, "Condition", "ArnEquals", "aws:SourceArn"),
    value: [arn("CommandRule"), arn("TransferRule")],
    says: /lets in TransferRule/,
  },
  {
    what: "a message comes back too soon",
    path: resource("ApologiesQueue", "VisibilityTimeout"),
    value: 20,
    says: /comes back while it is still worked on/,
  },
  {
    what: "one bad message fails its batch",
    path: resource("ApologiseEventSourceMappingSQSFailuresQueue", "FunctionResponseTypes"),
    value: undefined,
    says: /fails its whole batch/,
  },
  {
    what: "batches are large",
    path: resource("ApologiseEventSourceMappingSQSFailuresQueue", "BatchSize"),
    value: 100,
    says: /batches are not small/,
  },
  {
    what: "the table cannot be restored",
    path: resource("Table", "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"),
    value: false,
    says: /cannot be restored/,
  },
  {
    what: "the table is swept by something else",
    path: resource("Table", "TimeToLiveSpecification", "AttributeName"),
    value: "ttl",
    says: /not swept by expiresAt/,
  },
  {
    what: "the table has other keys",
    path: resource("Table", "KeySchema", 0, "AttributeName"),
    value: "id",
    says: /KeySchema is not the store's/,
  },
  {
    what: "the table goes with the stack",
    path: ["Resources", "Table", "DeletionPolicy"],
    value: undefined,
    says: /deleted with the stack/,
  },
  {
    what: "the table has a key of its own",
    path: resource("Table", "SSESpecification"),
    value: { SSEEnabled: true },
    says: /a key that costs money/,
  },
  ...[
    ["CommandRuleFailedInvocationsAlarm", /CommandRule: no alarm on FailedInvocations/],
    ["TransferRuleInvocationsFailedToBeSentToDlqAlarm", /TransferRule: no alarm on InvocationsFailedToBeSentToDlq/],
    ["CommandLambdaFunctionAsyncEventsDroppedAlarm", /CommandLambdaFunction: no alarm on AsyncEventsDropped/],
    ["TransferLambdaFunctionDestinationDeliveryFailuresAlarm", /no alarm on DestinationDeliveryFailures/],
    ["SlackLambdaFunctionErrorsAlarm", /SlackLambdaFunction: no alarm on Errors/],
    ["ApologiesQueueAgeAlarm", /ApologiesQueue: no alarm on ApproximateAge/],
    ["FailuresQueueAgeAlarm", /FailuresQueue: no alarm on ApproximateAge/],
    ["TickLambdaFunctionErrorsAlarm", /TickLambdaFunction: no alarm on Errors/],
    ["HotLambdaFunctionErrorsAlarm", /HotLambdaFunction: no alarm on Errors/],
    ["MinuteRuleFailedInvocationsAlarm", /MinuteRule: no alarm on FailedInvocations/],
    ["HeartbeatRuleFailedInvocationsAlarm", /HeartbeatRule: no alarm on FailedInvocations/],
    ["LostQueueDepthAlarm", /LostQueue: no alarm on ApproximateNumber/],
  ].map(
    ([id, says]): Fault => ({
      what: `${id} is missing`,
      path: ["Resources", String(id)],
      value: undefined,
      says: new RegExp(says ?? ""),
    }),
  ),
  {
    what: "an alarm watches another bus",
    path: resource("CommandRuleFailedInvocationsAlarm", "Dimensions", 0, "Value"),
    value: { Ref: "PublicBus" },
    says: /CommandRule: no alarm on FailedInvocations/,
  },
  {
    what: "an alarm waits for the tenth",
    path: resource("LostQueueDepthAlarm", "Threshold"),
    value: 10,
    says: /does not go off at the first/,
  },
];
