import { httpTime } from "../times.ts";
import type { Found } from "../world.ts";

/** Headers of every status reply (protocol section 5). Java throws without a start time; there is no end time before the end. */
export const instanceHeaders = ({ record, state }: Found): Readonly<Record<string, string>> => ({
  "x-odps-owner": record.owner,
  "x-odps-start-time": httpTime(state.startTime),
  ...(state.endTime !== undefined && { "x-odps-end-time": httpTime(state.endTime) }),
});
