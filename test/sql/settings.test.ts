import { describe, expect, it } from "vitest";
import { checkSql, guardedHints, type Reason } from "../../src/sql/index.ts";

const settingsOf = (sql: string, allows: "reading" | "changing" = "reading") => {
  const verdict = checkSql(sql, { allows });
  return verdict.kind === "ok" ? verdict.settings : verdict.reason;
};

describe("the SET lines before a statement", () => {
  it.each([
    ["SET odps.sql.timezone=Asia/Shanghai; SELECT 1", { "odps.sql.timezone": "Asia/Shanghai" }],
    ["SET odps.sql.timezone='GMT+8'; SELECT 1", { "odps.sql.timezone": "GMT+8" }],
    ['set odps.sql.timezone = "UTC" ; SELECT 1', { "odps.sql.timezone": "UTC" }],
    ["-- why\nSET odps.sql.type.system.odps2=true; -- and\nSELECT 1", { "odps.sql.type.system.odps2": "true" }],
    ["SET odps.sql.type.system.odps2/* x */=/* y */TRUE/* z */; SELECT 1", { "odps.sql.type.system.odps2": "TRUE" }],
    [
      "SET odps.namespace.schema=true; SET odps.default.schema=dim; SELECT 1",
      { "odps.namespace.schema": "true", "odps.default.schema": "dim" },
    ],
    ["SET ODPS.SQL.Timezone=UTC; SET odps.sql.timezone=GMT; SELECT 1", { "odps.sql.timezone": "GMT" }],
    ["SET odps.sql.python.version=cp311；SELECT 1", { "odps.sql.python.version": "cp311" }],
    ["SELECT 1", {}],
  ])("of %j are taken apart", (sql, settings) => {
    expect(settingsOf(sql)).toEqual(settings);
  });

  it.each<[Reason, string]>([
    ["settings-only", "SET odps.sql.timezone=UTC"],
    ["settings-only", "SET odps.sql.timezone=UTC; -- SELECT 1"],
    ["unclear-setting", "SET; SELECT 1"],
    ["unclear-setting", "SET a; SELECT 1"],
    ["unclear-setting", "SET =1; SELECT 1"],
    ["unclear-setting", "SET LABEL 2 TO TABLE t; SELECT 1"],
    ["unclear-setting", "SET odps . sql=1; SELECT 1"],
    ["unclear-setting", "SET 'odps.sql.timezone'=UTC; SELECT 1"],
    ["unclear-setting", "SET odps.sql.time\u00e9zone=UTC; SELECT 1"],
    ["unclear-setting", "SET __proto__=1; SELECT 1"],
    ["look-alike", "SET odp\u017f.sql.read.only=false; SELECT 1"],
    ["wall", "SET odps.sql.read.only=false; SELECT 1"],
    ["wall", "SET odps.sql.read.only=true; SELECT 1"],
    ["wall", "set OdPs.Sql.Read.Only = false; SELECT 1"],
    ["wall", "SET/**/odps.sql.read.only/**/=false; SELECT 1"],
    ["wall", "SET odps.sql.timezone=UTC; SET odps.sql.allow.fullscan=true; SELECT 1"],
    ["wall", "SET odps.sql.metering.value.max=1e9; SELECT 1"],
    ["wall", "SET odps.sql.submit.mode=script; SELECT 1"],
    ["wall", "SET odps.sql.job.max.time.hours=72; SELECT 1"],
    ["wall", "SET odps.task.wlm.quota=q; SELECT 1"],
    ["wall", "SET odps.instance.priority=0; SELECT 1"],
    ["wall", "SET odps.output.field.formatter=x; SELECT 1"],
    ["wall", "SET odps.sql.session.resources=a.jar; SELECT 1"],
    ["wall", "SET READ_TABLE_MAX_ROW=10000; SELECT 1"],
    ["wall", "SET ProjectProtection=false; SELECT 1"],
    ["setting-value", "SET odps.sql.type.system.odps2=maybe; SELECT 1"],
    ["setting-value", "SET odps.sql.type.system.odps2=; SELECT 1"],
    ["setting-value", "SET odps.sql.timezone='a;b'; SELECT 1"],
    ["setting-value", "SET odps.sql.timezone=UTC SELECT 1; SELECT 1"],
    ["setting-value", "SET odps.default.schema=a,b; SELECT 1"],
    ["open-string", "SET odps.sql.timezone='UTC; SELECT 1"],
    ["several-statements", "SELECT 1; SET odps.sql.read.only=false"],
  ])("are refused as %s from everybody: %j", (reason, sql) => {
    expect(settingsOf(sql)).toBe(reason);
    expect(settingsOf(sql, "changing")).toBe(reason);
  });

  it("that nobody knows are taken from whoever may change data, as far as they are the service's and plain", () => {
    const sql = "SET odps.sql.mapper.split.size=64; DROP TABLE t";
    expect(settingsOf(sql)).toBe("unknown-setting");
    expect(settingsOf(sql, "changing")).toEqual({ "odps.sql.mapper.split.size": "64" });
    expect(settingsOf("SET console.x=1; DROP TABLE t", "changing")).toBe("unknown-setting");
    expect(settingsOf("SET odps.x='a;b'; DROP TABLE t", "changing")).toBe("setting-value");
  });

  it("say which setting was refused", () => {
    expect(checkSql("SELECT 1", { allows: "reading" })).toMatchObject({ kind: "ok" });
    expect(checkSql("\nSET Odps.Task.X=1; SELECT 1", { allows: "reading" })).toMatchObject({
      reason: "wall",
      setting: "odps.task.x",
      at: { line: 2, column: 1 },
    });
  });
});

