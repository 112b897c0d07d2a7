import { isWall, settingKey } from "./setting-keys.ts";

export type Guards = {
  /** The service refuses everything that writes. */
  readonly readOnly: boolean;
  /** The most that the statement may cost by the service's own estimate: gigabytes read times complexity. */
  readonly meteringCap?: number | undefined;
  /** In milliseconds. The service counts whole hours, 72 at most: it ends the job at the next one, should nobody else have stopped it. */
  readonly timeoutMs?: number | undefined;
  /** The quota whose resources the job uses. */
  readonly quota?: string | undefined;
};

const hourMs = 3_600_000;

const hoursOf = (timeoutMs: number): number => Math.min(72, Math.max(1, Math.ceil(timeoutMs / hourMs)));

/** A number of which a wall is made; one that is none would be no wall. Throws RangeError. */
const positive = (name: string, value: number): number => {
  if (Number.isFinite(value) && value > 0) return value;
  throw new RangeError(`${name} is not a number above 0`);
};

function wallsOf({ readOnly, meteringCap, timeoutMs, quota }: Guards): readonly (readonly [string, string])[] {
  return [
    ...(readOnly ? [["odps.sql.read.only", "true"] as const] : []),
    ["odps.sql.allow.fullscan", "false"],
    ...(meteringCap === undefined
      ? []
      : [["odps.sql.metering.value.max", String(positive("meteringCap", meteringCap))] as const]),
    ...(timeoutMs === undefined
      ? []
      : [["odps.sql.job.max.time.hours", String(hoursOf(positive("timeoutMs", timeoutMs)))] as const]),
    ...(quota === undefined ? [] : [["odps.task.wlm.quota", quota] as const]),
  ];
}

/**
 * The settings a job is submitted with: a person's own, as `checkSql` returned them, and the walls behind them. Of the own ones no wall
 * counts, however it is spelled, nor what is no setting's name.
 */
export function guardedHints(
  guards: Guards,
  own: Readonly<Record<string, string | number | boolean>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(own).flatMap(([name, value]) => {
    const key = settingKey(name);
    return key === undefined || isWall(key) ? [] : [[key, String(value)] as const];
  });
  return Object.fromEntries([...kept, ...wallsOf(guards)]);
}
