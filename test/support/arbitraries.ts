// Views of every kind, full of text that somebody made up to do harm.
import fc from "fast-check";
import type { Instance, StageProgress, Task } from "../../src/maxcompute/index.ts";
import type {
  CommandHelp,
  FormField,
  InstanceLink,
  JobView,
  NamedWho,
  Suggestion,
  TaskProgressView,
  View,
} from "../../src/view/index.ts";
import { aFile } from "./files.ts";

const attacks = [
  "",
  " ",
  "<!channel>",
  "<!here|here>",
  "<@U1>",
  "<#C1|x>",
  "<!subteam^S1>",
  "<https://x.example|y>",
  "&lt;!channel&gt;",
  "https://x.example/?a=1&b=<2>",
  "```fence``` `code` *b* _i_ ~s~",
  "NULL",
  '"NULL"',
  ":x: SUCCESS",
  "\u0000\u0007\u001b[31m",
  "\u202Eevil\u2066",
  "\u200B\u200D\uFEFF",
  "\uD83D",
  "👩‍👩‍👧‍👦🇩🇪",
  `Z${"\u0301".repeat(400)}`,
  "مرحبا بالعالم",
  "表の名前",
  "a\nb\r\nc\td\u2028e",
  "__proto__",
  "&".repeat(5_000),
  "<".repeat(10_000),
  "x".repeat(10_000),
  "`".repeat(1_000),
];

