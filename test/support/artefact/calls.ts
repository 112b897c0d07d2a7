// The AWS calls that the functions make, as they arrive.
import type { CallFault, CallFaults } from "../cloud/index.ts";
import type { World } from "./world.ts";

export type Call = Parameters<CallFaults>[0];

/** Writes down every call from now on; `befall` decides what becomes of each. */
export function watchCalls(
  world: World,
  befall: (call: Call, before: readonly Call[]) => CallFault | undefined = () => undefined,
) {
  const seen: Call[] = [];
  world.meet((call) => {
    const fault = befall(call, seen);
    seen.push(call);
    return fault;
  });
  return {
    /** `Service:Action` of the calls of one function. */
    of: (fn: string): readonly string[] =>
      seen.filter((call) => call.fn === fn).map(({ service, action }) => `${service}:${action}`),
  };
}
