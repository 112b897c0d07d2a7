// Which settings a person may put before a statement. Names are compared in small letters, as the service does not tell them apart by case.

const flag = /^(?:true|false)$/i;
const zone = /^[A-Za-z][\w+\-/:]{0,40}$/;
const identifier = /^[A-Za-z]\w{0,127}$/;

/** Settings of how a query is read and what it says, none of what it may do or cost; each with the values that it can have. */
export const harmlessSettings: ReadonlyMap<string, RegExp> = new Map([
  ...[
    ...[
      "odps.sql.type.system.odps2",
      "odps.sql.decimal.odps2",
      "odps.sql.type.json.enable",
      "odps.sql.decimal.tostring.trimzero",
    ],
    ...["odps.sql.groupby.position.alias", "odps.sql.orderby.position.alias", "odps.sql.groupby.orderby.position.alias"],
    ...["odps.sql.groupby.skewindata", "odps.sql.skewjoin", "odps.sql.udf.getjsonobj.new", "odps.sql.allow.namespace.schema"],
    ...["odps.namespace.schema", "odps.sql.executionengine.enable.string.to.date.full.format"],
    "odps.sql.executionengine.enable.rand.time.seed",
  ].map((name) => [name, flag] as const),
  ["odps.default.schema", identifier],
  ["odps.sql.python.version", /^cp\d{2,3}$/],
  ["odps.sql.timezone", zone],
]);

/**
 * Settings that the bot decides, or nobody: what may be written and read in full, what may be spent, how long and in whose quota, whether
 * the text is a script, and what of a result is masked. A name that ends in a point is all that begin with it.
 */
const walls = [
  ...["odps.sql.read.only", "odps.sql.allow.fullscan", "odps.sql.metering.value.max", "odps.sql.submit.mode"],
  ...[
    "odps.sql.job.max.time.hours",
    "odps.task.",
    "odps.instance.",
    "odps.service.",
    "odps.mcqa.",
    "odps.security.",
    "odps.idata.",
  ],
  ...["odps.output.field.formatter", "odps.forbid.", "odps.sql.session.", "odps.sql.select.output.format", "odps.sql.script."],
  ...["odps.sql.unstructured.", "odps.sql.external.", "read_table_max_row", "labelsecurity", "projectprotection", "label"],
  ...[
    "checkpermissionusingacl",
    "checkpermissionusingpolicy",
    "objectcreatorhasaccesspermission",
    "objectcreatorhasgrantpermission",
  ],
];

const plainKey = /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*$/;

/** A setting's name as it is compared; undefined for what can be none. */
export function settingKey(name: string): string | undefined {
  const key = name.trim().toLowerCase();
  // By ASCII: the Kelvin sign is a small k to others, and no name has one.
  return /^[ -~]*$/.test(name) && key.length <= 128 && plainKey.test(key) ? key : undefined;
}

export const isWall = (key: string): boolean => walls.some((wall) => (wall.endsWith(".") ? key.startsWith(wall) : key === wall));

/** Names that are looked at by the service alone; whoever may change data may set those that are no wall. */
export const isOfService = (key: string): boolean => key.startsWith("odps.");

/** Text on one line without quotes or semicolons: nothing that another reader of the setting could take for more. */
export const plainValue = /^[^\p{Cc}'"`;\\]{1,1000}$/u;
