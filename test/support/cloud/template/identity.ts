// The names and ARNs that AWS gives a resource: what Ref and Fn::GetAtt answer for it, type by type.
import type { Place, Properties } from "./template.ts";

export type Identity = { readonly ref: string; readonly attributes: Readonly<Record<string, string>> };

/** What a type's identity is made of: resolved properties, the place, a generated name, and how many of its like came before. */
export type Naming = {
  readonly logicalId: string;
  readonly place: Place;
  /** A property resolved to text; the stack's generated name where it is absent. */
  readonly named: (property: string) => string;
  readonly properties: () => Properties;
  /** 1 for the first version of a function, 2 for the next. */
  readonly ordinal: () => number;
};

const arn = ({ region, account }: Place, service: string, resource: string) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The function's ARN from any way a template may name it: name, ARN, either with a qualifier. */
export function functionArn(place: Place, named: string): string {
  return named.startsWith("arn:") ? named : arn(place, "lambda", `function:${named}`);
}

/** `arn:…:function:name` and its qualifier; `$LATEST` where there is none. */
export function splitFunctionArn(functionArnText: string): { readonly arn: string; readonly qualifier: string } {
  const parts = functionArnText.split(":");
  return { arn: parts.slice(0, 7).join(":"), qualifier: parts[7] ?? "$LATEST" };
}

const byName = (property: string, service: string, prefix: string) => (naming: Naming) => {
  const name = naming.named(property);
  return { ref: name, attributes: { Arn: arn(naming.place, service, `${prefix}${name}`), Name: name } };
};

const queue = (naming: Naming): Identity => {
  const name = naming.named("QueueName");
  const { region, account } = naming.place;
  const url = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  return { ref: url, attributes: { Arn: arn(naming.place, "sqs", name), QueueName: name, QueueUrl: url } };
};

const rule = (naming: Naming): Identity => {
  const name = naming.named("Name");
  const bus = text(naming.properties().EventBusName).split("/").at(-1) ?? "";
  const path = bus === "" || bus === "default" ? name : `${bus}/${name}`;
  return { ref: path.replace("/", "|"), attributes: { Arn: arn(naming.place, "events", `rule/${path}`) } };
};

const role = (naming: Naming): Identity => {
  const name = naming.named("RoleName");
  return { ref: name, attributes: { Arn: `arn:aws:iam::${naming.place.account}:role/${name}`, RoleId: `AROA${name}` } };
};

const version = (naming: Naming): Identity => {
  const owner = functionArn(naming.place, text(naming.properties().FunctionName));
  const number = String(naming.ordinal());
  return { ref: `${owner}:${number}`, attributes: { FunctionArn: `${owner}:${number}`, Version: number } };
};

const alias = (naming: Naming): Identity => {
  const { FunctionName, Name } = naming.properties();
  const ref = `${functionArn(naming.place, text(FunctionName))}:${text(Name)}`;
  return { ref, attributes: { AliasArn: ref } };
};

const functionUrl = (naming: Naming): Identity => {
  const ref = functionArn(naming.place, text(naming.properties().TargetFunctionArn));
  const host = `${naming.logicalId.toLowerCase()}.lambda-url.${naming.place.region}.on.aws`;
  return { ref, attributes: { FunctionArn: ref, FunctionUrl: `https://${host}/` } };
};

const logGroup = (naming: Naming): Identity => {
  const name = naming.named("LogGroupName");
  return { ref: name, attributes: { Arn: arn(naming.place, "logs", `log-group:${name}:*`) } };
};

const kinds: Readonly<Record<string, (naming: Naming) => Identity>> = {
  "AWS::Lambda::Function": byName("FunctionName", "lambda", "function:"),
  "AWS::Lambda::Version": version,
  "AWS::Lambda::Alias": alias,
  "AWS::Lambda::Url": functionUrl,
  "AWS::Events::EventBus": byName("Name", "events", "event-bus/"),
  "AWS::Events::Rule": rule,
  "AWS::Events::Archive": byName("ArchiveName", "events", "archive/"),
  "AWS::SQS::Queue": queue,
  "AWS::DynamoDB::Table": byName("TableName", "dynamodb", "table/"),
  "AWS::IAM::Role": role,
  "AWS::Logs::LogGroup": logGroup,
  "AWS::SNS::Topic": byName("TopicName", "sns", ""),
  "AWS::CloudWatch::Alarm": byName("AlarmName", "cloudwatch", "alarm:"),
  "AWS::S3::Bucket": (naming) => {
    const name = naming.named("BucketName").toLowerCase();
    return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } };
  },
};

/** The identity of a resource of this type; one that this cloud does not know has a name and no attributes. */
export function identify(type: string, naming: Naming): Identity {
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  return kind === undefined ? { ref: `${naming.place.stack}-${naming.logicalId}`, attributes: {} } : kind(naming);
}
