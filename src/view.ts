// What a person should see, in no chat platform's words. Commands return a View; a renderer draws it; nobody else formats.
// Times are epoch milliseconds, durations milliseconds, percentages 0..100. Every text may be hostile: the renderer escapes it.
import type { Instance, InstanceStatus, InstanceSummary, Outcome, StageProgress, Task } from "./maxcompute/index.ts";

/** An instance as a card's buttons know it: `ref` is opaque and stored, project and id are shown. */
export type InstanceLink = { readonly ref: string; readonly project: string; readonly instanceId: string };

/** A command somebody may run by pressing: `value` is what the button carries (an opaque stored reference), `label` what it says. */
export type Suggestion = { readonly label: string; readonly value: string };

export type TaskProgressView = {
  readonly taskName: string;
  /** Weighted by workers; absent while nothing is known. */
  readonly percent?: number;
  readonly stages: readonly StageProgress[];
  /** The documented progress line, with the instance id and a TAB after each stage. */
  readonly line: string;
};

/** Why an instance failed, in the words of its first task that did. */
export type Failure = {
  readonly taskName: string;
  readonly code?: string;
  /** The service's own words. */
  readonly message: string;
  /** What happened and what to do next, a sentence each. */
  readonly cause: string;
  readonly next: string;
};

export type InstanceView = {
  readonly kind: "instance";
  readonly link: InstanceLink;
  readonly instance: Instance;
  readonly outcome: Outcome;
  readonly tasks: readonly Task[];
  readonly progress: readonly TaskProgressView[];
  readonly failure?: Failure;
  /** The token-free link, safe to share; absent when no region is known. */
  readonly jobInsightUrl?: string;
  /** Whether the reader may press Stop. */
  readonly mayStop: boolean;
  readonly seenAt: number;
};

export type InstanceRow = {
  /** Its number in this list: `#3` names it for a while. */
  readonly number: number;
  readonly link: InstanceLink;
  readonly instance: InstanceSummary;
  /** Absent when the tasks were not asked: then only the raw status is known. */
  readonly outcome?: Outcome;
  /** Absent when they were not asked. */
  readonly tasks?: readonly Task[];
};

export type InstancesView = {
  readonly kind: "instances";
  readonly project: string;
  /** What was asked for, in words: "failed, last 6 h". */
  readonly filter: string;
  readonly rows: readonly InstanceRow[];
  /** How many matched, of which `rows` are the newest. */
  readonly total: number;
  /** Set when the listing itself was cut: the total is a lower bound, and this says why. */
  readonly cut?: string;
  /** Ids in full, one a line, for copying. */
  readonly showIds: boolean;
  readonly seenAt: number;
};

export type ExistenceView = {
  readonly kind: "existence";
  readonly project: string;
  readonly answers: readonly { readonly name: string; readonly exists: boolean; readonly link?: InstanceLink }[];
};

export type TasksView = {
  readonly kind: "tasks";
  readonly link: InstanceLink;
  readonly status: InstanceStatus;
  readonly outcome: Outcome;
  readonly tasks: readonly Task[];
  readonly seenAt: number;
};

export type ProgressView = {
  readonly kind: "progress";
  readonly link: InstanceLink;
  readonly status: InstanceStatus;
  readonly outcome: Outcome;
  readonly tasks: readonly TaskProgressView[];
  readonly mayStop: boolean;
  readonly seenAt: number;
};

