// The audit trail, in which nobody may change or delete a row.
import { arn, type Fault, grant, resource } from "./fault.ts";

const trail = 8;

export const auditFaults: readonly Fault[] = [
  {
    what: "a function may delete rows of the audit trail",
    path: grant("CommandRole", trail, "Action"),
    value: ["dynamodb:PutItem", "dynamodb:Query", "dynamodb:DeleteItem"],
    says: /CommandRole: grants dynamodb:DeleteItem on the audit trail/,
  },
  {
    what: "a function may read the audit trail item by item, with the rest",
    path: grant("CommandRole", 1, "Resource"),
    value: [arn("Table"), arn("AuditTable")],
    says: /CommandRole: grants dynamodb:GetItem on the audit trail/,
  },
  {
    what: "whoever acts may not write down what it does",
    path: grant("CommandRole", trail, "Action"),
    value: "dynamodb:Query",
    says: /CommandRole: lacks dynamodb:PutItem on the audit trail/,
  },
  {
    what: "whoever only reads the audit trail may write to it",
    path: grant("TransferRole", 4, "Action"),
    value: ["dynamodb:PutItem", "dynamodb:Query"],
    says: /TransferRole: grants dynamodb:PutItem on the audit trail/,
  },
  {
    what: "who has no business with the audit trail may read it",
    path: grant("HotRole", 1, "Resource"),
    value: arn("AuditTable"),
    says: /HotRole: grants dynamodb:Query on the audit trail/,
  },
  {
    what: "the audit trail is kept among the other items",
    path: resource("CommandLambdaFunction", "Environment", "Variables", "AUDIT_TABLE"),
    value: { Ref: "Table" },
    says: /keeps the audit trail among its other items/,
  },
  {
    what: "the audit trail cannot be restored",
    path: resource("AuditTable", "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"),
    value: false,
    says: /AuditTable: cannot be restored/,
  },
  {
    what: "the audit trail goes with the stack",
    path: ["Resources", "AuditTable", "DeletionPolicy"],
    value: "Delete",
    says: /AuditTable: is deleted with the stack/,
  },
  {
    what: "the audit trail goes when its table is replaced",
    path: ["Resources", "AuditTable", "UpdateReplacePolicy"],
    value: undefined,
    says: /AuditTable: is deleted when it is replaced/,
  },
];
