// What a person should see, in no chat platform's words. Commands return a View; a renderer draws it; nobody else formats.
// Times are epoch milliseconds, durations milliseconds, percentages 0..100. Every text may be hostile: the renderer escapes it.

import type { ApprovalView } from "./approval.ts";
import type { AuditedView, AuditView } from "./audit.ts";
import type { CheckupView } from "./checkup.ts";
import type { CostView } from "./cost.ts";
import type { FormView } from "./form.ts";
import type { HelpView } from "./help.ts";
import type { ExistenceView, InstanceView, ProgressView, TasksView } from "./instance.ts";
import type { ChoicesView, InstancesView } from "./instances.ts";
import type { LogviewView } from "./logview.ts";
import type { ErrorView, NoticeView } from "./notice.ts";
import type { QueueView } from "./queue.ts";
import type { ResultView } from "./result.ts";
import type { GrantedView, RightsView } from "./rights.ts";
import type { ConfirmRunView, EstimateView, RunApprovalView, RunView } from "./running.ts";
import type { ActedView, ConfirmStopView, StopView } from "./stop.ts";
import type { SubsView } from "./subs.ts";
import type { SubscriptionsView, WatchesView, WatchingView } from "./watching.ts";
import type { WhyView } from "./why.ts";

export type { ApprovalView } from "./approval.ts";
export type { AuditDecision, AuditEntry, AuditedView, AuditOutcome, AuditView } from "./audit.ts";
export type { CheckupView, Finding } from "./checkup.ts";
export type { CostRow, CostView } from "./cost.ts";
export type { Failure } from "./failure.ts";
export type { FormField, FormOption, FormView } from "./form.ts";
export type { CommandHelp, HelpView } from "./help.ts";
export type { ExistenceView, InstanceView, ProgressView, TaskProgressView, TasksView } from "./instance.ts";
export type { ChoicesView, InstanceRow, InstancesView, ShownInstance } from "./instances.ts";
export type { InstanceLink, Suggestion } from "./link.ts";
export type { LogviewView } from "./logview.ts";
export type { ErrorView, NoticeView } from "./notice.ts";
export type { QueueRow, QueueView } from "./queue.ts";
export type { ResultFile, ResultTable, ResultText, ResultView } from "./result.ts";
export type { GrantedView, NamedWho, RightsView } from "./rights.ts";
export type {
  ApprovedBecause,
  BudgetFigures,
  ConfirmRunView,
  EstimateFigures,
  EstimateView,
  JobView,
  RunApprovalView,
  RunView,
} from "./running.ts";
export type { ActedView, ConfirmStopView, StopFacts, StopView } from "./stop.ts";
export type { SubInstanceRow, SubsView } from "./subs.ts";
export type { SubscriptionsView, WatchesView, WatchingView } from "./watching.ts";
export type { WhyView } from "./why.ts";

export type View =
  | InstanceView
  | InstancesView
  | ExistenceView
  | TasksView
  | ProgressView
  | ResultView
  | LogviewView
  | SubsView
  | WhyView
  | CostView
  | QueueView
  | ConfirmStopView
  | StopView
  | ActedView
  | ApprovalView
  | ConfirmRunView
  | RunView
  | RunApprovalView
  | EstimateView
  | ChoicesView
  | HelpView
  | FormView
  | WatchingView
  | WatchesView
  | SubscriptionsView
  | GrantedView
  | RightsView
  | CheckupView
  | AuditView
  | AuditedView
  | NoticeView
  | ErrorView;

/** What is known without looking anything up: all that an acknowledgement ever says. */
export type AtOnceView = HelpView | NoticeView | ErrorView;

export type ViewKind = View["kind"];
