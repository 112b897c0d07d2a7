// Small templates for the tests of this cloud, in the words of CloudFormation.

export type Resources = Readonly<
  Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>
>;

type Statement = Readonly<Record<string, unknown>>;
const allow = (action: string | readonly string[], resource: unknown, condition?: object): Statement => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...(condition === undefined ? {} : { Condition: condition }),
});

const trust = {
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

const arnOf = (logicalId: string) => ({ "Fn::GetAtt": [logicalId, "Arn"] });

/** A function `Name` with a role `NameRole` that may do what the rights say. */
export const aFunction = (
  name: string,
  properties: Readonly<Record<string, unknown>> = {},
  rights: readonly (readonly [action: string | readonly string[], resource: unknown, condition?: object])[] = [],
): Resources => ({
  [`${name}Role`]: {
    Type: "AWS::IAM::Role",
    Properties: {
      AssumeRolePolicyDocument: trust,
      Policies: [{ PolicyName: "own", PolicyDocument: { Statement: rights.map((right) => allow(...right)) } }],
    },
  },
  [name]: {
    Type: "AWS::Lambda::Function",
    Properties: {
      FunctionName: name.toLowerCase(),
      Handler: "index.handler",
      Runtime: "nodejs24.x",
      Code: { S3Bucket: "b", S3Key: "k" },
      Role: arnOf(`${name}Role`),
      ...properties,
    },
  },
});

/** A public Function URL `NameUrl`, with both permissions that it needs. */
export const aFunctionUrl = (name: string): Resources => {
  const open = { FunctionName: arnOf(name), Principal: "*" };
  return {
    [`${name}Url`]: { Type: "AWS::Lambda::Url", Properties: { TargetFunctionArn: arnOf(name), AuthType: "NONE" } },
    [`${name}UrlMay`]: {
      Type: "AWS::Lambda::Permission",
      Properties: { ...open, Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: "NONE" },
    },
    [`${name}UrlMayInvoke`]: {
      Type: "AWS::Lambda::Permission",
      Properties: { ...open, Action: "lambda:InvokeFunction", InvokedViaFunctionUrl: true },
    },
  };
};

export const aBus = (name: string): Resources => ({
  [name]: { Type: "AWS::Events::EventBus", Properties: { Name: name.toLowerCase() } },
});

/** A rule on a bus, and what its targets must permit it. */
export const aRule = (name: string, properties: Readonly<Record<string, unknown>>): Resources => ({
  [name]: { Type: "AWS::Events::Rule", Properties: { Name: name.toLowerCase(), ...properties } },
});

/** Lets a rule invoke a function. */
export const mayInvoke = (rule: string, fn: string): Resources => ({
  [`${rule}May${fn}`]: {
    Type: "AWS::Lambda::Permission",
    Properties: {
      FunctionName: arnOf(fn),
      Action: "lambda:InvokeFunction",
      Principal: "events.amazonaws.com",
      SourceArn: arnOf(rule),
    },
  },
});

/** A queue, into which these rules may send. */
export const aQueue = (
  name: string,
  properties: Readonly<Record<string, unknown>> = {},
  senders: readonly string[] = [],
): Resources => ({
  [name]: { Type: "AWS::SQS::Queue", Properties: { QueueName: name.toLowerCase(), ...properties } },
  ...(senders.length > 0 && {
    [`${name}Policy`]: {
      Type: "AWS::SQS::QueuePolicy",
      Properties: {
        Queues: [{ Ref: name }],
        PolicyDocument: {
          Statement: senders.map((sender) => ({
            ...allow("sqs:SendMessage", arnOf(name)),
            Principal: { Service: "events.amazonaws.com" },
            Condition: { ArnEquals: { "aws:SourceArn": arnOf(sender) } },
          })),
        },
      },
    },
  }),
});

/** A mapping from a queue to a function. */
export const aMapping = (queue: string, fn: string, properties: Readonly<Record<string, unknown>> = {}): Resources => ({
  [`${queue}To${fn}`]: {
    Type: "AWS::Lambda::EventSourceMapping",
    Properties: { EventSourceArn: arnOf(queue), FunctionName: arnOf(fn), ...properties },
  },
});

/** How asynchronous invocations of a function's `$LATEST` are treated. */
export const anInvokeConfig = (fn: string, properties: Readonly<Record<string, unknown>>): Resources => ({
  [`${fn}Config`]: {
    Type: "AWS::Lambda::EventInvokeConfig",
    Properties: { FunctionName: { Ref: fn }, Qualifier: "$LATEST", ...properties },
  },
});

export const receiving = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"] as const;
export const arn = arnOf;