describe("the settings a job is submitted with", () => {
  it("are the person's own, and the walls", () => {
    const hints = guardedHints(
      { readOnly: true, meteringCap: 50, timeoutMs: 600_000, quota: "chat" },
      { "odps.sql.timezone": "UTC", "odps.sql.type.system.odps2": true, "odps.x": 3 },
    );
    expect(hints).toEqual({
      "odps.sql.timezone": "UTC",
      "odps.sql.type.system.odps2": "true",
      "odps.x": "3",
      "odps.sql.read.only": "true",
      "odps.sql.allow.fullscan": "false",
      "odps.sql.metering.value.max": "50",
      "odps.sql.job.max.time.hours": "1",
      "odps.task.wlm.quota": "chat",
    });
  });

  it.each([
    "odps.sql.read.only",
    "ODPS.SQL.READ.ONLY",
    " odps.sql.read.only ",
    "\todps.sql.Read.Only\n",
    "\ufeffodps.sql.read.only",
    "odps.sql.read.only\u200b",
    "odps.\u017fql.read.only",
    "odps.sql.read.only\0",
  ])("keep the wall whatever the own %j says", (name) => {
    expect(guardedHints({ readOnly: true }, { [name]: "false" })).toEqual({
      "odps.sql.read.only": "true",
      "odps.sql.allow.fullscan": "false",
    });
  });

  it.each([
    "odps.sql.metering.value.max",
    "odps.sql.submit.mode",
    "odps.sql.job.max.time.hours",
    "odps.task.wlm.quota",
    "odps.sql.read.only",
    "odps.output.field.formatter",
  ])("have no own %s even where the bot sets none", (name) => {
    expect(guardedHints({ readOnly: false }, { [name]: "x" })).toEqual({ "odps.sql.allow.fullscan": "false" });
  });

  it("have nothing that is no setting's name", () => {
    const own = { ["__proto__"]: "x", "": "x", "a b": "x", "a=b": "x", 'a"': "x", ["x".repeat(200)]: "x" };
    expect(guardedHints({ readOnly: false }, own)).toEqual({ "odps.sql.allow.fullscan": "false" });
  });

  it.each([
    [1, "1"],
    [3_600_000, "1"],
    [3_600_001, "2"],
    [1e12, "72"],
  ])("have a time of %i ms as %s whole hours", (timeoutMs, hours) => {
    expect(guardedHints({ readOnly: true, timeoutMs }, {})).toMatchObject({ "odps.sql.job.max.time.hours": hours });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("cannot be made with a limit of %f, which limits nothing", (limit) => {
    expect(() => guardedHints({ readOnly: true, meteringCap: limit }, {})).toThrow(RangeError);
    expect(() => guardedHints({ readOnly: true, timeoutMs: limit }, {})).toThrow(RangeError);
  });
});
