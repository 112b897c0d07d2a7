// Too few rights, or too many.
import { arn, type Fault, grant, parameter, resource } from "./fault.ts";

export const rightsFaults: readonly Fault[] = [
  {
    what: "an action that the code uses is not granted",
    path: grant("CommandRole", 1, "Action"),
    value: ["dynamodb:GetItem", "dynamodb:PutItem"],
    says: /does not grant dynamodb:Query/,
  },
  {
    what: "an action is granted that no code uses",
    path: grant("CommandRole", 1, "Action"),
    value: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:DeleteItem"],
    says: /grants dynamodb:DeleteItem/,
  },
  {
    what: "every action of a service is granted",
    path: grant("CommandRole", 1, "Action"),
    value: "dynamodb:*",
    says: /grants dynamodb:\*/,
  },
  { what: "a grant is for everything", path: grant("CommandRole", 1, "Resource"), value: "*", says: /dynamodb:GetItem on "\*"/ },
  {
    what: "a function may write to another's log",
    path: grant("CommandRole", 0, "Resource"),
    value: arn("SlackLogGroup"),
    says: /logs:PutLogEvents on .*SlackLogGroup/,
  },
  {
    what: "a function may read every secret",
    path: grant("SlackRole", 2, "Resource"),
    value: parameter("/odps-chatops/*"),
    says: /ssm:GetParameters on/,
  },
  {
    what: "a function may read the secrets of another stage",
    path: grant("SlackRole", 2, "Resource"),
    value: parameter("/odps-chatops/prod/seal-key"),
    says: /ssm:GetParameters on/,
  },
  {
    what: "the door may read everything in the table",
    path: grant("SlackRole", 3, "Condition"),
    value: undefined,
    says: /dynamodb:GetItem under the condition none/,
  },
  {
    what: "a grant holds under a condition that nobody asked for",
    path: grant("CommandRole", 1, "Condition"),
    value: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
    says: /dynamodb:Query under the condition .*SourceIp/,
  },
  {
    what: "a function may not read a secret that it opens",
    path: grant("ApologiseRole", 4, "Resource"),
    value: [parameter("/odps-chatops/example/seal-key")],
    says: /may not read the secret slack-bot-token/,
  },
  {
    what: "a function may read a secret that it has no use for",
    path: grant("ApologiseRole", 4, "Resource"),
    value: ["slack-bot-token", "seal-key", "odps-access-key"].map((name) => parameter(`/odps-chatops/example/${name}`)),
    says: /may read the secret odps-access-key for nothing/,
  },
  {
    what: "others may take a role",
    path: resource("CommandRole", "AssumeRolePolicyDocument", "Statement", 0, "Principal"),
    value: { AWS: "*" },
    says: /not for Lambda alone/,
  },
  {
    what: "a role brings policies of others",
    path: resource("CommandRole", "ManagedPolicyArns"),
    value: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    says: /policies of others/,
  },
  {
    what: "two functions share a role",
    path: resource("TransferLambdaFunction", "Role"),
    value: arn("CommandRole"),
    says: /the role of more than one/,
  },
  {
    what: "failures cannot be delivered for want of a right",
    path: grant("CommandRole", 6, "Action"),
    value: "sqs:GetQueueUrl",
    says: /does not grant sqs:SendMessage/,
  },
  {
    what: "dead letters cannot be counted for want of a right",
    path: grant("CommandRole", 5, "Action"),
    value: "sqs:GetQueueUrl",
    says: /does not grant sqs:GetQueueAttributes/,
  },
  {
    what: "a function may count what lies in a queue that it is not told of",
    path: resource("CommandLambdaFunction", "Environment", "Variables", "LOST_QUEUE"),
    value: "https://sqs.us-east-1.amazonaws.com/1/another",
    says: /CommandRole: sqs:GetQueueAttributes on .*LostQueue/,
  },
  {
    what: "a function may read letters where it may count them",
    path: grant("CommandRole", 5, "Action"),
    value: ["sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
    says: /grants sqs:ReceiveMessage, which command does not need/,
  },
];
