import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { open, seal } from "../../src/aws/envelope.ts";

const key = randomBytes(32).toString("base64");
const other = randomBytes(32).toString("base64");
const content = { text: "status last", responseUrl: "https://hooks.slack.test/S3CRET" };
const envelope = seal("CommandRequested", "E-1", 5, content, key);

describe("a sealed envelope", () => {
  it("opens to what was sealed, with the key it was sealed with or the one before it", () => {
    expect(open("CommandRequested", envelope, [key])).toEqual(content);
    expect(open("CommandRequested", envelope, [other, key])).toEqual(content);
  });

  it("shows its id and time, and nothing of what is inside", () => {
    expect(envelope).toMatchObject({ v: 1, id: "E-1", at: 5 });
    const text = JSON.stringify(envelope) + Buffer.from(envelope.sealed, "base64").toString("latin1");
    expect(text).not.toContain("S3CRET");
    expect(text).not.toContain("status");
  });

  it.each([
    ["another key", "CommandRequested", envelope, [other]],
    ["no key", "CommandRequested", envelope, []],
    ["another kind", "TransferRequested", envelope, [key]],
    ["a changed id", "CommandRequested", { ...envelope, id: "E-2" }, [key]],
    ["a changed time", "CommandRequested", { ...envelope, at: 6 }, [key]],
    ["a short tag", "CommandRequested", { ...envelope, sealed: envelope.sealed.slice(0, 8) }, [key]],
    ["a short iv", "CommandRequested", { ...envelope, iv: "AAAA" }, [key]],
    ["no envelope", "CommandRequested", { text: "stop last" }, [key]],
    ["nothing", "CommandRequested", null, [key]],
    ["text", "CommandRequested", "E-1", [key]],
  ])("does not open with %s", (_what, kind, value, keys) => {
    expect(open(kind, value, keys)).toBeUndefined();
  });

  it("does not open when any byte of it was changed", () => {
    const bytes = Buffer.from(envelope.sealed, "base64");
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(open("CommandRequested", { ...envelope, sealed: changed.toString("base64") }, [key])).toBeUndefined();
      }),
    );
  });

  it("is never the same twice, and is refused a key of the wrong length", () => {
    expect(seal("CommandRequested", "E-1", 5, content, key).sealed).not.toBe(envelope.sealed);
    expect(() => seal("x", "E-1", 5, content, "c2hvcnQ=")).toThrow("32 bytes");
  });
});
