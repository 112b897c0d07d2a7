// Who hands what to whom inside the cloud: rules to targets, functions to their destinations, all by ARN and by right.
import type { Delivery } from "./events/deliver.ts";
import type { PutEntry } from "./events/put-events.ts";
import type { Events } from "./events/service.ts";
import type { AsyncInvocations, InvocationRecord } from "./lambda/async-invoke.ts";
import { type FunctionTarget, findTarget, invokedArn, type LambdaFunction } from "./lambda/functions.ts";
import { largestAsyncPayload, type Outcome } from "./lambda/outcome.ts";
import type { InvokeRights } from "./lambda/permission.ts";
import { isAllowed } from "./policy/decide.ts";
import type { Sqs } from "./sqs/service.ts";
import type { Place } from "./template/template.ts";

export type HandOptions = {
  readonly place: Place;
  readonly functions: readonly LambdaFunction[];
  readonly rights: InvokeRights;
  readonly sqs: Sqs;
  /** Filled once both ends exist. */
  readonly others: () => { readonly asyncInvocations: AsyncInvocations; readonly events: Events };
  /** Logical ids of what cannot be reached now. */
  readonly isOut: (logicalId: string) => boolean;
};

const eventBridge = { kind: "service", service: "events.amazonaws.com" } as const;
const refused = (code: string, message: string, mayPass = false): Delivery => ({ kind: "refused", code, message, mayPass });
const denied = refused("NO_PERMISSIONS", "Lack of permissions to invoke cross account target.");
const outage = refused("SDK_CLIENT_ERROR", "Unable to execute HTTP request", true);

export function createHands({ place, functions, rights, sqs, others, isOut }: HandOptions) {
  const roleOf = ({ fn }: FunctionTarget) =>
    ({ kind: "role", arn: fn.roleArn, account: place.account, statements: fn.statements }) as const;
  const isFunction = (arn: string) => arn.startsWith("arn:aws:lambda:");

  function toFunction(arn: string, body: string, ruleArn: string): Delivery {
    const target = findTarget(functions, place, arn);
    if (target === undefined) return refused("RESOURCE_NOT_FOUND", `Function not found: ${arn}`);
    if (isOut(target.fn.logicalId)) return outage;
    if (!rights.service(target, eventBridge.service, ruleArn)) return denied;
    if (Buffer.byteLength(body) > largestAsyncPayload) return refused("INVALID_PARAMETER", "over 1 MB");
    others().asyncInvocations.accept(target, body);
    return { kind: "taken" };
  }

  function toQueue(arn: string, body: string, ruleArn: string): Delivery {
    if (isOut(sqs.find(arn)?.settings.logicalId ?? "")) return outage;
    const result = sqs.send(arn, eventBridge, { body }, { "aws:SourceArn": ruleArn, "aws:SourceAccount": place.account });
    if (!("refused" in result)) return { kind: "taken" };
    return result.refused === "denied" ? denied : refused("RESOURCE_NOT_FOUND", `${arn}: ${result.refused}`);
  }

  /** The record as an event. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
  function recordEntry(destinationArn: string, record: InvocationRecord): PutEntry {
    const how = record.requestContext.condition === "Success" ? "Success" : "Failure";
    return {
      Source: "lambda",
      DetailType: `Lambda Function Invocation Result - ${how}`,
      Detail: JSON.stringify(record),
      EventBusName: destinationArn,
      Resources: [destinationArn, record.requestContext.functionArn],
    };
  }

  async function tell(target: FunctionTarget, destinationArn: string, record: InvocationRecord): Promise<boolean> {
    const caller = roleOf(target);
    const body = JSON.stringify(record);
    const { asyncInvocations, events } = others();
    if (isFunction(destinationArn)) {
      const next = findTarget(functions, place, destinationArn);
      if (next === undefined) return false;
      const access = { caller, action: "lambda:InvokeFunction", resource: invokedArn(next), context: {} };
      const may = isAllowed(access, []) || rights.role(next, caller);
      if (may) asyncInvocations.accept(next, body);
      return may;
    }
    const bus = events.bus(destinationArn);
    if (bus !== undefined) {
      const may = isAllowed({ caller, action: "events:PutEvents", resource: bus.arn, context: {} }, bus.policy);
      return may && "EventId" in (events.put([recordEntry(bus.arn, record)])[0] ?? {});
    }
    return sqs.deadLetter("function", destinationArn, caller, body, {}, { "aws:SourceArn": target.fn.arn });
  }

  return {
    hand: (targetArn: string, body: string, ruleArn: string): Delivery =>
      isFunction(targetArn) ? toFunction(targetArn, body, ruleArn) : toQueue(targetArn, body, ruleArn),
    ruleDeadLetter: (queueArn: string, body: string, ruleArn: string, attributes: Readonly<Record<string, string>>): boolean =>
      sqs.deadLetter("rule", queueArn, eventBridge, body, attributes, {
        "aws:SourceArn": ruleArn,
        "aws:SourceAccount": place.account,
      }),
    tell,
    async functionDeadLetter(target: FunctionTarget, body: string, requestId: string, last?: Outcome): Promise<boolean> {
      const message = last?.kind === "failed" ? last.error.errorMessage : "";
      const attributes = { RequestID: requestId, ErrorCode: "200", ErrorMessage: message.slice(0, 1024) };
      return sqs.deadLetter("function", target.fn.deadLetterArn ?? "", roleOf(target), body, attributes);
    },
  };
}
