// Old effects, and strangers on the bus.
import { arn, type Fault, resource } from "./fault.ts";

export const deliveryFaults: readonly Fault[] = [
  {
    what: "a rule delivers what is old",
    path: resource("CommandRule", "Targets", 0, "RetryPolicy", "MaximumEventAgeInSeconds"),
    value: 86400,
    says: /may deliver what is older/,
  },
  {
    what: "a timer is wound for what is old",
    path: resource("CommandRule", "Targets", 1, "RetryPolicy", "MaximumEventAgeInSeconds"),
    value: 300,
    says: /apologies: may deliver what is older/,
  },
  {
    what: "a target has no retry policy",
    path: resource("TransferRule", "Targets", 0, "RetryPolicy"),
    value: undefined,
    says: /its retries are not set/,
  },
  {
    what: "a target has no dead-letter queue",
    path: resource("CommandRule", "Targets", 0, "DeadLetterConfig"),
    value: undefined,
    says: /has no dead-letter queue/,
  },
  {
    what: "Lambda tries again",
    path: resource("CommandLambdaEvConf", "MaximumRetryAttempts"),
    value: 2,
    says: /may run a request again/,
  },
  {
    what: "Lambda runs what is old",
    path: resource("TransferLambdaEvConf", "MaximumEventAgeInSeconds"),
    value: 3600,
    says: /may run what is older/,
  },
  {
    what: "failures go nowhere",
    path: resource("CommandLambdaEvConf", "DestinationConfig", "OnFailure"),
    value: undefined,
    says: /failures go nowhere/,
  },
  {
    what: "a rule acts on replays",
    path: resource("CommandRule", "EventPattern", "replay-name"),
    value: undefined,
    says: /acts on replays/,
  },
  {
    what: "a rule listens to other sources",
    path: resource("CommandRule", "EventPattern", "source"),
    value: ["odps-chatops", "aws.s3"],
    says: /listens to others/,
  },
  {
    what: "the timer is not 50 seconds",
    path: resource("ApologiesQueue", "DelaySeconds"),
    value: 5,
    says: /no rule winds a timer/,
  },
  {
    what: "a rule may not call its function",
    path: resource("TransferPermission", "SourceArn"),
    value: arn("CommandRule"),
    says: /TransferRule may not call it/,
  },
  {
    what: "the private bus has no policy",
    path: resource("PrivateBusPolicy", "EventBusName"),
    value: { Ref: "PublicBus" },
    says: /anybody in the account/,
  },
  {
    what: "a stray role is let in",
    path: resource("PrivateBusPolicy", "Statement", "Condition", "ArnNotEquals", "aws:PrincipalArn", 1),
    value: arn("TransferRole"),
    says: /lets in TransferRole/,
  },
  {
    what: "the ingress is kept out",
    path: resource("PrivateBusPolicy", "Statement", "Condition", "ArnNotEquals", "aws:PrincipalArn"),
    value: [arn("CommandRole")],
    says: /keeps out SlackRole/,
  },
  {
    what: "the owner is locked out",
    path: resource("PrivateBusPolicy", "Statement", "Action"),
    value: "events:*",
    says: /could be locked out/,
  },
  {
    what: "the private bus only allows",
    path: resource("PrivateBusPolicy", "Statement", "Effect"),
    value: "Allow",
    says: /does not deny everybody else/,
  },
  {
    what: "commands are archived",
    path: resource("PublicArchive", "SourceArn"),
    value: arn("PrivateBus"),
    says: /archives something else/,
  },
  {
    what: "requests come from the public bus",
    path: resource("CommandRule", "EventBusName"),
    value: { Ref: "PublicBus" },
    says: /another bus than the private one/,
  },
];
