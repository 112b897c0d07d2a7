/** Typed like `90s`, `30m`, `6h`, `2d`. */
export type Duration = `${number}${"s" | "m" | "h" | "d"}`;

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a typed duration such as `30m` or `1h30m`; undefined when it is none. */
export function parseDuration(typed: string): number | undefined {
  if (!/^(\d{1,5}[smhd])+$/i.test(typed)) return undefined;
  let total = 0;
  for (const [, count, unit] of typed.toLowerCase().matchAll(/(\d+)([smhd])/g))
    total += Number(count) * (unitMs[unit ?? ""] ?? 0);
  return total;
}

/** `2 h 14 m`, `3 m 12 s`, `45 s`: the two largest units that are not zero. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const parts: readonly [number, string][] = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3_600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return "0 s";
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}
