import type { Bench } from "./bench.ts";
import { ingress } from "./ingress.ts";
import { list } from "./list.ts";
import { notify } from "./notify.ts";
import { result } from "./result.ts";

/** Every benchmark by name: one file each. */
export const benches: ReadonlyMap<string, Bench> = new Map([
  ["ingress", ingress],
  ["list", list],
  ["notify", notify],
  ["result", result],
]);
