import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { causeOf } from "../../src/commands/cause.ts";

const trace = [
  "ODPS-0123055:User script exception - Traceback (most recent call last):",
  ...Array.from({ length: 300 }, (_, index) => `  File "udf_${index}.py", line ${index}, in evaluate`),
  "ValueError: invalid literal for int() with base 10: 'x'",
].join("\n");

describe("the cause of a failure", () => {
  it.each([
    [
      "ODPS-0130131",
      "ODPS-0130131:[1,15] Table not found - table demo_project.nope cannot be resolved",
      "no-such-table",
      "The table demo_project.nope does not exist at line 1, column 15.",
    ],
    ["NoSuchTable", "gone", "no-such-table", "A table does not exist."],
    [
      "ODPS-0130161",
      "ODPS-0130161:[3,14] Parse exception - invalid token",
      "syntax",
      "The SQL has a syntax error at line 3, column 14.",
    ],
    ["ODPS-0130161", "Parse exception", "syntax", "The SQL has a syntax error."],
    [
      "ODPS-0130071",
      "ODPS-0130071:[2,8] column x cannot be resolved",
      "semantics",
      "The SQL does not fit its tables at line 2, column 8.",
    ],
    ["ODPS-0130013:Authorization exception", "no privilege", "no-permission", "Whoever ran it lacks a permission."],
    ["ODPS-0420095", "Access Denied", "no-permission", "Whoever ran it lacks a permission."],
    [
      "ODPS-0123144",
      "ODPS-0123144: Fuxi job failed - M1_Stg1#12 memory usage exceeded the limit of 1024 MB",
      "out-of-memory",
      "A worker of M1_Stg1 ran out of memory.",
    ],
    ["", "java.lang.OutOfMemoryError: Java heap space", "out-of-memory", "A worker ran out of memory."],
    [
      "ODPS-0123144",
      "ODPS-0123144: Fuxi job failed - kInstanceMonitorTimeout, usually caused by bad udf performance",
      "timeout",
      "A worker reported nothing for too long and was given up, mostly because of a slow UDF.",
    ],
    ["ODPS-0123055", trace, "script", "A script or UDF failed: ValueError: invalid literal for int() with base 10: 'x'."],
    ["RequestQuotaExceeded", "too much", "quota", "The quota had no room for it."],
    ["ODPS-0110999", "Critical! quota batch_quota exceeded", "quota", "The quota had no room for it."],
    ["ODPS-0110141", "Data version exception", "changed-data", "The data changed while it ran."],
    ["ODPS-0010000", "System internal error", "service", "MaxCompute failed inside."],
    ["ODPS-0010000", "System internal error - java.lang.OutOfMemoryError: x", "out-of-memory", "A worker ran out of memory."],
    ["ODPS-0010000", "System internal error - fuxi job failed, kInstanceKilled", "killed", "It was killed while it ran."],
    ["ODPS-0123144", "Fuxi job failed - job is killed by user", "killed", "It was killed while it ran."],
    ["InternalServerError", "killed by OOM: out of memory", "out-of-memory", "A worker ran out of memory."],
    ["ODPS-0010000", "quota service: retries exceeded", "service", "MaxCompute failed inside."],
    ["ODPS-0130131", "table killed by user cannot be resolved", "no-such-table", "A table does not exist."],
    ["ODPS-9999999", "ODPS-9999999:[1,1] never seen", "unknown", "The task failed, and its error is none that I know."],
    ["__proto__", "", "unknown", "The task failed, and its error is none that I know."],
  ] as const)("%s is told: %.60s", (code, message, kind, what) => {
    expect(causeOf({ code, message })).toMatchObject({ kind, what });
  });

  it("has the place in the SQL where the service names one that means something", () => {
    expect(causeOf({ code: "ODPS-0130161", message: "ODPS-0130161:[3,14] x" }).place).toEqual({ line: 3, column: 14 });
    expect(causeOf({ code: "ODPS-0130161", message: "x" }).place).toBeUndefined();
    expect(causeOf({ message: "see [3,14]" }).place).toBeUndefined();
  });

  it("is one sentence with one next step, whatever the service says", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), fc.string({ maxLength: 400 }), (code, message) => {
        const { what, next } = causeOf({ code, message });
        expect(what).toMatch(/\.$/);
        expect(next).toMatch(/\.$/);
        expect(what).not.toContain(next);
      }),
      { numRuns: 300 },
    );
  });
});
