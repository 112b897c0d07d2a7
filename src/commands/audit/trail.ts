// The port behind which the audit trail lives: rows go in and come out, and nothing ever changes or removes one.
import type { AuditRow } from "./row.ts";

/** Another row stands under the id: nothing was written. */
export class AuditConflict extends Error {
  override readonly name = "AuditConflict";

  constructor(id: string, options?: ErrorOptions) {
    super(`another row of the audit trail has the id ${id}`, options);
  }
}

export type AuditQuery = {
  readonly team: string;
  /** When it was decided, epoch ms: from this moment on, */
  readonly from: number;
  /** and before this one. */
  readonly to: number;
  /** `after`: the `next` of the page before. */
  readonly page: { readonly limit: number; readonly after?: string };
};

export type AuditPage = {
  /** Newest decision first; its outcome stands before it. */
  readonly rows: readonly AuditRow[];
  /** Further rows, that no key opens or a later release wrote. */
  readonly unreadable: number;
  /** Absent when there is nothing older. */
  readonly next?: string;
};

export type AuditTrail = {
  /** Resolves only when the row is stored. The same row again is fine; throws an AuditConflict for another under its id. */
  write(row: AuditRow): Promise<void>;
  read(query: AuditQuery): Promise<AuditPage>;
};
