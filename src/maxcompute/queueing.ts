import type { InstanceStatus } from "./instance.ts";

/** An instance as the scheduler sees it (protocol section 9). A fact the service left out, or that cannot be read, is undefined. */
export type QueueingInfo = {
  readonly instanceId: string;
  readonly project?: string | undefined;
  readonly jobName?: string | undefined;
  readonly skynetId?: string | undefined;
  readonly owner?: string | undefined;
  readonly taskType?: string | undefined;
  readonly taskName?: string | undefined;
  /** 0 is the highest, 9 the lowest. */
  readonly priority?: number | undefined;
  /** 0 to 1. */
  readonly progress?: number | undefined;
  /** Epoch milliseconds. */
  readonly startTime?: number | undefined;
  readonly status?: InstanceStatus | undefined;
  /** CPU and memory in use and reserved in all, in the service's own units. */
  readonly cpuUsage?: number | undefined;
  readonly memUsage?: number | undefined;
  readonly totalCpuUsage?: number | undefined;
  readonly totalMemUsage?: number | undefined;
  /** Its place in the queue, and how long the queue is. */
  readonly waitPosition?: number | undefined;
  readonly queueLength?: number | undefined;
  /** For people, such as "Waiting for scheduling". */
  readonly subStatuses?: readonly string[] | undefined;
};
