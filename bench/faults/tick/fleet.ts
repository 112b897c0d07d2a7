// Several projects' MaxCompute behind one address: a group of watches each. Their clock is the parent's, which jumps.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../../src/simulator/clock.ts";
import { createMaxComputeSimulator } from "../../../src/simulator/maxcompute/index.ts";

type Simulator = ReturnType<typeof createMaxComputeSimulator>;
type StartOptions = NonNullable<Parameters<Simulator["start"]>[1]>;

export type Fleet = {
  readonly accessId: string;
  readonly accessKey: string;
  handle(request: IncomingMessage, response: ServerResponse): void;
  start(project: string, scenario: string, options: StartOptions): string;
  /** MaxCompute knows it no more. */
  vanish(project: string, instanceId: string): void;
  /** Nothing is answered as it should be. */
  darken(isDark: boolean): void;
  close(): void;
};

/** Nobody is tried at waiting. */
const longPollMs = 3_000;
/** One that the client takes for silence and does not repeat: an outage is not to be waited through. */
const silence = 507;

export function createFleet(clock: Clock): Fleet {
  const simulators = new Map<string, Simulator>();
  const of = (project: string): Simulator => {
    const known = simulators.get(project);
    if (known !== undefined) return known;
    const opened = createMaxComputeSimulator({ clock, project, seed: project, settings: { longPollMs } });
    simulators.set(project, opened);
    return opened;
  };
  const { accessId, accessKey } = of("demo_project");
  let isDark = false;
  return {
    accessId,
    accessKey,
    handle(request, response) {
      const project = /\/projects\/([^/?]+)/.exec(request.url ?? "")?.[1] ?? "demo_project";
      if (isDark) return void response.writeHead(silence).end();
      of(project)
        .handle(request, response)
        .catch(() => response.destroy());
    },
    start: (project, scenario, options) => of(project).start(scenario, options),
    vanish: (project, instanceId) =>
      of(project).fault({ kind: "status", status: 404, code: "NoSuchObject", message: "no such instance", match: instanceId }),
    darken(next) {
      isDark = next;
    },
    close() {
      for (const simulator of simulators.values()) simulator.close();
    },
  };
}
