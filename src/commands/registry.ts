import type { Command } from "./command.ts";
import { exists } from "./exists.ts";
import { helpFor } from "./help.ts";
import { list } from "./list.ts";
import { logview } from "./logview.ts";
import { progress } from "./progress.ts";
import { result } from "./result.ts";
import { status } from "./status.ts";
import { stop } from "./stop.ts";
import { tasks } from "./tasks.ts";

/** Every command, in the order of help. */
export const commands: readonly Command[] = [
  status,
  list,
  progress,
  tasks,
  result,
  logview,
  exists,
  stop,
  helpFor(() => commands),
];
