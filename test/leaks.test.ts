// The search for secrets that the runs of the whole bot are judged by: what it would miss nobody would hear of.
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findLeaks } from "./support/leaks/find.ts";
import { formsOf } from "./support/leaks/forms.ts";

const secret = "S3/cr+et=? &\"<>'*~é";
const found = (text: string, sought = secret) => findLeaks({ log: text }, { key: sought });

const written: readonly (readonly [string, string])[] = [
  ["as it is", secret],
  ["in a URL", new URL(`http://x.test/?a=${encodeURIComponent(secret)}`).href],
  ["in a URL in a URL", `http://x.test/?u=${encodeURIComponent(`http://y.test/?a=${encodeURIComponent(secret)}`)}`],
  [
    "percent-encoded in lower case",
    encodeURIComponent(secret)
      .replace(/%../g, (code) => code.toLowerCase())
      .replaceAll("'", "%27")
      .replaceAll("*", "%2a"),
  ],
  ["percent-encoded whole", [...Buffer.from(secret)].map((byte) => `%${byte.toString(16)}`).join("")],
  ["in JSON", JSON.stringify({ a: { b: [secret] } })],
  ["in JSON in JSON", JSON.stringify({ body: JSON.stringify({ a: secret }) })],
  ["in JSON for HTML", JSON.stringify(secret).replace(/[&<>'=]/g, (mark) => `\\u00${mark.charCodeAt(0).toString(16)}`)],
  ["in a URL in JSON", JSON.stringify({ url: `http://x.test/?a=${encodeURIComponent(secret)}` })],
  ["escaped for Slack", `<http://x.test/?a=${secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}>`],
  ["in PHP's JSON", JSON.stringify(secret).replaceAll("/", "\\/")],
  ["in hex", Buffer.from(`some${secret}thing`).toString("hex")],
  ["in upper-case hex", Buffer.from(secret).toString("hex").toUpperCase()],
  ["gzipped, in base64", `{"gzip":"${gzipSync(`{"a":"…${secret}"}`.padEnd(400, " x")).toString("base64")}"}`],
];

describe("a secret", () => {
  it.each(written)("%s is found", (_form, text) => {
    expect(found(`before ${text} behind`)).toHaveLength(1);
    expect(found("before behind")).toEqual([]);
  });

  it.each(["base64", "base64url"] as const)("in %s is found wherever it begins and ends", (encoding) => {
    const around = fc.string({ unit: "binary", maxLength: 7 });
    fc.assert(
      fc.property(around, around, fc.string({ minLength: 8, maxLength: 40 }), (before, behind, made) => {
        const text = Buffer.from(`${before}${made}${behind}`).toString(encoding);
        expect(found(text, made)).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });

  it("is told with where it is, its name and its form, once each", () => {
    const texts = { log: `${secret} ${JSON.stringify(secret)}`, events: Buffer.from(secret).toString("hex") };
    expect(findLeaks(texts, { key: secret, other: "another secret" })).toEqual(["log: key, as it is", "events: key, in hex"]);
  });

  it("must be long enough not to stand anywhere by chance", () => {
    expect(() => formsOf("token")).toThrow("too short");
  });
});