/** Text from outside: attacks, alone and glued together, and anything else. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...attacks),
  fc.array(fc.constantFrom(...attacks), { maxLength: 4 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
);

const few = <Item>(item: fc.Arbitrary<Item>, maxLength = 6) => fc.array(item, { maxLength });
const many = <Item>(item: fc.Arbitrary<Item>, maxLength: number) => fc.array(item, { maxLength, size: "max" });
const maybe = <Item>(item: fc.Arbitrary<Item>) => fc.option(item, { nil: undefined });

export const time = fc.oneof(
  fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }),
  fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER),
);
export const number = fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.double());
export const outcome = fc.constantFrom("running", "suspended", "success", "failed", "cancelled", "unknown" as const);
const status = fc.oneof(fc.constantFrom("Running", "Suspended", "Terminated"), hostileText);
const url = fc.oneof(
  fc.webUrl({ withQueryParameters: true }),
  fc.constantFrom("javascript:alert(1)", "http://a|b>", "https://"),
  hostileText,
);

const link: fc.Arbitrary<InstanceLink> = fc.record({
  ref: fc.oneof(fc.stringMatching(/^r1:[a-z0-9]{1,40}\.\d{1,4}$/), fc.constant("r".repeat(90)), fc.constant("r".repeat(2_500))),
  project: hostileText,
  instanceId: hostileText,
});
const instance: fc.Arbitrary<Instance> = fc.record({
  id: hostileText,
  project: hostileText,
  owner: maybe(hostileText),
  status,
  startTime: maybe(time),
  endTime: maybe(time),
});
const task: fc.Arbitrary<Task> = fc.record({
  name: hostileText,
  type: hostileText,
  status: fc.oneof(fc.constantFrom("WAITING", "RUNNING", "FAILED"), hostileText),
  startTime: maybe(time),
  endTime: maybe(time),
});
const stage: fc.Arbitrary<StageProgress> = fc.record({
  name: hostileText,
  totalWorkers: maybe(number),
  runningWorkers: maybe(number),
  terminatedWorkers: maybe(number),
  inputRecords: maybe(number),
  outputRecords: maybe(number),
  finishedPercentage: maybe(number),
});
const taskProgress: fc.Arbitrary<TaskProgressView> = fc.record(
  { taskName: hostileText, percent: number, stages: many(stage, 60), line: hostileText },
  { requiredKeys: ["taskName", "stages", "line"] },
);
const suggestions: fc.Arbitrary<readonly Suggestion[]> = few(fc.record({ label: hostileText, value: hostileText }), 10);
const command: fc.Arbitrary<CommandHelp> = fc.record({
  name: hostileText,
  aliases: few(hostileText, 20),
  usage: hostileText,
  summary: hostileText,
  options: few(fc.record({ name: hostileText, about: hostileText }), 30),
  examples: few(hostileText),
});

export const person = fc.oneof(fc.stringMatching(/^[UW][A-Z0-9]{8,10}$/), hostileText);
const stopFacts = fc.record(
  {
    owner: hostileText,
    startTime: time,
    percent: number,
    cost: number,
    watchers: fc.record({ people: few(person, 8), channels: fc.nat(50) }),
    seenAt: time,
  },
  { requiredKeys: ["watchers", "seenAt"] },
);

const namedWho: fc.Arbitrary<NamedWho> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("user", "group", "channel"),
    id: fc.oneof(person, fc.constantFrom("S0ONCALL1", "C0GENERAL1")),
  }),
  fc.record({ kind: fc.constantFrom("everyone", "channels") }),
);
const table = fc.record({
  format: fc.constant("table" as const),
  taskName: hostileText,
  columns: many(hostileText, 30),
  rows: many(many(fc.option(fc.oneof(hostileText, fc.double().map(String))), 25), 110),
  rowCount: number,
  totalRows: number,
  truncated: fc.boolean(),
  masked: few(hostileText, 30),
});
const resultText = fc.record({
  format: fc.constant("text" as const),
  taskName: hostileText,
  text: hostileText,
  failed: fc.boolean(),
  withheld: fc.boolean(),
});
const failure = fc.record(
  { taskName: hostileText, code: hostileText, message: hostileText, cause: hostileText, next: hostileText },
  { requiredKeys: ["taskName", "message", "cause", "next"] },
);
const row = fc.record({ number: fc.nat(), link, instance, outcome }, { requiredKeys: ["number", "link", "instance"] });
const answer = fc.record({ name: hostileText, exists: fc.boolean(), link }, { requiredKeys: ["name", "exists"] });
const cause = fc.record({ code: hostileText, requestId: hostileText, message: hostileText }, { requiredKeys: [] });

const subRow = fc.record(
  {
    name: hostileText,
    path: few(hostileText),
    link,
    state: fc.record(
      { outcome, tasks: few(task), percent: number, startTime: time, endTime: time },
      { requiredKeys: ["outcome", "tasks"] },
    ),
  },
  { requiredKeys: ["name", "path", "link"] },
);
const queueRow = fc.record(
  {
    number: fc.nat(),
    link,
    status,
    owner: hostileText,
    jobName: hostileText,
    position: number,
    length: number,
    priority: number,
    percent: number,
    subStatuses: few(hostileText),
    startTime: time,
  },
  { requiredKeys: ["link", "subStatuses"] },
);
const formOptions = many(fc.record({ value: hostileText, label: hostileText }), 130);
const formField: fc.Arbitrary<FormField> = fc
  .record({ name: fc.stringMatching(/^[a-z]{1,20}$/), label: hostileText, hint: hostileText, options: formOptions })
  .chain((common) =>
    fc.oneof(
      fc.constant({ ...common, kind: "text" as const, longest: 200 }),
      hostileText.map((initial) => ({ ...common, kind: "text" as const, longest: 3_000, initial, isLong: true, isNeeded: true })),
      hostileText.map((initial) => ({ ...common, kind: "one of" as const, initial })),
      fc.constant({ ...common, kind: "some of" as const }),
      hostileText.map((says) => ({ ...common, kind: "yes" as const, says })),
    ),
  );

const job: fc.Arbitrary<JobView> = fc.oneof(
  fc.record({
    kind: fc.constant("sql"),
    project: hostileText,
    statement: hostileText,
    isReading: fc.boolean(),
    settings: fc.dictionary(hostileText, hostileText, { maxKeys: 4 }),
  }),
  fc.record({
    kind: fc.constant("xflow"),
    project: hostileText,
    name: hostileText,
    parameters: fc.dictionary(hostileText, hostileText, { maxKeys: 8 }),
  }),
);
const estimate = fc.record({ bytes: number, complexity: number, amount: number });
const budget = fc.record({ spent: number, of: number, isDefault: fc.boolean() });
const because = fc.subarray(["production", "unknown", "over-budget", "xflow"] as const);

/** One arbitrary a kind of View. */
const auditEntry = fc.record(
  {
    at: time,
    who: person,
    channel: fc.oneof(fc.constant("C0GENERAL1"), hostileText),
    verb: hostileText,
    text: hostileText,
    project: hostileText,
    link,
    decision: fc.constantFrom("allowed", "denied", "asked", "approved", "refused", "expired", "withdrawn" as const),
    reason: hostileText,
    outcome: fc.constantFrom("done", "unneeded", "unconfirmed", "failed", "not begun", "unknown" as const),
    code: hostileText,
  },
  { requiredKeys: ["at", "who", "channel", "verb"] },
);

