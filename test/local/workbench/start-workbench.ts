import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { MaxComputeFault, ScenarioInstance, Scenarios } from "../../../src/local/workbench/scenarios.ts";
import { createWorkbench } from "../../../src/local/workbench/server.ts";
import { type ScriptedSlack, scriptedSlack } from "../../support/scripted-slack.ts";

/** Scenarios a test can look into. */
export function scriptedScenarios() {
  const started: { scenario: string; options: object }[] = [];
  const faults: MaxComputeFault[] = [];
  let instances: readonly ScenarioInstance[] = [{ id: "20261122100000001gaaaaaaa", scenario: "success", status: "SUCCESS" }];
  const scenarios: Scenarios = {
    names: () => [
      { name: "success", summary: "Ends well" },
      { name: "failed", summary: "A table is missing" },
      { name: "running", summary: "Runs for ten minutes" },
    ],
    start(scenario, options) {
      if (scenario === "nowhere") throw new Error("there is no scenario nowhere");
      started.push({ scenario, options });
      const id = `2026112210000000${started.length + 1}gbbbbbbb`;
      instances = [...instances, { id, scenario, status: "RUNNING" }];
      return id;
    },
    instances: () => instances,
    fault: (fault) => faults.push(fault),
    clearFaults: () => faults.splice(0),
  };
  return { scenarios, started, faults };
}

export const someCompletions = [
  { name: "status", usage: "status <instance>", summary: "Show an instance's status and progress" },
  { name: "stop", usage: "stop <instance> [--reason]", summary: "Stop an instance, after a confirmation" },
  { name: "result", usage: "result <instance> [--limit]", summary: "Show what an instance returned" },
  { name: "watch", usage: "watch <instance>", summary: "Follow an instance in this channel" },
  { name: "help", usage: "help [command]", summary: "Show what the bot can do" },
] as const;

/** The workbench on a free port of loopback, over a scripted Slack and scripted scenarios. */
export async function startWorkbench(slack: ScriptedSlack = scriptedSlack(), wantedPort = 0) {
  const maxcompute = scriptedScenarios();
  const requestIdOf = (deliveryId: string) => `req-${deliveryId}`;
  const workbench = createWorkbench({ slack, maxcompute: maxcompute.scenarios, completions: someCompletions, requestIdOf });
  const server = createServer((request, response) => {
    workbench.handle(request, response).then(
      (isOurs) => {
        if (!isOurs) response.writeHead(404).end("not the workbench");
      },
      (error) => response.destroy(error),
    );
  });
  await new Promise<void>((resolve) => server.listen(wantedPort, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    slack,
    ...maxcompute,
    port,
    url: `http://localhost:${port}/`,
    async close() {
      workbench.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
