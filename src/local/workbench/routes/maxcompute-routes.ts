import { readJson } from "../read-json.ts";
import { instanceRequest } from "../requests.ts";
import type { Scenarios } from "../scenarios.ts";
import { asked, type Route } from "./route.ts";

/** /sim/maxcompute: which scenarios there are, which instances run, and a way to start one. */
export function maxComputeRoutes(maxcompute: Scenarios): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/sim/maxcompute",
      answer: () => ({ scenarios: maxcompute.names(), instances: maxcompute.instances() }),
    },
    {
      method: "POST",
      path: "/sim/maxcompute/instances",
      answer: async (request) => {
        const { scenario, ...options } = await readJson(request, instanceRequest);
        return { ok: true, id: await asked(() => maxcompute.start(scenario, options)) };
      },
    },
  ];
}
