// CloudWatch, as far as alarms are concerned: what the services count, by resource, and what functions put.

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const counts = new Map<string, number>();
  const put: unknown[] = [];
  const key = (metric: string, logicalId: string) => `${metric} ${logicalId}`;
  return {
    count(metric: string, logicalId: string): void {
      counts.set(key(metric, logicalId), (counts.get(key(metric, logicalId)) ?? 0) + 1);
    },
    /** How often a service counted this of a resource, such as `FailedInvocations` of a rule. */
    of: (metric: string, logicalId: string): number => counts.get(key(metric, logicalId)) ?? 0,
    record(body: unknown): void {
      put.push(body);
    },
    /** The bodies of every PutMetricData and PutLogEvents. */
    recorded: (): readonly unknown[] => [...put],
  };
}