export type ResultTable = {
  readonly format: "table";
  readonly taskName: string;
  readonly columns: readonly string[];
  /** null is NULL; an empty string is an empty string. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** Rows that matched; `rows` are the first of them. */
  readonly rowCount: number;
  /** Rows that were looked at, before `--grep`. */
  readonly totalRows: number;
  /** The service itself cut the inline result: there are more rows than these. */
  readonly truncated: boolean;
  /** How many it has in all where it was cut; absent when that is not known. */
  readonly allRows?: number;
  /** The project lets nobody download more than `allRows`. */
  readonly isLimited?: boolean;
  /** Columns whose values are masked by policy. */
  readonly masked?: readonly string[];
};
export type ResultText = {
  readonly format: "text";
  readonly taskName: string;
  readonly text: string;
  /** The task failed: the text is its error. */
  readonly failed: boolean;
  /** It is not shown, for the reason that the text gives. */
  readonly withheld?: boolean;
};
export type ResultFile = {
  readonly name: string;
  /** Its bytes, made anew at each call: a file may be larger than memory. */
  open(): AsyncIterable<Uint8Array>;
};

export type ResultView = {
  readonly kind: "result";
  readonly link: InstanceLink;
  /** The reference under which the first table can be filtered; absent when there is none. */
  readonly filterRef?: string;
  readonly outcome: Outcome;
  readonly results: readonly (ResultTable | ResultText)[];
  /** Sent to the person's DM (or the channel, when shared) beside the reply. */
  readonly files: readonly ResultFile[];
};

/** A private view: its url is a read grant for whoever has it. */
export type LogviewView = {
  readonly kind: "logview";
  /** The same for each instance below an XFlow, the first of them. */
  readonly subs?: readonly {
    readonly name: string;
    readonly path: readonly string[];
    readonly link: InstanceLink;
    readonly url: string;
  }[];
  /** How many more there are. */
  readonly moreSubs?: number;
  readonly link: InstanceLink;
  readonly url: string;
  readonly expiresAt: number;
  readonly jobInsightUrl?: string;
};

/** An instance below an XFlow. */
export type SubInstanceRow = {
  readonly name: string;
  /** Names of the sub-workflows it is in, outermost first. */
  readonly path: readonly string[];
  readonly link: InstanceLink;
  /** Absent when it was not asked, or could not be. */
  readonly state?: {
    readonly outcome: Outcome;
    readonly tasks: readonly Task[];
    readonly percent?: number;
    readonly startTime?: number;
    readonly endTime?: number;
  };
};

/** The tree of an XFlow, rolled up. */
export type SubsView = {
  readonly kind: "subs";
  readonly link: InstanceLink;
  readonly status: InstanceStatus;
  readonly outcome: Outcome;
  /** In the service's order; those of a sub-workflow follow each other. */
  readonly rows: readonly SubInstanceRow[];
  /** How many lie deeper than was asked for. */
  readonly deeper: number;
  readonly mayStop: boolean;
  readonly seenAt: number;
};

/** Why an instance failed, was stopped, waits or is slow. */
export type WhyView = {
  readonly kind: "why";
  readonly link: InstanceLink;
  readonly status: InstanceStatus;
  readonly outcome: Outcome;
  readonly tasks: readonly Task[];
  /** What happened and what to do next, a sentence each. */
  readonly cause: string;
  readonly next: string;
  /** The instance below an XFlow that the cause is about. */
  readonly sub?: InstanceLink;
  readonly taskName?: string;
  readonly code?: string;
  /** The service's own words. */
  readonly message?: string;
  /** The line of the SQL that the error names; for the one who asked alone. */
  readonly excerpt?: { readonly line: number; readonly column: number; readonly text: string };
  readonly seenAt: number;
};

/** What a task used; absent figures are not known, which is not zero. */
export type CostRow = {
  readonly name: string;
  /** Core-seconds. */
  readonly cpu?: number;
  /** Megabyte-seconds. */
  readonly memory?: number;
  /** Bytes. */
  readonly input?: number;
  /** Those of the figures that some of its tasks did not tell: there may be more. */
  readonly partial?: readonly ("cpu" | "memory" | "input")[];
};
export type CostView = {
  readonly kind: "cost";
  readonly link: InstanceLink;
  readonly outcome: Outcome;
  /** A task each, or a sub-instance each of an XFlow. */
  readonly rows: readonly CostRow[];
  /** Sub-instances that nobody looked at, after those. */
  readonly unasked: number;
  readonly seenAt: number;
};

