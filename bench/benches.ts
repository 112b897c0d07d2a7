import type { Bench } from "./bench.ts";
import { growth } from "./growth.ts";
import { ingress } from "./ingress.ts";
import { list } from "./list.ts";
import { notify } from "./notify.ts";
import { result } from "./result.ts";
import { tick } from "./tick.ts";

/** Every benchmark by name: one file each. */
export const benches: ReadonlyMap<string, Bench> = new Map([
  ["growth", growth],
  ["ingress", ingress],
  ["list", list],
  ["notify", notify],
  ["result", result],
  ["tick", tick],
]);
