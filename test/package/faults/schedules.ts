// What calls by the clock, and what others hear.
import { arn, type Fault, grant, resource } from "./fault.ts";

const region = ["AWS::Partition", "AWS::Region", "AWS::AccountId"].map((name) => `\${${name}}`);
const ruleNamed = (name: string) => ({ "Fn::Sub": `arn:${region[0]}:events:${region[1]}:${region[2]}:rule/${name}` });

export const schedulesFaults: readonly Fault[] = [
  {
    what: "the heartbeat is off",
    path: resource("HeartbeatRule", "State"),
    value: "DISABLED",
    says: /HeartbeatRule: is not enabled/,
  },
  {
    what: "the heartbeat beats once a day",
    path: resource("HeartbeatRule", "ScheduleExpression"),
    value: "rate(1 day)",
    says: /no heartbeat calls tick/,
  },
  {
    what: "the heartbeat calls another function",
    path: resource("HeartbeatRule", "Targets", 0, "Arn"),
    value: arn("HotLambdaFunction"),
    says: /no heartbeat calls tick/,
  },
  {
    what: "the tick may switch the heartbeat",
    path: grant("TickRole", 4, "Resource"),
    value: ruleNamed("odps-chatops-example-heartbeat"),
    says: /TickRole: events:DisableRule on/,
  },
  {
    what: "the tick may switch every rule",
    path: grant("TickRole", 4, "Resource"),
    value: ruleNamed("*"),
    says: /TickRole: events:EnableRule on/,
  },
  {
    what: "the tick is told to switch the heartbeat",
    path: resource("TickLambdaFunction", "Environment", "Variables", "MINUTE_RULE"),
    value: "odps-chatops-example-heartbeat",
    says: /odps-chatops-example-heartbeat: is switched, and is not the minute rule/,
  },
  {
    what: "another rule is taken for the heartbeat",
    path: resource("CommandLambdaFunction", "Environment", "Variables", "HEARTBEAT_RULE"),
    value: "odps-chatops-example-minute",
    says: /odps-chatops-example-minute: is looked at, and is not the heartbeat/,
  },
  {
    what: "a function may look at every rule",
    path: grant("CommandRole", 4, "Resource"),
    value: ruleNamed("*"),
    says: /CommandRole: events:DescribeRule on/,
  },
  {
    what: "a function may switch the heartbeat that it may look at",
    path: grant("CommandRole", 3, "Resource"),
    value: ruleNamed("odps-chatops-example-heartbeat"),
    says: /CommandRole: events:EnableRule on/,
  },
  {
    what: "no rule calls the tick every minute",
    path: resource("MinuteRule", "Targets", 0, "Arn"),
    value: arn("HotLambdaFunction"),
    says: /no rule calls tick every minute/,
  },
  {
    what: "nobody waits for the young",
    path: resource("MinuteRule", "Targets", 1),
    value: { Id: "again", Arn: arn("TickLambdaFunction") },
    says: /no rule calls hot every minute/,
  },
  {
    what: "a minute is tried again",
    path: resource("MinuteRule", "Targets", 0, "RetryPolicy", "MaximumRetryAttempts"),
    value: 185,
    says: /MinuteRule.tick: is tried again/,
  },
  {
    what: "a minute comes late",
    path: resource("MinuteRule", "Targets", 0, "RetryPolicy", "MaximumEventAgeInSeconds"),
    value: 3600,
    says: /MinuteRule.tick: may deliver what is older/,
  },
  {
    what: "a schedule gives the event's own time",
    path: resource("MinuteRule", "Targets", 0, "Input"),
    value: undefined,
    says: /does not say what it calls for/,
  },
  {
    what: "the minute rule is on the private bus",
    path: resource("MinuteRule", "EventBusName"),
    value: { Ref: "PrivateBus" },
    says: /for the default bus alone/,
  },
  {
    what: "the heartbeat may not call the tick",
    path: resource("HeartbeatPermission", "SourceArn"),
    value: arn("MinuteRule"),
    says: /HeartbeatRule may not call it/,
  },
  {
    what: "Lambda ticks again",
    path: resource("TickLambdaEvConf", "MaximumRetryAttempts"),
    value: 2,
    says: /TickLambdaFunction: Lambda may run a request again/,
  },
  {
    what: "Lambda ticks late",
    path: resource("TickLambdaEvConf", "MaximumEventAgeInSeconds"),
    value: 3600,
    says: /TickLambdaFunction: may run what is older/,
  },
  {
    what: "a tick may outlive its lease",
    path: resource("TickLambdaFunction", "Timeout"),
    value: 90,
    says: /TickLambdaFunction: may outlive its lease/,
  },
  {
    what: "a look is asked for by a replay",
    path: resource("LookRule", "EventPattern", "replay-name"),
    value: undefined,
    says: /LookRule: acts on replays/,
  },
  {
    what: "a look is asked for on the public bus",
    path: resource("LookRule", "EventBusName"),
    value: { Ref: "PublicBus" },
    says: /another bus than the private one/,
  },
  {
    what: "a look that nobody makes up for is lost",
    path: resource("LookRule", "Targets", 0, "Arn"),
    value: arn("CommandLambdaFunction"),
    says: /LookRule.hot: has no dead-letter queue/,
  },
  {
    what: "those who wait for the young may put commands",
    path: grant("HotRole", 2, "Resource"),
    value: arn("PrivateBus"),
    says: /HotRole: events:PutEvents on .*PrivateBus/,
  },
  {
    what: "a shard may send shards",
    path: grant("ShardRole", 2, "Resource"),
    value: arn("PrivateBus"),
    says: /ShardRole: events:PutEvents on .*PrivateBus/,
  },
  {
    what: "the tick may not hand out shards",
    path: resource("PrivateBusPolicy", "Statement", "Condition", "ArnNotEquals", "aws:PrincipalArn", 3),
    value: arn("TransferRole"),
    says: /PrivateBusPolicy: keeps out TickRole/,
  },
  {
    what: "a shard is asked for by a replay",
    path: resource("ShardRule", "EventPattern", "replay-name"),
    value: undefined,
    says: /ShardRule: acts on replays/,
  },
  {
    what: "a shard may be older than a minute",
    path: resource("ShardRule", "Targets", 0, "RetryPolicy", "MaximumEventAgeInSeconds"),
    value: 3600,
    says: /ShardRule.shard: may deliver what is older/,
  },
  {
    what: "Lambda works on a shard again",
    path: resource("ShardLambdaEvConf", "MaximumRetryAttempts"),
    value: 1,
    says: /ShardLambdaFunction: Lambda may run a request again/,
  },
  {
    what: "a shard may outlive its lease",
    path: resource("ShardLambdaFunction", "Timeout"),
    value: 120,
    says: /ShardLambdaFunction: may outlive its lease/,
  },
  {
    what: "anybody may put on the public bus",
    path: resource("PublicBusPolicy", "EventBusName"),
    value: { Ref: "PrivateBus" },
    says: /PublicBus: anybody in the account/,
  },
  {
    what: "a stranger's role is let onto the public bus",
    path: resource("PublicBusPolicy", "Statement", "Condition", "ArnNotEquals", "aws:PrincipalArn", 1),
    value: arn("CommandRole"),
    says: /PublicBusPolicy: lets in CommandRole/,
  },
  {
    what: "everything on the public bus is archived",
    path: resource("PublicArchive", "EventPattern"),
    value: undefined,
    says: /archives more than public events/,
  },
  {
    what: "commands on the public bus would be archived",
    path: resource("PublicArchive", "EventPattern", "detail-type", 1),
    value: "CommandRequested",
    says: /archives more than public events/,
  },
  {
    what: "an end is not archived",
    path: resource("PublicArchive", "EventPattern", "detail-type"),
    value: ["InstanceProgressed"],
    says: /no archive keeps InstanceFinished/,
  },
];
