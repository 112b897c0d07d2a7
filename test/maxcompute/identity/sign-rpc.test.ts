import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalForm, signRpc } from "../../../src/maxcompute/identity/sign-rpc.ts";
import { rpcSignatureOf } from "../../support/loopback-sts.ts";

/** The example of Alibaba Cloud's documentation of the signature; its order there is another. */
const documented = [
  ["Timestamp", "2016-02-23T12:46:24Z"],
  ["Format", "XML"],
  ["AccessKeyId", "testid"],
  ["Action", "DescribeRegions"],
  ["SignatureMethod", "HMAC-SHA1"],
  ["SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"],
  ["Version", "2014-05-26"],
  ["SignatureVersion", "1.0"],
] as const;

describe("the signature of a request of RPC style", () => {
  it("is the documentation's own for its example", () => {
    expect(signRpc("GET", documented, "testsecret")).toBe("OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
  });

  it("encodes every mark but - _ . ~", () => {
    expect(
      canonicalForm([
        ["b", "!'()* +/=&~-_."],
        ["a", "é"],
      ]),
    ).toBe("a=%C3%A9&b=%21%27%28%29%2A%20%2B%2F%3D%26~-_.");
  });

  it("is what somebody else makes of the same parameters, whatever is in them", () => {
    const parameters = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[A-Z][A-Za-z]{0,12}$/), fc.string({ unit: "grapheme" })), {
      selector: ([name]) => name,
    });
    fc.assert(
      fc.property(parameters, fc.string(), (given, secret) => {
        expect(signRpc("POST", given, secret)).toBe(rpcSignatureOf("POST", new Map(given), secret));
      }),
      { numRuns: 200 },
    );
  });
});