/** Where an instance stands in line. */
export type QueueRow = {
  /** Its number in this list; absent when one instance was asked for. */
  readonly number?: number;
  readonly link: InstanceLink;
  readonly status?: InstanceStatus;
  readonly owner?: string;
  readonly jobName?: string;
  /** From 1. */
  readonly position?: number;
  readonly length?: number;
  /** 0 is the highest. */
  readonly priority?: number;
  /** 0 to 100. */
  readonly percent?: number;
  /** What it does or waits for, in the service's words. */
  readonly subStatuses: readonly string[];
  readonly startTime?: number;
};
export type QueueView = {
  readonly kind: "queue";
  readonly project: string;
  /** One instance was asked for. */
  readonly isSingle: boolean;
  readonly rows: readonly QueueRow[];
  readonly total: number;
  readonly seenAt: number;
};

/** What whoever decides about a stop is told of the instance, as it was at `seenAt`. */
export type StopFacts = {
  readonly owner?: string | undefined;
  readonly startTime?: number | undefined;
  readonly percent?: number | undefined;
  /** Core-seconds used so far; absent where MaxCompute does not tell. */
  readonly cost?: number | undefined;
  /** Who else follows it. */
  readonly watchers: { readonly people: readonly string[]; readonly channels: number };
  readonly seenAt: number;
};

export type ConfirmStopView = {
  readonly kind: "confirm-stop";
  readonly link: InstanceLink;
  /** The one-use stored intent which the button carries. */
  readonly intentId: string;
  readonly instance: Instance;
  readonly tasks: readonly Task[];
  readonly facts: StopFacts;
  readonly reason?: string;
  readonly expiresAt: number;
  /** How it is confirmed: by a press, by typing the end of the id besides, or by a second person besides. */
  readonly needs: "press" | "typed" | "approval";
  /** Of an XFlow: its sub-instances that run, each of which can be stopped alone. */
  readonly branches: readonly { readonly name: string; readonly link: InstanceLink }[];
};

export type StopView = {
  readonly kind: "stop";
  readonly link: InstanceLink;
  readonly phase:
    | "stopping" // the request is on its way
    | "stopped" // verified: MaxCompute says so
    | "already-finished" // it ended by itself before
    | "still-running" // accepted, but MaxCompute does not say so yet
    | "unknown" // the answer was lost and the state could not be read
    | "kept" // the person pressed Keep running
    | "asked"; // a second person has to approve it
  /** What MaxCompute said last. */
  readonly status?: InstanceStatus;
  readonly outcome?: Outcome;
  /** Platform id of the person who pressed. */
  readonly by: string;
  readonly reason?: string;
  readonly waitedMs?: number;
  /** A card in the conversation tells what becomes of it. */
  readonly isFollowed?: boolean;
  /** Until when a second person may approve it. */
  readonly expiresAt?: number;
  /** Platform id of the second person. */
  readonly approvedBy?: string;
};

/** The public card on which a second person decides about what somebody asked for. */
export type ApprovalView = {
  readonly kind: "approval";
  readonly phase:
    | "asked"
    | "begun" // approved, and under way
    | "ended" // done, and verified
    | "over" // there was nothing left to do
    | "unsure" // it may or may not have taken effect
    | "failed"
    | "denied"
    | "withdrawn"
    | "expired";
  readonly intentId: string;
  readonly verb: string;
  readonly link: InstanceLink;
  /** Platform ids. */
  readonly requester: string;
  readonly by?: string;
  readonly reason?: string;
  /** As they were shown to whoever asked. */
  readonly facts?: StopFacts;
  readonly outcome?: Outcome;
  readonly expiresAt: number;
};

/** Something to run: a statement as it is sent, or an XFlow. */
export type JobView = { readonly project: string } & (
  | {
      readonly kind: "sql";
      readonly statement: string;
      readonly isReading: boolean;
      readonly settings: Readonly<Record<string, string>>;
    }
  | { readonly kind: "xflow"; readonly name: string; readonly parameters: Readonly<Record<string, string>> }
);

