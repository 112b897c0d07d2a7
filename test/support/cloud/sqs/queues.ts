// Queues as the template has them, with their policies.
import * as z from "zod";
import { policyDocument, type Statement } from "../policy/statement.ts";
import { count, ignored, parseProperties } from "../template/parse.ts";
import { ofType, type Resource } from "../template/template.ts";

const redrive = z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: count.min(1) });

const schema = z.strictObject({
  QueueName: ignored,
  DelaySeconds: count.max(900).default(0),
  VisibilityTimeout: count.max(43_200).default(30),
  MessageRetentionPeriod: count.min(60).max(1_209_600).default(345_600),
  MaximumMessageSize: count.max(1_048_576).default(262_144),
  ReceiveMessageWaitTimeSeconds: ignored,
  RedrivePolicy: redrive.optional(),
  RedriveAllowPolicy: ignored,
  SqsManagedSseEnabled: ignored,
  KmsMasterKeyId: ignored,
  KmsDataKeyReusePeriodSeconds: ignored,
  Tags: ignored,
});

const policySchema = z.strictObject({ Queues: z.array(z.string()), PolicyDocument: policyDocument });

export type QueueSettings = {
  readonly logicalId: string;
  readonly arn: string;
  readonly url: string;
  readonly delayMs: number;
  readonly visibilityMs: number;
  readonly retentionMs: number;
  readonly largestBytes: number;
  readonly redrive?: { readonly arn: string; readonly maxReceives: number };
  readonly policy: readonly Statement[];
};

/** Every AWS::SQS::Queue. Throws where a redrive policy names no queue of the template. */
export function readQueues(resources: readonly Resource[]): readonly QueueSettings[] {
  const policies = ofType(resources, "AWS::SQS::QueuePolicy").map((resource) => parseProperties(policySchema, resource));
  const queues = ofType(resources, "AWS::SQS::Queue").map((resource): QueueSettings => {
    const read = parseProperties(schema, resource);
    return {
      logicalId: resource.logicalId,
      arn: resource.attributes.Arn ?? "",
      url: resource.ref,
      delayMs: read.DelaySeconds * 1000,
      visibilityMs: read.VisibilityTimeout * 1000,
      retentionMs: read.MessageRetentionPeriod * 1000,
      largestBytes: read.MaximumMessageSize,
      ...(read.RedrivePolicy && {
        redrive: { arn: read.RedrivePolicy.deadLetterTargetArn, maxReceives: read.RedrivePolicy.maxReceiveCount },
      }),
      policy: policies
        .filter(({ Queues }) => Queues.includes(resource.ref))
        .flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
    };
  });
  for (const { logicalId, redrive: target } of queues) {
    if (target !== undefined && !queues.some(({ arn }) => arn === target.arn)) {
      throw new Error(`${logicalId}: there is no dead-letter queue ${target.arn}`);
    }
  }
  return queues;
}
