// CloudFormation itself would refuse these, after minutes.
import { type Fault, placeholder, resource } from "./fault.ts";

export const cloudformationFaults: readonly Fault[] = [
  {
    what: "a type does not exist",
    path: ["Resources", "Table", "Type"],
    value: "AWS::DynamoDB::Tabel",
    says: /no type AWS::DynamoDB::Tabel/,
  },
  {
    what: "a property does not exist",
    path: resource("LostQueue", "Retention"),
    value: 60,
    says: /LostQueue: Retention is no property/,
  },
  {
    what: "a nested property does not exist",
    path: resource("CommandRule", "Targets", 0, "RetryPolicy", "Attempts"),
    value: 1,
    says: /Attempts is no property/,
  },
  { what: "a number is a word", path: resource("LostQueue", "MessageRetentionPeriod"), value: "long", says: /must be integer/ },
  { what: "a list is a text", path: resource("CommandRule", "Targets"), value: "all", says: /must be a list/ },
  {
    what: "a required property is missing",
    path: resource("SlackLambdaFunction", "Code"),
    value: undefined,
    says: /Code is required/,
  },
  { what: "a Ref leads nowhere", path: resource("CommandRule", "EventBusName"), value: { Ref: "Bus" }, says: /there is no Bus/ },
  {
    what: "a GetAtt asks for an attribute that is not there",
    path: resource("CommandRule", "Targets", 0, "Arn"),
    value: { "Fn::GetAtt": ["CommandLambdaFunction", "Name"] },
    says: /no attribute Name/,
  },
  {
    what: "a Sub names what is not there",
    path: resource("Table", "TableName"),
    value: { "Fn::Sub": `${placeholder("Nowhere")}-x` },
    says: /there is no Nowhere/,
  },
  {
    what: "a condition is not there",
    path: ["Resources", "PublicArchive", "Condition"],
    value: "Sometimes",
    says: /no condition Sometimes/,
  },
  {
    what: "a condition compares a number",
    path: ["Conditions", "ArchivesPublicEvents", "Fn::Not", 0, "Fn::Equals", 0],
    value: 7,
    says: /compares two texts/,
  },
  {
    what: "an output leads nowhere",
    path: ["Outputs", "TableName", "Value"],
    value: { Ref: "Tabel" },
    says: /TableName: there is no Tabel/,
  },
  {
    what: "a resource depends on what is not there",
    path: ["Resources", "Table", "DependsOn"],
    value: "Chair",
    says: /depends on Chair/,
  },
  {
    what: "two resources wait for each other",
    path: ["Resources", "LostQueue", "DependsOn"],
    value: "ApologiesQueue",
    says: /is a circle/,
  },
];
