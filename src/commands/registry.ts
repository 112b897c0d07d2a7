import { ack } from "./ack.ts";
import { allow } from "./allow.ts";
import { audit } from "./audit.ts";
import type { Command } from "./command.ts";
import { cost } from "./cost.ts";
import { deny } from "./deny.ts";
import { doctor } from "./doctor.ts";
import { exists } from "./exists.ts";
import { helpFor } from "./help.ts";
import { list } from "./list.ts";
import { logview } from "./logview.ts";
import { mute } from "./mute.ts";
import { pai } from "./pai.ts";
import { progress } from "./progress.ts";
import { queue } from "./queue.ts";
import { rerun } from "./rerun.ts";
import { result } from "./result.ts";
import { rights } from "./rights.ts";
import { runSql } from "./run-sql.ts";
import { snooze } from "./snooze.ts";
import { status } from "./status.ts";
import { stop } from "./stop.ts";
import { subs } from "./subs.ts";
import { subscribe } from "./subscribe.ts";
import { subscriptions } from "./subscriptions.ts";
import { tasks } from "./tasks.ts";
import { unmute } from "./unmute.ts";
import { unsubscribe } from "./unsubscribe.ts";
import { unwatch } from "./unwatch.ts";
import { use } from "./use.ts";
import { watch } from "./watch.ts";
import { watches } from "./watches.ts";
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
  watch,
  unwatch,
  watches,
  subscribe,
  unsubscribe,
  subscriptions,
  mute,
  unmute,
  ack,
  snooze,
  stop,
  audit,
  runSql,
  rerun,
  pai,
  use,
  allow,
  deny,
  rights,
  doctor,
  helpFor(() => commands),
];
