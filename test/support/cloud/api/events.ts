// EventBridge's API, for functions.
import * as z from "zod";
import { areTooLarge, busOf, putEvents } from "../events/put-events.ts";
import type { Events } from "../events/service.ts";
import { type AwsAnswer, type AwsCall, AwsError, demandRight, inputOf, json } from "./call.ts";

const named = z.object({ Name: z.string() });

/** PutEvents, the switch of a rule, and how it stands. Throws AwsError for a call that is refused as a whole. */
export function createEventsApi(events: Events) {
  function put(call: AwsCall): AwsAnswer {
    const { Entries } = inputOf(putEvents, call);
    for (const entry of Entries) {
      const bus = events.bus(busOf(entry));
      const arn = bus?.arn ?? `${events.bus("default")?.arn.replace(/default$/, "")}${busOf(entry)}`;
      demandRight(call, arn, bus?.policy);
    }
    if (areTooLarge(Entries)) {
      throw new AwsError("ValidationException", "Total size of the entries in the request is over the limit.");
    }
    const results = events.put(Entries);
    return json({ FailedEntryCount: results.filter((result) => "ErrorCode" in result).length, Entries: results });
  }

  return (call: AwsCall): AwsAnswer => {
    if (call.action === "PutEvents") return put(call);
    if (call.action !== "EnableRule" && call.action !== "DisableRule" && call.action !== "DescribeRule") {
      throw new AwsError("UnknownOperationException", call.action);
    }
    const { Name } = inputOf(named, call);
    const rule = events.rules.find(({ arn }) => arn.endsWith(`rule/${Name}`));
    demandRight(call, rule?.arn ?? `rule/${Name}`);
    if (rule === undefined) throw new AwsError("ResourceNotFoundException", `Rule ${Name} does not exist.`);
    if (call.action === "DescribeRule")
      return json({ Name, Arn: rule.arn, State: events.isEnabled(rule) ? "ENABLED" : "DISABLED" });
    events.setEnabled(rule, call.action === "EnableRule");
    return json({});
  };
}
