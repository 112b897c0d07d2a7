import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { createMaxComputeClient } from "../../src/maxcompute/index.ts";
import { redact, safeCause } from "../../src/maxcompute/redact.ts";
import { aClient, aServer, failureOf, instanceId, testOptions } from "./a-client.ts";

const secret = "SeCrEtExAmPlE";
const stsToken = "STS.token.value==";
const accessKey = { id: "AKIDEXAMPLE", secret, stsToken };

/** Everything a log would show of an error, its causes included. */
const shown = (error: unknown) => `${inspect(error, { depth: 10, showHidden: true })} ${JSON.stringify(error)}`;

describe("an error", () => {
  it.each([
    [
      "XML",
      (echo: string) => `<Error><Code>SignatureNotMatch</Code><Message>${echo}</Message><RequestId>${echo}</RequestId></Error>`,
    ],
    ["JSON", (echo: string) => JSON.stringify({ Code: echo, Message: echo })],
    ["plain text", (echo: string) => echo],
    ["a document that cannot be read", (echo: string) => `<${echo.replaceAll(/[^A-Za-z.]/g, "")}>`],
  ])("holds no secret although the service echoes all it was sent as %s", async (_, write) => {
    let authorization = "";
    const server = await aServer(({ headers }) => {
      authorization = String(headers.authorization);
      return {
        status: 400,
        body: write(`${secret} ${headers["authorization-sts-token"]} ${authorization} ${authorization.split(":").at(-1)}`),
      };
    });
    const { client } = aClient(server, { accessKey });
    const text = shown(await failureOf(client.getInstance(instanceId)));
    expect(text).toContain("MaxComputeError");
    for (const part of [secret, stsToken, authorization, authorization.split(":").at(-1)]) expect(text).not.toContain(part);
  });

  it("holds no secret when the answer's XML cannot be read", async () => {
    const server = await aServer(() => ({ body: `<Instance>&${secret};</Instance>` }));
    const text = shown(await failureOf(aClient(server, { accessKey }).client.getInstance(instanceId)));
    expect(text).toContain("malformed");
    expect(text).not.toContain(secret);
  });

  it("holds no Logview token", async () => {
    const token = "TOKENTOKENTOKEN";
    const server = await aServer(() => ({ body: `<Authorization><Result>${token}</Result><${token}` }));
    const { client } = aClient(server, { logviewHost: "http://logview.mc.test" });
    const text = shown(await failureOf(client.getLogview(instanceId)));
    expect(text).toContain("malformed");
    expect(text).not.toContain(token);
  });

  it("holds no secret when the options are refused", () => {
    const refused = () => createMaxComputeClient({ ...testOptions, accessKey: { id: "id", secret, stsToken: `${stsToken}\n` } });
    expect(refused).toThrow(expect.objectContaining({ kind: "invalid", message: "The STS token must be printable ASCII" }));
  });
});

describe("a secret that comes back encoded", () => {
  const sought = "S3/cr+et='a'*~";
  const bytes = Buffer.from(sought);
  const encoded: readonly (readonly [string, string])[] = [
    ["in a URL", encodeURIComponent(sought)],
    ["in a URL, strictly", encodeURIComponent(sought).replaceAll("'", "%27").replaceAll("*", "%2A")],
    ["in a URL, in lower case", encodeURIComponent(sought).replace(/%../g, (code) => code.toLowerCase())],
    ["in JSON", JSON.stringify('"S3CRET\\').slice(1, -1)],
    ["in hex", bytes.toString("hex")],
    ["in upper-case hex", bytes.toString("hex").toUpperCase()],
    ...[0, 1, 2, 3].flatMap((before) =>
      (["base64", "base64url"] as const).map(
        (encoding) =>
          [`${encoding}, ${before} bytes behind`, Buffer.from(`${"x".repeat(before)}${sought}yz`).toString(encoding)] as const,
      ),
    ),
  ];
  it.each(encoded)("is blanked %s", (_form, text) => {
    const left = redact(`before ${text} behind`, [sought, '"S3CRET\\']);
    expect(left).toMatch(/^before .{0,6}\*\*\*.{0,6} behind$/);
  });
});

describe("safeCause", () => {
  it("keeps name, message and code, and leaves the rest behind", () => {
    const error = Object.assign(new TypeError(`bad ${secret}`), { code: "E1", data: secret });
    expect(shown(safeCause(error, [secret]))).not.toContain(secret);
    expect(safeCause(error, [secret])).toMatchObject({ message: "TypeError: bad ***", code: "E1" });
  });

  it("has words for what is not an error", () => {
    expect(safeCause(7, []).message).toBe("unknown cause");
    expect(safeCause(new Error(""), []).message).toBe("Error: no details");
  });
});