/** What MaxCompute expects a statement to read; `amount`: gigabytes times complexity. */
export type EstimateFigures = { readonly bytes: number; readonly complexity: number; readonly amount: number };

/** What somebody has spent today (UTC), and of how much; in gigabytes times complexity. */
export type BudgetFigures = { readonly spent: number; readonly of: number; readonly isDefault: boolean };

/** Why a second person is asked. */
export type ApprovedBecause = "production" | "unknown" | "over-budget" | "xflow";

/** The question before a job. */
export type ConfirmRunView = {
  readonly kind: "confirm-run";
  readonly job: JobView;
  /** The one-use stored intent which the button carries. */
  readonly intentId: string;
  /** The reference under which it can be changed; absent where it cannot. */
  readonly editRef?: string;
  /** Absent: MaxCompute did not say, which is not that it is free. */
  readonly estimate?: EstimateFigures;
  readonly budget: BudgetFigures;
  readonly limit: number;
  readonly timeoutMs: number;
  readonly maxCost?: number;
  /** Empty: a press is enough. */
  readonly because: readonly ApprovedBecause[];
  readonly expiresAt: number;
};

/** What became of a job that somebody asked for. */
export type RunView = {
  readonly kind: "run";
  readonly job: JobView;
  readonly phase:
    | "asked" // a second person has to approve it
    | "kept" // the person pressed Cancel
    | "submitting"
    | "submitted"
    | "lost" // the answer was lost, and nobody can tell yet
    | "dropped" // nothing was submitted, for certain
    | "stopped"; // its time was up
  readonly link?: InstanceLink;
  /** Platform ids. */
  readonly by: string;
  readonly approvedBy?: string;
  /** The channel in which its card is. */
  readonly watchedIn?: string;
  readonly timeoutMs: number;
  /** Something broke behind the submission: it is followed a little later. */
  readonly isFollowedLater?: boolean;
  /** Nobody will find out any more whether it was submitted. */
  readonly isFinal?: boolean;
};

/** The public card on which a second person decides about a job. */
export type RunApprovalView = {
  readonly kind: "run-approval";
  readonly phase: ApprovalView["phase"];
  readonly intentId: string;
  readonly job: JobView;
  readonly link?: InstanceLink;
  readonly estimate?: EstimateFigures;
  readonly because: readonly ApprovedBecause[];
  readonly requester: string;
  readonly by?: string;
  readonly expiresAt: number;
};

/** What a statement would read, without running it. */
export type EstimateView = {
  readonly kind: "estimate";
  readonly job: JobView;
  readonly estimate?: EstimateFigures;
  readonly budget: BudgetFigures;
};

/** Told to the channel when a person changed an instance: who did what to which. */
export type ActedView = {
  readonly kind: "acted";
  readonly link: InstanceLink;
  readonly by: string;
  readonly action: "stopped" | "asked to stop";
  readonly outcome?: Outcome;
  readonly reason?: string;
  /** Whether the channel has it already was lost with Slack's answer. */
  readonly isPerhapsRepeated?: boolean;
};

/** Several instances answer to what was typed. */
export type ChoicesView = {
  readonly kind: "choices";
  readonly typed: string;
  readonly verb: string;
  readonly choices: readonly { readonly link: InstanceLink; readonly value: string }[];
};

export type CommandHelp = {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly { readonly name: string; readonly about: string }[];
  readonly examples: readonly string[];
};

export type HelpView = {
  readonly kind: "help";
  readonly groups: readonly { readonly title: string; readonly commands: readonly CommandHelp[] }[];
  /** Set when help for one command was asked. */
  readonly command?: CommandHelp;
  /** What the person may do here, and the project that is meant here; absent where that was not looked up. */
  readonly role?: string;
  readonly project?: string;
  readonly version: string;
  readonly suggestions: readonly Suggestion[];
};

