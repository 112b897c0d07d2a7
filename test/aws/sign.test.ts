// Our signature beside that of the SDK, which signs as AWS documents it.
import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signed } from "../../src/aws/sign.ts";

type Sent = { readonly headers: Record<string, string>; readonly body: string | Uint8Array };

async function sentBySdk(names: readonly string[], region: string, sessionToken: string | undefined): Promise<Sent> {
  let sent: Sent | undefined;
  const client = new SSMClient({
    region,
    maxAttempts: 1,
    credentials: {
      accessKeyId: "AKID",
      secretAccessKey: "the+secret/key",
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
    requestHandler: {
      handle: async (request: Sent) => {
        sent = request;
        throw new Error("far enough");
      },
    },
  });
  await client.send(new GetParametersCommand({ Names: [...names] })).catch(() => undefined);
  if (sent === undefined) throw new Error("the SDK sent nothing");
  return sent;
}

/** What the SDK signed, signed by us at the same moment. */
function signedByUs({ headers, body }: Sent, region: string, sessionToken: string | undefined): Record<string, string> {
  const [, names = ""] = /SignedHeaders=([\w;-]+)/.exec(headers.authorization ?? "") ?? [];
  const own = ["host", "x-amz-date", "x-amz-security-token"];
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(headers["x-amz-date"] ?? "") ?? [];
  const given = names.split(";").filter((name) => !own.includes(name));
  return signed(
    {
      service: "ssm",
      region,
      host: headers.host ?? "",
      headers: Object.fromEntries(given.map((name) => [name, headers[name] ?? ""])),
      body: typeof body === "string" ? body : new TextDecoder().decode(body),
      at: Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`),
    },
    { accessKeyId: "AKID", secretAccessKey: "the+secret/key", ...(sessionToken === undefined ? {} : { sessionToken }) },
  );
}

describe("the signature of a call", () => {
  it("is the SDK's, whatever is said and with or without a session", async () => {
    const names = fc.array(fc.string({ unit: "grapheme", maxLength: 40 }), { minLength: 1, maxLength: 4 });
    const regions = fc.constantFrom("eu-central-1", "us-east-1", "cn-north-1");
    const sessions = fc.option(fc.stringMatching(/^[\w+/=]{1,60}$/), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(names, regions, sessions, async (said, region, session) => {
        const sdk = await sentBySdk(said, region, session);
        expect(signedByUs(sdk, region, session).authorization).toBe(sdk.headers.authorization);
      }),
      { numRuns: 40 },
    );
  });
});
