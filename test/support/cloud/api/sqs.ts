// SQS's API (AWS JSON), for functions that send by themselves, and that count.
import { createHash } from "node:crypto";
import * as z from "zod";
import type { MessageAttributes } from "../sqs/queue.ts";
import type { Refusal, Sqs } from "../sqs/service.ts";
import { type AwsAnswer, type AwsCall, AwsError, demandRight, inputOf, json } from "./call.ts";

const attributes = z.record(z.string(), z.object({ DataType: z.string(), StringValue: z.string() })).default({});
const message = z.object({
  MessageBody: z.string().min(1),
  DelaySeconds: z.number().int().min(0).max(900).optional(),
  MessageAttributes: attributes,
});
const one = message.extend({ QueueUrl: z.string() });
const whole = z.object({ QueueUrl: z.string(), AttributeNames: z.array(z.string()).min(1) });
const many = z.object({
  QueueUrl: z.string(),
  Entries: z
    .array(message.extend({ Id: z.string() }))
    .min(1)
    .max(10),
});

const md5 = (text: string) => createHash("md5").update(text).digest("hex");
const codes: Readonly<Record<Refusal, string>> = {
  missing: "QueueDoesNotExist",
  denied: "AccessDeniedException",
  "too large": "InvalidParameterValue",
};

export function createSqsApi(sqs: Sqs) {
  function send(call: AwsCall, url: string, { MessageBody, DelaySeconds, MessageAttributes }: z.infer<typeof message>) {
    const named: MessageAttributes = Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { DataType, StringValue }]) => [
        name,
        { dataType: DataType, stringValue: StringValue },
      ]),
    );
    const delayMs = DelaySeconds === undefined ? undefined : DelaySeconds * 1000;
    return sqs.send(url, call.caller, { body: MessageBody, attributes: named, delayMs });
  }

  /** A message in its delay is neither; one that somebody has out of sight is in flight. */
  function attributesOf(call: AwsCall): AwsAnswer {
    const { QueueUrl } = inputOf(whole, call);
    const queue = sqs.find(QueueUrl);
    if (queue === undefined) throw new AwsError(codes.missing, QueueUrl);
    demandRight(call, queue.settings.arn, queue.settings.policy);
    const messages = queue.messages();
    const now = queue.now();
    const hidden = messages.filter(({ visibleAt }) => visibleAt > now);
    const inFlight = hidden.filter(({ receives }) => receives > 0);
    return json({
      Attributes: {
        ApproximateNumberOfMessages: String(messages.length - hidden.length),
        ApproximateNumberOfMessagesNotVisible: String(inFlight.length),
        ApproximateNumberOfMessagesDelayed: String(hidden.length - inFlight.length),
      },
    });
  }

  return (call: AwsCall): AwsAnswer => {
    if (call.action === "GetQueueAttributes") return attributesOf(call);
    if (call.action === "SendMessage") {
      const input = inputOf(one, call);
      const result = send(call, input.QueueUrl, input);
      if ("refused" in result) throw new AwsError(codes[result.refused], `${input.QueueUrl}: ${result.refused}`);
      return json({ MessageId: result.id, MD5OfMessageBody: md5(input.MessageBody) });
    }
    if (call.action !== "SendMessageBatch") throw new AwsError("UnknownOperationException", call.action);
    const { QueueUrl, Entries } = inputOf(many, call);
    const queue = sqs.find(QueueUrl);
    if (queue === undefined) throw new AwsError(codes.missing, QueueUrl);
    // The batch has no right of its own: it takes that of SendMessage.
    demandRight({ ...call, action: "SendMessage" }, queue.settings.arn, queue.settings.policy);
    const results = Entries.map((entry) => ({ entry, result: send(call, QueueUrl, entry) }));
    return json({
      Successful: results.flatMap(({ entry, result }) =>
        "id" in result ? [{ Id: entry.Id, MessageId: result.id, MD5OfMessageBody: md5(entry.MessageBody) }] : [],
      ),
      Failed: results.flatMap(({ entry, result }) =>
        "refused" in result ? [{ Id: entry.Id, SenderFault: true, Code: codes[result.refused] }] : [],
      ),
    });
  };
}
