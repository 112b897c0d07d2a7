/** What the public sources leave open about the real service (protocol section 17), and how the simulator answers each. */
export type Settings = {
  /** What a listing without `onlyowner` means. */
  readonly onlyOwnerDefault: "yes" | "no";
  /** HTTP status that carries the code InvalidStateSetting. */
  readonly invalidStateStatus: number;
  /** Entries of a page when `maxitems` is absent. */
  readonly defaultPageSize: number;
  /** The service may cap what a client asks for. */
  readonly maxPageSize: number;
  /** By start time; the protocol promises no order. */
  readonly listingOrder: "newest" | "oldest";
  /** A listing starts with an empty page that has a marker, which is not the end (protocol section 4). */
  readonly emptyPageFirst: boolean;
  /** How long `?instancestatus` is held when nothing changes, milliseconds. */
  readonly longPollMs: number;
  /** How long a finished instance is remembered, milliseconds; undefined is for ever. */
  readonly retentionMs: number | undefined;
  /** The largest `expires_in_hours` of a Logview token; undefined is any. */
  readonly maxTokenHours: number | undefined;
  /** `Retry-After` of a throttled reply, seconds; undefined sends none. */
  readonly throttleRetryAfter: number | undefined;
  /** Time from an accepted stop to the end of the instance, milliseconds (protocol section 6: asynchronous). */
  readonly stopDelayMs: number;
  /** Running time of a submitted statement that nothing else decides, milliseconds. */
  readonly sqlDurationMs: number;
  /** Length of a created XFlow that does not ask for a scenario by name, milliseconds. */
  readonly xflowDurationMs: number;
  /** A second submission with the same Guid is answered with the first one's instance, or refused with 409. */
  readonly sameGuid: "answer" | "conflict";
  /** A syntax error refuses the submission, or fails the task later (protocol section 11). */
  readonly syntaxErrorsAt: "submission" | "run";
  /** HTTP status that carries the tunnel's code InstanceNotTerminate. */
  readonly notTerminatedStatus: number;
  /** Results leave the project only through sessions in limited mode (protocol section 13). */
  readonly isProjectProtected: boolean;
  /** How long a tunnel session is INITIATING before it can be read, milliseconds. */
  readonly tunnelInitiatingMs: number;
  /** How long a tunnel session can be read, milliseconds. */
  readonly tunnelSessionMs: number;
};

export const defaultSettings: Settings = {
  onlyOwnerDefault: "no",
  invalidStateStatus: 409,
  defaultPageSize: 1000,
  maxPageSize: 1000,
  listingOrder: "newest",
  emptyPageFirst: false,
  longPollMs: 10_000,
  retentionMs: undefined,
  maxTokenHours: undefined,
  throttleRetryAfter: 1,
  stopDelayMs: 2_000,
  sqlDurationMs: 5_000,
  xflowDurationMs: 60_000,
  sameGuid: "answer",
  syntaxErrorsAt: "run",
  notTerminatedStatus: 400,
  isProjectProtected: false,
  tunnelInitiatingMs: 0,
  tunnelSessionMs: 24 * 3_600_000,
};
