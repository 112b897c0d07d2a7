import type { Command } from "./command.ts";
import { cost } from "./cost.ts";
import { exists } from "./exists.ts";
import { helpFor } from "./help.ts";
import { list } from "./list.ts";
import { logview } from "./logview.ts";
import { progress } from "./progress.ts";
import { queue } from "./queue.ts";
import { result } from "./result.ts";
import { status } from "./status.ts";
import { stop } from "./stop.ts";
import { subs } from "./subs.ts";
import { tasks } from "./tasks.ts";
import { why } from "./why.ts";

/** Every command, in the order of help. */
export const commands: readonly Command[] = [
  status,
  list,
  progress,
  why,
  tasks,
  subs,
  result,
  logview,
  cost,
  queue,
  exists,
  stop,
  helpFor(() => commands),
];
