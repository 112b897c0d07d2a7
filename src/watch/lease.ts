import { seconds } from "./time.ts";

/** Longer than any process that holds one, or that starts a watch, may live. */
export const leaseMs = seconds(90);
