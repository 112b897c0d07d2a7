// What each statement of MaxCompute does, by its first word. A verb that is not here is refused.

export type VerbClass =
  /** SELECT and what may stand before it. */
  | "query"
  /** Says what there is. */
  | "lookup"
  | "explain"
  | "change"
  /** Changes what its second word says: of tables and views, anything else never. */
  | "object-change"
  | "security"
  | "takes-data-out"
  | "not-sql"
  | "script";

const classes: Readonly<Record<VerbClass, readonly string[]>> = {
  query: ["SELECT", "WITH", "FROM"],
  lookup: ["SHOW", "DESC", "DESCRIBE"],
  explain: ["EXPLAIN"],
  change: ["INSERT", "MERGE", "UPDATE", "DELETE", "LOAD"],
  "object-change": ["CREATE", "ALTER", "DROP", "TRUNCATE", "ANALYZE", "MSCK", "CLONE"],
  security: [
    ...["GRANT", "REVOKE", "ADD", "REMOVE", "ALLOW", "DISALLOW", "INSTALL", "UNINSTALL", "CLEAR", "SETPROJECT", "UNSET"],
    ...["PUT", "GET", "WHOAMI", "PURGE", "UNDO", "REDO", "RESTORE", "CHANGEOWNER", "DENY"],
  ],
  "takes-data-out": ["UNLOAD", "EXPORT", "IMPORT"],
  "not-sql": [
    ...[
      "TUNNEL",
      "UPLOAD",
      "DOWNLOAD",
      "USE",
      "KILL",
      "COST",
      "PAI",
      "JAR",
      "HTTP",
      "WAIT",
      "STATUS",
      "TOP",
      "READ",
      "LIST",
      "LS",
    ],
    ...["COUNT", "HELP", "QUIT", "EXIT", "SOURCE", "TRIGGERANDWAIT", "FS", "ARCHIVE", "EXSTORE"],
  ],
  script: ["BEGIN", "END", "IF", "LOOP", "WHILE", "FOR", "FUNCTION", "DECLARE", "CALL", "EXECUTE", "EXEC", "RETURN"],
};

const classByVerb = new Map(
  Object.entries(classes).flatMap(([verbClass, verbs]) => verbs.map((verb) => [verb, verbClass as VerbClass] as const)),
);

export const classOf = (verb: string): VerbClass | undefined => classByVerb.get(verb);

export const isChange = (verb: string): boolean => ["change", "object-change"].includes(classOf(verb) ?? "");

/** What may stand between such a verb and what it is about. */
export const modifiers: ReadonlySet<string> = new Set([
  ...["OR", "REPLACE", "EXTERNAL", "TRANSACTIONAL", "MATERIALIZED", "TEMPORARY", "REPAIR", "IF", "NOT", "EXISTS"],
]);

export const objects: ReadonlySet<string> = new Set(["TABLE", "TABLES", "VIEW"]);

/** What SHOW tells to everybody who may read; the rest is about rights, or is no SQL. */
export const shown: ReadonlySet<string> = new Set([
  ...["TABLES", "TABLE", "VIEWS", "VIEW", "MATERIALIZED", "EXTERNAL", "PARTITIONS", "CREATE", "COLUMNS", "FUNCTIONS", "BUILTIN"],
  ...["SCHEMAS", "HISTORY", "STATISTIC", "STATISTIC_LIST", "FLAGS"],
]);

/** What SHOW and DESC tell of rights. */
export const ofSecurity: ReadonlySet<string> = new Set([
  ...[
    "GRANT",
    "GRANTS",
    "ACL",
    "SECURITYCONFIGURATION",
    "PACKAGE",
    "PACKAGES",
    "ROLE",
    "ROLES",
    "USER",
    "USERS",
    "PRIV",
    "PRIVS",
  ],
  ...["PRIVILEGES", "PRINCIPALS", "LABEL", "POLICY", "TRUSTEDPROJECTS", "PROJECTPROTECTION", "PROJECT", "TENANT"],
]);

export const explainOptions: ReadonlySet<string> = new Set([
  ...["LOGICAL", "EXTENDED", "FORMATTED", "PRETTY", "DEPENDENCY", "AUTHORIZATION", "REWRITE"],
]);
