import { ackSpec } from "./ack.ts";
import { allowSpec } from "./allow.ts";
import { auditSpec } from "./audit.ts";
import type { CommandSpec } from "./command.ts";
import { costSpec } from "./cost.ts";
import { denySpec } from "./deny.ts";
import { doctorSpec } from "./doctor.ts";
import { existsSpec } from "./exists.ts";
import { helpSpec } from "./help.ts";
import { listSpec } from "./list.ts";
import { logviewSpec } from "./logview.ts";
import { muteSpec } from "./mute.ts";
import { paiSpec } from "./pai.ts";
import { progressSpec } from "./progress.ts";
import { queueSpec } from "./queue.ts";
import { rerunSpec } from "./rerun.ts";
import { resultSpec } from "./result.ts";
import { rightsSpec } from "./rights.ts";
import { runSqlSpec } from "./run-sql.ts";
import { snoozeSpec } from "./snooze.ts";
import { statusSpec } from "./status.ts";
import { stopSpec } from "./stop.ts";
import { subsSpec } from "./subs.ts";
import { subscribeSpec } from "./subscribe.ts";
import { subscriptionsSpec } from "./subscriptions.ts";
import { tasksSpec } from "./tasks.ts";
import { unmuteSpec } from "./unmute.ts";
import { unsubscribeSpec } from "./unsubscribe.ts";
import { unwatchSpec } from "./unwatch.ts";
import { useSpec } from "./use.ts";
import { watchSpec } from "./watch.ts";
import { watchesSpec } from "./watches.ts";
import { whySpec } from "./why.ts";

/** Every command without its running, in the order of help: a bundle that only takes commands in carries no MaxCompute client. */
export const commandSpecs: readonly CommandSpec[] = [
  statusSpec,
  listSpec,
  progressSpec,
  whySpec,
  tasksSpec,
  subsSpec,
  resultSpec,
  logviewSpec,
  costSpec,
  queueSpec,
  existsSpec,
  watchSpec,
  unwatchSpec,
  watchesSpec,
  subscribeSpec,
  unsubscribeSpec,
  subscriptionsSpec,
  muteSpec,
  unmuteSpec,
  ackSpec,
  snoozeSpec,
  stopSpec,
  auditSpec,
  runSqlSpec,
  rerunSpec,
  paiSpec,
  useSpec,
  allowSpec,
  denySpec,
  rightsSpec,
  doctorSpec,
  helpSpec,
];
