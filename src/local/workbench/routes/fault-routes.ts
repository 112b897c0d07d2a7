import type { SlackSimulator } from "../../../simulator/slack/api.ts";
import { readJson } from "../read-json.ts";
import { faultRequest } from "../requests.ts";
import type { Scenarios } from "../scenarios.ts";
import { asked, type Route } from "./route.ts";

/** /sim/faults: makes one of the two simulators misbehave, or behave again (`kind: "clear"`). */
export function faultRoutes(slack: SlackSimulator, maxcompute: Scenarios): readonly Route[] {
  return [
    {
      method: "POST",
      path: "/sim/faults",
      answer: async (request) => {
        const fault = await readJson(request, faultRequest);
        await asked(() => {
          if (fault.target === "maxcompute") {
            const { target: _, ...wanted } = fault;
            return wanted.kind === "clear" ? maxcompute.clearFaults() : maxcompute.fault(wanted);
          }
          const { target: _, ...wanted } = fault;
          return wanted.kind === "clear" ? slack.clearFaults() : slack.fault(wanted);
        });
        return { ok: true };
      },
    },
  ];
}
