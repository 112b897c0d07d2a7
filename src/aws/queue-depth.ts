import * as z from "zod/mini";
import { type SignedCallPorts, signedCall } from "./signed-call.ts";

/** Messages of a queue, as SQS counts them: about so many. */
export type QueueDepth = {
  /** To be had at once. */
  readonly waiting: number;
  /** With somebody who reads them. */
  readonly inFlight: number;
};

export type QueueDepthPorts = SignedCallPorts & {
  /** Another place than the queue's own, such as a test's. */
  readonly endpoint?: string;
};

// { "Attributes": { "ApproximateNumberOfMessages": "0", "ApproximateNumberOfMessagesNotVisible": "0" } }
const Answer = z.object({
  Attributes: z.object({ ApproximateNumberOfMessages: z.string(), ApproximateNumberOfMessagesNotVisible: z.string() }),
});

/** SQS writes its numbers as text. */
function countIn(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count)) throw new Error("SQS told no number");
  return count;
}

/** How much lies in the queue of this URL. */
export async function queueDepth(queueUrl: string, ports: QueueDepthPorts, signal: AbortSignal): Promise<QueueDepth> {
  const AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"];
  const answer = await signedCall(
    {
      endpoint: ports.endpoint ?? new URL(queueUrl).origin,
      service: "sqs",
      target: "AmazonSQS.GetQueueAttributes",
      input: { QueueUrl: queueUrl, AttributeNames },
      signal,
    },
    ports,
  );
  const { Attributes: told } = Answer.parse(answer);
  return { waiting: countIn(told.ApproximateNumberOfMessages), inFlight: countIn(told.ApproximateNumberOfMessagesNotVisible) };
}