export const views: { readonly [Kind in View["kind"]]: fc.Arbitrary<Extract<View, { kind: Kind }>> } = {
  instance: fc.record(
    {
      kind: fc.constant("instance"),
      link,
      instance,
      outcome,
      tasks: many(task, 40),
      progress: few(taskProgress),
      failure,
      jobInsightUrl: url,
      mayStop: fc.boolean(),
      seenAt: time,
    },
    { requiredKeys: ["kind", "link", "instance", "outcome", "tasks", "progress", "mayStop", "seenAt"] },
  ),
  instances: fc.record(
    {
      kind: fc.constant("instances"),
      project: hostileText,
      filter: hostileText,
      rows: many(row, 120),
      total: fc.nat(),
      cut: hostileText,
      showIds: fc.boolean(),
      seenAt: time,
    },
    { requiredKeys: ["kind", "project", "filter", "rows", "total", "showIds", "seenAt"] },
  ),
  existence: fc.record({ kind: fc.constant("existence"), project: hostileText, answers: few(answer, 25) }),
  tasks: fc.record({ kind: fc.constant("tasks"), link, status, outcome, tasks: many(task, 120), seenAt: time }),
  progress: fc.record({
    kind: fc.constant("progress"),
    link,
    status,
    outcome,
    tasks: few(taskProgress, 8),
    mayStop: fc.boolean(),
    seenAt: time,
  }),
  result: fc.record({
    kind: fc.constant("result"),
    link,
    outcome,
    results: few(fc.oneof(table, resultText), 7),
    files: few(fc.tuple(hostileText, hostileText).map(([name, content]) => aFile(name, content))),
  }),
  subs: fc.record({
    kind: fc.constant("subs"),
    link,
    status,
    outcome,
    rows: many(subRow, 40),
    deeper: fc.nat(),
    mayStop: fc.boolean(),
    seenAt: time,
  }),
  why: fc.record(
    {
      kind: fc.constant("why"),
      link,
      status,
      outcome,
      tasks: few(task),
      cause: hostileText,
      next: hostileText,
      sub: link,
      taskName: hostileText,
      code: hostileText,
      message: hostileText,
      excerpt: fc.record({ line: fc.nat(), column: fc.nat(), text: hostileText }),
      seenAt: time,
    },
    { requiredKeys: ["kind", "link", "status", "outcome", "tasks", "cause", "next", "seenAt"] },
  ),
  cost: fc.record({
    kind: fc.constant("cost"),
    link,
    outcome,
    rows: many(
      fc.record(
        {
          name: hostileText,
          cpu: number,
          memory: number,
          input: number,
          partial: fc.subarray(["cpu", "memory", "input"] as const),
        },
        { requiredKeys: ["name"] },
      ),
      60,
    ),
    unasked: fc.nat(),
    seenAt: time,
  }),
  queue: fc.record({
    kind: fc.constant("queue"),
    project: hostileText,
    isSingle: fc.boolean(),
    rows: many(queueRow, 120),
    total: fc.nat(),
    seenAt: time,
  }),
  logview: fc.record(
    {
      kind: fc.constant("logview"),
      link,
      url,
      expiresAt: time,
      jobInsightUrl: url,
      subs: many(fc.record({ name: hostileText, path: few(hostileText), link, url }), 25),
      moreSubs: fc.nat(),
    },
    { requiredKeys: ["kind", "link", "url", "expiresAt"] },
  ),
  "confirm-stop": fc.record(
    {
      kind: fc.constant("confirm-stop"),
      link,
      intentId: hostileText,
      instance,
      tasks: many(task, 40),
      facts: stopFacts,
      reason: hostileText,
      needs: fc.constantFrom("press", "typed", "approval"),
      branches: few(fc.record({ name: hostileText, link }), 8),
      expiresAt: time,
    },
    { requiredKeys: ["kind", "link", "intentId", "instance", "tasks", "facts", "needs", "branches", "expiresAt"] },
  ),
  approval: fc.record(
    {
      kind: fc.constant("approval"),
      phase: fc.constantFrom("asked", "begun", "ended", "over", "unsure", "failed", "denied", "withdrawn", "expired"),
      intentId: hostileText,
      verb: fc.constant("stop"),
      link,
      requester: person,
      by: person,
      reason: hostileText,
      facts: stopFacts,
      outcome,
      expiresAt: time,
    },
    { requiredKeys: ["kind", "phase", "intentId", "verb", "link", "requester", "expiresAt"] },
  ),
  stop: fc.record(
    {
      kind: fc.constant("stop"),
      link,
      phase: fc.constantFrom("stopping", "stopped", "already-finished", "still-running", "unknown", "kept", "asked"),
      approvedBy: person,
      expiresAt: time,
      status,
      outcome,
      by: person,
      reason: hostileText,
      waitedMs: number,
    },
    { requiredKeys: ["kind", "link", "phase", "by"] },
  ),
  "confirm-run": fc.record(
    {
      kind: fc.constant("confirm-run"),
      job,
      intentId: hostileText,
      editRef: hostileText,
      estimate,
      budget,
      limit: fc.nat(),
      timeoutMs: number,
      maxCost: number,
      because,
      expiresAt: time,
    },
    { requiredKeys: ["kind", "job", "intentId", "budget", "limit", "timeoutMs", "because", "expiresAt"] },
  ),
  run: fc.record(
    {
      kind: fc.constant("run"),
      job,
      phase: fc.constantFrom("asked", "kept", "submitting", "submitted", "lost", "dropped", "stopped"),
      link,
      by: person,
      approvedBy: person,
      watchedIn: fc.oneof(fc.constant("C0GENERAL1"), hostileText),
      timeoutMs: number,
      isFinal: fc.boolean(),
    },
    { requiredKeys: ["kind", "job", "phase", "by", "timeoutMs"] },
  ),
  "run-approval": fc.record(
    {
      kind: fc.constant("run-approval"),
      phase: fc.constantFrom("asked", "begun", "ended", "over", "unsure", "failed", "denied", "withdrawn", "expired"),
      intentId: hostileText,
      job,
      link,
      estimate,
      because,
      requester: person,
      by: person,
      expiresAt: time,
    },
    { requiredKeys: ["kind", "phase", "intentId", "job", "because", "requester", "expiresAt"] },
  ),
  estimate: fc.record({ kind: fc.constant("estimate"), job, estimate, budget }, { requiredKeys: ["kind", "job", "budget"] }),
  acted: fc.record(
    {
      kind: fc.constant("acted"),
      link,
      by: person,
      action: fc.constantFrom("stopped", "asked to stop"),
      outcome,
      reason: hostileText,
    },
    { requiredKeys: ["kind", "link", "by", "action"] },
  ),
  choices: fc.record({
    kind: fc.constant("choices"),
    typed: hostileText,
    verb: hostileText,
    choices: many(fc.record({ link, value: hostileText }), 120),
  }),
  help: fc.record(
    {
      kind: fc.constant("help"),
      groups: few(fc.record({ title: hostileText, commands: few(command, 20) }), 60),
      command,
      role: hostileText,
      project: hostileText,
      version: hostileText,
      suggestions,
    },
    { requiredKeys: ["kind", "groups", "role", "project", "version", "suggestions"] },
  ),
  form: fc.record({
    kind: fc.constant("form"),
    form: fc.constant("filter"),
    title: hostileText,
    submit: hostileText,
    link,
    about: hostileText,
    fields: many(formField, 30),
    command: hostileText,
  }),
  watching: fc.record(
    {
      kind: fc.constant("watching"),
      link,
      isNew: fc.boolean(),
      channel: fc.oneof(fc.constant("C0GENERAL1"), hostileText),
      cardTs: fc.oneof(fc.constant("1795339200.000001"), hostileText),
      by: time,
      options: few(hostileText, 8),
    },
    { requiredKeys: ["kind", "link", "isNew", "channel", "options"] },
  ),
  watches: fc.record({
    kind: fc.constant("watches"),
    rows: many(
      fc.record(
        { link, word: hostileText, percent: number, startedBy: person, startedAt: time, options: few(hostileText, 8) },
        { requiredKeys: ["link", "word", "startedBy", "startedAt", "options"] },
      ),
      110,
    ),
    mutes: many(fc.record({ id: hostileText, what: hostileText, until: time, by: person }), 40),
  }),
  subscriptions: fc.record(
    {
      kind: fc.constant("subscriptions"),
      rows: many(
        fc.record({
          id: hostileText,
          project: hostileText,
          on: few(hostileText, 12),
          filters: few(hostileText, 12),
          createdBy: person,
        }),
        60,
      ),
      quiet: hostileText,
    },
    { requiredKeys: ["kind", "rows"] },
  ),
  granted: fc.record(
    {
      kind: fc.constant("granted"),
      did: fc.constantFrom("allowed", "denied"),
      who: namedWho,
      role: hostileText,
      project: hostileText,
      held: hostileText,
      isOtherwise: fc.boolean(),
      suggestions,
    },
    { requiredKeys: ["kind", "did", "who", "role", "isOtherwise", "suggestions"] },
  ),
  rights: fc.record(
    {
      kind: fc.constant("rights"),
      here: fc.record(
        { project: hostileText, role: hostileText, isDirect: fc.boolean(), isProduction: fc.boolean() },
        { requiredKeys: ["project", "isDirect", "isProduction"] },
      ),
      who: namedWho,
      roles: few(fc.record({ project: hostileText, role: hostileText }), 60),
      lines: few(
        fc.record(
          { rule: hostileText, who: namedWho, words: hostileText, project: hostileText, by: person, at: fc.nat() },
          { requiredKeys: ["rule", "words"] },
        ),
        200,
      ),
    },
    { requiredKeys: ["kind", "roles"] },
  ),
  checkup: fc.record({
    kind: fc.constant("checkup"),
    findings: many(
      fc.oneof(
        fc.record({ name: hostileText, state: fc.constant("ok"), seen: hostileText }),
        fc.record({
          name: hostileText,
          state: fc.constantFrom("warning", "broken", "unclear"),
          seen: hostileText,
          fix: hostileText,
        }),
      ),
      60,
    ),
    tookMs: number,
    seenAt: time,
  }),
  audit: fc.record(
    {
      kind: fc.constant("audit"),
      filter: hostileText,
      link,
      entries: many(auditEntry, 50),
      hasMore: fc.boolean(),
      unreadable: number,
      files: fc.constantFrom([], [aFile("audit.csv", "")]),
      seenAt: time,
    },
    { requiredKeys: ["kind", "filter", "entries", "hasMore", "unreadable", "files", "seenAt"] },
  ),
  audited: fc.record({ kind: fc.constant("audited"), entry: auditEntry, requestId: hostileText }),
  notice: fc.record(
    { kind: fc.constant("notice"), text: hostileText, suggestions, by: person },
    { requiredKeys: ["kind", "text", "suggestions"] },
  ),
  error: fc.record(
    {
      kind: fc.constant("error"),
      tone: fc.constantFrom("denied", "mistake", "trouble"),
      title: hostileText,
      detail: hostileText,
      next: hostileText,
      ask: few(fc.record({ kind: fc.constantFrom("user", "group"), id: fc.oneof(hostileText, fc.constant("U0BOB0001")) }), 12),
      errorId: hostileText,
      cause,
      suggestions,
    },
    { requiredKeys: ["kind", "tone", "title", "errorId", "suggestions"] },
  ),
};
