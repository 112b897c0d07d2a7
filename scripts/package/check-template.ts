// Everything that can be known of a packaged template without deploying it. An empty answer is a template that holds what the rules ask.
import { checkAlarms } from "./check/alarms.ts";
import { checkAudit } from "./check/audit.ts";
import { checkBuses } from "./check/buses.ts";
import { checkDelivery } from "./check/delivery.ts";
import { checkEnvironment, type DeployedSetting } from "./check/environment.ts";
import { checkFunctions } from "./check/functions.ts";
import { checkPlainSecrets } from "./check/plain-secrets.ts";
import { checkProperties } from "./check/properties.ts";
import { checkQueues } from "./check/queues.ts";
import { checkReferences } from "./check/references.ts";
import { checkRights, type OpenedSecrets, type UsedActions } from "./check/rights.ts";
import { checkSchedules } from "./check/schedules.ts";
import type { Schemas } from "./check/schemas.ts";
import { checkTable, type TableShape } from "./check/table.ts";
import type { Template } from "./template.ts";

export type Expected = {
  readonly schemas: Schemas;
  /** The settings of the deployed bot. */
  readonly settings: readonly DeployedSetting[];
  /** IAM actions that the code of each function uses. */
  readonly used: UsedActions;
  /** The secrets that the code of each function opens. */
  readonly secrets: OpenedSecrets;
  readonly table: TableShape;
  /** What each function may do with the audit trail. */
  readonly audit: UsedActions;
  /** Detail-types of what others may hear. */
  readonly publicEvents: readonly string[];
  /** How long a function may have a group of watches for itself. */
  readonly leaseSeconds: number;
};

/** Every problem of a template, each beginning with the logical id that has it. */
export const checkTemplate = (
  template: Template,
  { schemas, settings, used, secrets, table, audit, publicEvents, leaseSeconds }: Expected,
): readonly string[] => [
  ...checkProperties(template, schemas),
  ...checkReferences(template, schemas),
  ...checkFunctions(template),
  ...checkEnvironment(template, settings),
  ...checkRights(template, used, secrets),
  ...checkDelivery(template),
  ...checkBuses(template, publicEvents),
  ...checkSchedules(template, leaseSeconds),
  ...checkQueues(template),
  ...checkTable(template, table),
  ...checkAudit(template, audit),
  ...checkAlarms(template),
  ...checkPlainSecrets(template),
];