/** What can be filled in. `name` is the flag of the command that its value becomes; what is left empty is not given. */
export type FormField = { readonly name: string; readonly label: string; readonly hint?: string } & (
  | {
      readonly kind: "text";
      readonly longest: number;
      readonly initial?: string;
      readonly isLong?: boolean;
      /** It cannot be left empty. */
      readonly isNeeded?: boolean;
    }
  | { readonly kind: "one of"; readonly options: readonly FormOption[]; readonly initial: string }
  | { readonly kind: "some of"; readonly options: readonly FormOption[] }
  | { readonly kind: "yes"; readonly says: string }
);
export type FormOption = { readonly value: string; readonly label: string };

/** What a person fills in before a command runs. */
export type FormView = {
  readonly kind: "form";
  /** What the form is known by: the verb of the button that opens it, and of what comes back. */
  readonly form: string;
  readonly title: string;
  readonly submit: string;
  /** What it is about; its reference comes back with what was filled in. */
  readonly link: InstanceLink;
  readonly about: string;
  readonly fields: readonly FormField[];
  /** The command that runs with what was filled in. */
  readonly command: string;
  /** Of a form that confirms: the intent that it carries in place of the reference. */
  readonly intentId?: string;
};

/** A watch that was started, or the one there was: then with its own options, whatever was asked for. */
export type WatchingView = {
  readonly kind: "watching";
  readonly link: InstanceLink;
  readonly isNew: boolean;
  /** Where the card is or will be, and the card itself once it is posted. */
  readonly channel: string;
  readonly cardTs?: string;
  /** The deadline. */
  readonly by?: number;
  /** In words: "stuck after 10 m". */
  readonly options: readonly string[];
};

/** What is watched in a channel, and what is silenced there. */
export type WatchesView = {
  readonly kind: "watches";
  readonly rows: readonly {
    readonly link: InstanceLink;
    /** The first word of its card. */
    readonly word: string;
    readonly percent?: number;
    readonly startedBy: string;
    readonly startedAt: number;
    readonly options: readonly string[];
  }[];
  readonly mutes: readonly { readonly id: string; readonly what: string; readonly until: number; readonly by: string }[];
};

/** What a channel is subscribed to. */
export type SubscriptionsView = {
  readonly kind: "subscriptions";
  readonly rows: readonly {
    readonly id: string;
    readonly project: string;
    readonly on: readonly string[];
    /** In words: "name etl_*". */
    readonly filters: readonly string[];
    readonly createdBy: string;
  }[];
  /** The channel's quiet hours, in words. */
  readonly quiet?: string;
};

/** What was found where something about the bot was looked at; what is not well says what to do, in one sentence. */
export type Finding =
  | { readonly state: "ok"; readonly seen: string }
  | {
      readonly state:
        | "warning" // it works, and not as it should
        | "broken" // people will meet it
        | "unclear"; // it could not be checked
      readonly seen: string;
      readonly fix: string;
    };

/** A check-up of the bot itself. */
export type CheckupView = {
  readonly kind: "checkup";
  readonly findings: readonly ({ readonly name: string } & Finding)[];
  readonly tookMs: number;
  readonly seenAt: number;
};

/** What was decided about an act. */
export type AuditDecision =
  | "allowed"
  | "denied" // for want of a right
  | "asked" // somebody else has to approve
  | "approved"
  | "refused" // by whoever was asked
  | "expired"
  | "withdrawn"; // by whoever wanted it

/** How an act came out. */
export type AuditOutcome =
  | "done"
  | "unneeded" // it was so already
  | "unconfirmed" // accepted, but not yet seen to have happened
  | "failed"
  | "not begun" // nothing was done
  | "unknown";

