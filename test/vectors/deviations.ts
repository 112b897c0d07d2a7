/** Where this client does not do as the recorded SDK did: data only. A recorded case not listed here is matched. */
export type Deviation = {
  readonly file: string;
  readonly case: string;
  readonly ours: string;
  readonly why: string;
};

const doubleDecoded = {
  file: "signature_v2.json",
  ours: "the query is signed as it reads once decoded",
  why: "The SDK decodes twice, a slip; the service, the Java and the Go client decode once",
};
const otherCredential = {
  file: "signature_v2.json",
  ours: "no such credential",
  why: "This client signs with an access key, permanent or temporary",
};
const unsafeRepeat = {
  file: "retries.json",
  ours: "one attempt",
  why: "A write whose answer was lost may have been executed; it is repeated only when there never was a connection",
};
const noLastSleep = {
  file: "retries.json",
  ours: "four waits for five attempts",
  why: "The SDK waits once more after the last attempt, for nothing",
};
const createdIsNoResult = {
  file: "create_instance.json",
  ours: "the instance goes on: it is asked for its status",
  why: "Only 200 promises results (the Java client reads them then only); what comes with 201 may be anything, and breaks the SDK when it is no XML",
};
const losesTheCode = {
  file: "error_response.json",
  ours: "code, message and request id are kept",
  why: "The SDK loses them when one of the four elements is missing",
};

const silentlyShort = {
  file: "tunnel_protobuf.json",
  ours: "an error",
  why: "The SDK takes a stream cut before its footer for a shorter result, and nobody could tell",
};
const cannotParse = {
  file: "xflow_is_xflow.json",
  why: "The SDK raises a TypeError for whatever it is answered with 200",
};

const noArrow = {
  file: "tunnel_arrow_framing.json",
  ours: "no such stream",
  why: "The record stream carries every type the arrow variant does, and apache-arrow takes 219 ms to import",
};

export const deviations: readonly Deviation[] = [
  { ...doubleDecoded, case: "param-with-percent-DOUBLE-DECODED" },
  { ...doubleDecoded, case: "param-with-ampersand-DOUBLE-DECODED" },
  { ...otherCredential, case: "bearer-token" },
  { ...otherCredential, case: "app-account" },
  {
    file: "status.json",
    case: "zero-tasks-is-successful",
    ours: 'the outcome is "unknown"',
    why: "Not one task proves nothing, and success must not be told without proof",
  },
  {
    file: "status.json",
    case: "unknown-instance-status",
    ours: 'the status is kept as "Weird", the instance exists and its outcome is "unknown"',
    why: "A status the service adds tomorrow must not break today's client",
  },
  {
    file: "status.json",
    case: "unknown-task-status",
    ours: 'the status is kept as "EXPLODED" and the outcome is "unknown"',
    why: "A status the service adds tomorrow must not break today's client",
  },
  {
    file: "progress.json",
    case: "missing-backup-element",
    ours: "the line is printed as if there were no backups",
    why: "The SDK raises a TypeError",
  },
  { ...losesTheCode, case: "xml-missing-hostid-404" },
  { ...losesTheCode, case: "xml-missing-requestid-403-LOSES-CLASS" },
  {
    file: "error_task_result.json",
    case: "xml-error",
    ours: "the request id is kept",
    why: "The SDK drops it although the document has one",
  },
  {
    file: "logview_v1.json",
    case: "default-hours-720",
    ours: "a link lasts 24 hours unless asked otherwise",
    why: "Whoever has the link can read the instance; thirty days is too long in a chat",
  },
  {
    file: "logview_v1.json",
    case: "bearer-account-reuses-own-token",
    ours: "no such credential",
    why: "This client signs with an access key, permanent or temporary",
  },
  { file: "retries.json", case: "get-500", ours: "repeated", why: "A read changes nothing, and most 500s pass by themselves" },
  { file: "retries.json", case: "get-429", ours: "repeated, after Retry-After when given", why: "Throttling passes by itself" },
  { ...unsafeRepeat, case: "put-503" },
  { ...unsafeRepeat, case: "put-502" },
  { ...unsafeRepeat, case: "put-read-timeout" },
  { ...unsafeRepeat, case: "put-reset" },
  { ...noLastSleep, case: "get-503-forever" },
  { ...noLastSleep, case: "get-connect-timeout-forever" },
  { ...silentlyShort, case: "truncated-before-footer" },
  { ...silentlyShort, case: "truncated-mid-record" },
  {
    file: "tunnel_session.json",
    case: "status-unknown-value",
    ours: 'the status is kept as "CLOSED"',
    why: "The SDK raises a ValueError for a word that other SDKs know, and for any the service adds",
  },
  {
    file: "create_instance.json",
    case: "sql-extra-headers",
    ours: "no headers of the caller's own",
    why: "They are for a quota of interactive queries (MaxQA), which this client does not use",
  },
  {
    file: "create_instance.json",
    case: "missing-location",
    ours: 'an error of kind "malformed" that says the instance may have been created, in our words',
    why: "It is the answer that is at fault; who submits again without looking would pay twice",
  },
  { ...createdIsNoResult, case: "201-with-json-body-breaks-pyodps" },
  { ...createdIsNoResult, case: "201-with-xml-result-body-is-sync" },
  {
    file: "sql_cost.json",
    case: "cost-zero",
    ours: 'bytes and complexity are "unknown"',
    why: "A zero comes where nothing was estimated, and must not be read as free of charge",
  },
  {
    file: "task_ops.json",
    case: "summary-not-json",
    ours: "there is no summary",
    why: "The SDK raises a JSONDecodeError; an empty answer is how the service says that it has none yet",
  },
  {
    file: "xflow_sub_instances.json",
    case: "unknown-node-type-ignored",
    ours: "a node of an unknown type is kept as an instance, under its own type",
    why: "It has an instance, so it may fail and cost; MaxCompute's own console lists it too",
  },
  { ...cannotParse, case: "is-xflow-200", ours: "yes" },
  { ...cannotParse, case: "not-xml-200", ours: 'thrown as "malformed": it is no answer of MaxCompute\'s' },
  { ...cannotParse, case: "empty-200", ours: "no" },
  {
    file: "csv_reader.json",
    case: "empty",
    ours: "no columns and no rows",
    why: "The SDK raises a TypeError",
  },
  { ...noArrow, case: "three-chunks-short-tail" },
  { ...noArrow, case: "exact-multiple" },
  { ...noArrow, case: "one-short-chunk" },
  { ...noArrow, case: "tail-one-byte" },
  { ...noArrow, case: "corrupt-first-chunk" },
];
