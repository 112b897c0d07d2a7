import type { InstanceStatus, Task } from "./instance.ts";

export type Outcome = "running" | "suspended" | "success" | "failed" | "cancelled" | "unknown";

/**
 * How an instance stands, told by its own status and its tasks': the only place that decides it.
 * "Terminated" alone is not success (protocol section 5.2): a killed instance is Terminated with a cancelled task, and one without
 * a single task proves nothing, so it is "unknown", as is a status this client has never heard of.
 */
export function outcomeOf(status: InstanceStatus, tasks: readonly Pick<Task, "status">[]): Outcome {
  if (status === "Running") return "running";
  if (status === "Suspended") return "suspended";
  if (status !== "Terminated") return "unknown";
  if (tasks.some((task) => task.status === "FAILED")) return "failed";
  if (tasks.some((task) => task.status === "CANCELLED")) return "cancelled";
  const allSucceeded = tasks.length > 0 && tasks.every((task) => task.status === "SUCCESS");
  return allSucceeded ? "success" : "unknown";
}