/** One act of the audit trail: a decision with what came of it. */
export type AuditEntry = {
  /** Of the decision. */
  readonly at: number;
  readonly who: string;
  readonly channel: string;
  readonly verb: string;
  /** The command as it was typed, shortened and without secrets. */
  readonly text?: string;
  readonly project?: string;
  readonly link?: InstanceLink;
  /** Absent where it cannot be read. */
  readonly decision?: AuditDecision;
  readonly reason?: string;
  /** Absent where nothing came of it yet, or ever can. */
  readonly outcome?: AuditOutcome;
  /** MaxCompute's error code. */
  readonly code?: string;
};

export type AuditView = {
  readonly kind: "audit";
  /** What was asked for, in words: "stop, last 7 d". */
  readonly filter: string;
  /** The instance that was asked for. */
  readonly link?: InstanceLink;
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  /** There are older ones. */
  readonly hasMore: boolean;
  /** Rows that no key opens, or that a later release wrote. */
  readonly unreadable: number;
  /** Sent to the person's direct message. */
  readonly files: readonly ResultFile[];
  readonly seenAt: number;
};

/** Told to the audit channel: what was decided, before it is done. */
export type AuditedView = { readonly kind: "audited"; readonly entry: AuditEntry; readonly requestId: string };

/** One plain sentence, for what is neither an answer about an instance nor an error. */
export type NoticeView = {
  readonly kind: "notice";
  readonly text: string;
  readonly suggestions: readonly Suggestion[];
  /** Everybody reads what this person did: the sentence goes on behind their name. */
  readonly by?: string;
};

/** Somebody, or a place, of whom a policy speaks. */
export type NamedWho =
  | { readonly kind: "user" | "group" | "channel"; readonly id: string }
  | { readonly kind: "everyone" | "channels" };

/** A change of the policy, and how it stands then. */
export type GrantedView = {
  readonly kind: "granted";
  readonly did: "allowed" | "denied";
  readonly who: NamedWho;
  readonly role: string;
  /** Absent: every project. */
  readonly project?: string;
  /** What they have now; absent: nothing. */
  readonly held?: string;
  /** Another line stands against what was asked for. */
  readonly isOtherwise: boolean;
  readonly suggestions: readonly Suggestion[];
};

export type RightsView = {
  readonly kind: "rights";
  /** Of whoever asks. */
  readonly here?: {
    /** Absent for whoever may not know of it. */
    readonly project?: string;
    /** Absent: nothing. */
    readonly role?: string;
    readonly isDirect: boolean;
    readonly isProduction: boolean;
  };
  /** Somebody else, whose roles these are. */
  readonly who?: NamedWho;
  /** `project`: a name or a glob; "*" is every project. */
  readonly roles: readonly { readonly project: string; readonly role: string }[];
  /** The whole policy; a line without `by` is of the deployment. */
  readonly lines?: readonly {
    readonly rule: string;
    readonly who?: NamedWho;
    readonly words: string;
    readonly project?: string;
    readonly by?: string;
    readonly at?: number;
  }[];
};

/** What failed, why, what to do next, and an id that the log has too. */
export type ErrorView = {
  readonly kind: "error";
  readonly tone: "denied" | "mistake" | "trouble";
  readonly title: string;
  readonly detail?: string;
  readonly next?: string;
  /** Who could help. */
  readonly ask?: readonly { readonly kind: "user" | "group"; readonly id: string }[];
  readonly errorId: string;
  /** The service's own words and ids, for whoever has to dig. */
  readonly cause?: { readonly code?: string; readonly requestId?: string; readonly message?: string };
  readonly suggestions: readonly Suggestion[];
};

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

/** An instance that can be picked from those that a person was shown. */
export type ShownInstance = {
  /** What picking it sends back. */
  readonly ref: string;
  readonly instanceId: string;
  /** Its number in the list, while that names it. */
  readonly number?: number;
  readonly owner?: string;
  readonly status: InstanceStatus;
  readonly outcome?: Outcome;
  /** Every task of it waited. */
  readonly waits: boolean;
};

export type ViewKind = View["kind"];
