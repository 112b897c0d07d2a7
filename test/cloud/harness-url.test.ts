import { describe, expect, it } from "vitest";
import { cloudsOfThisFile } from "../support/cloud/a-cloud.ts";
import { aFunction, aFunctionUrl } from "../support/cloud/a-template.ts";

const aCloud = cloudsOfThisFile();
const echo = "export const handler = async (event) => event;";
const resources = [aFunction("Fn"), aFunctionUrl("Fn")];

type UrlEvent = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
  readonly [key: string]: unknown;
};

const post = async (url: string, type: string | undefined, body: string | Uint8Array<ArrayBuffer>): Promise<UrlEvent> => {
  const answer = await fetch(url, { method: "POST", headers: type === undefined ? {} : { "content-type": type }, body });
  return (await answer.json()) as UrlEvent;
};

describe("a Function URL", () => {
  it("makes an event of payload format 2.0 of a request", async () => {
    const { cloud, clock } = await aCloud(resources, { Fn: echo });
    const url = `${cloud.functionUrl("Fn")}/slack/events?a=1&b=2&a=%203`;
    const answer = await fetch(url, { headers: { "X-Slack-Signature": "v0=1", cookie: "one=1; two=2", "user-agent": "me" } });
    const event = (await answer.json()) as UrlEvent;
    expect(event).toMatchObject({
      version: "2.0",
      rawPath: "/slack/events",
      rawQueryString: "a=1&b=2&a=%203",
      queryStringParameters: { a: "1, 3", b: "2" },
      cookies: ["one=1", "two=2"],
      isBase64Encoded: false,
      requestContext: {
        domainName: "fnurl.lambda-url.eu-central-1.on.aws",
        http: { method: "GET", path: "/slack/events", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "me" },
        time: "22/Nov/2026:10:00:00 +0000",
        timeEpoch: clock.now(),
      },
    });
    expect(event.headers).toMatchObject({ "x-slack-signature": "v0=1", host: "fnurl.lambda-url.eu-central-1.on.aws" });
    expect(event.body).toBeUndefined();
  });

  it.each(["application/json; charset=utf-8", "text/plain"])("hands a body of %s on as text", async (type) => {
    const { cloud } = await aCloud(resources, { Fn: echo });
    expect(await post(cloud.functionUrl("Fn"), type, '"é"')).toMatchObject({ body: '"é"', isBase64Encoded: false });
  });

  it.each(["application/x-www-form-urlencoded", "application/octet-stream", undefined])(
    "hands a body of %s on as base64",
    async (type) => {
      const { cloud } = await aCloud(resources, { Fn: echo });
      const event = await post(cloud.functionUrl("Fn"), type, Buffer.from("text=é"));
      expect(event).toMatchObject({ body: Buffer.from("text=é").toString("base64"), isBase64Encoded: true });
    },
  );

  it("answers what the function returns: status, headers, cookies, and a body that may be base64", async () => {
    const value = { statusCode: 418, headers: { "X-One": 1 }, cookies: ["a=1", "b=2"], body: "aMOp", isBase64Encoded: true };
    const { cloud } = await aCloud(resources, { Fn: `export const handler = async () => (${JSON.stringify(value)});` });
    const answer = await fetch(cloud.functionUrl("FnUrl"));
    expect([answer.status, answer.headers.get("x-one"), answer.headers.getSetCookie()]).toEqual([418, "1", ["a=1", "b=2"]]);
    expect(await answer.text()).toBe("hé");
  });

  it.each([
    ["fails", "export const handler = async () => { throw new Error(); };"],
    ["returns a body that is no text", "export const handler = async () => ({ statusCode: 200, body: { a: 1 } });"],
  ])("answers 502 when the function %s", async (_, code) => {
    const { cloud } = await aCloud(resources, { Fn: code });
    expect((await fetch(cloud.functionUrl("Fn"))).status).toBe(502);
  });

  it("answers 429 when the function is throttled", async () => {
    const { cloud } = await aCloud([aFunction("Fn", { ReservedConcurrentExecutions: 0 }), aFunctionUrl("Fn")]);
    expect((await fetch(cloud.functionUrl("Fn"))).status).toBe(429);
  });

  it("refuses a body over 6 MB before the function sees it", async () => {
    const { cloud } = await aCloud(resources, { Fn: echo });
    const answer = await fetch(cloud.functionUrl("Fn"), { method: "POST", body: new Uint8Array(6 * 1024 * 1024 + 1) });
    expect(answer.status).toBe(413);
    expect(cloud.invocations()).toEqual([]);
  });

  it.each(["FnUrlMay", "FnUrlMayInvoke"])("is forbidden to everyone without the permission %s", async (permission) => {
    const without = Object.fromEntries(Object.entries(aFunctionUrl("Fn")).filter(([name]) => name !== permission));
    const { cloud } = await aCloud([aFunction("Fn"), without], { Fn: echo });
    expect((await fetch(cloud.functionUrl("Fn"))).status).toBe(403);
  });

  it("of an alias runs the alias's version, under the alias's permissions alone", async () => {
    const alias = { Ref: "Live" };
    const may = { FunctionName: alias, Principal: "*" };
    const onAlias = {
      V: { Type: "AWS::Lambda::Version", Properties: { FunctionName: { Ref: "Fn" } } },
      Live: {
        Type: "AWS::Lambda::Alias",
        Properties: { Name: "live", FunctionName: { Ref: "Fn" }, FunctionVersion: { "Fn::GetAtt": ["V", "Version"] } },
      },
      LiveUrl: {
        Type: "AWS::Lambda::Url",
        Properties: { TargetFunctionArn: { Ref: "Fn" }, Qualifier: "live", AuthType: "NONE" },
      },
      One: { Type: "AWS::Lambda::Permission", Properties: { ...may, Action: "lambda:InvokeFunctionUrl" } },
      Two: { Type: "AWS::Lambda::Permission", Properties: { ...may, Action: "lambda:InvokeFunction" } },
    };
    const code =
      "export const handler = async (event, context) => [process.env.AWS_LAMBDA_FUNCTION_VERSION, context.invokedFunctionArn];";
    const { cloud } = await aCloud([aFunction("Fn"), onAlias], { Fn: code });
    expect(await (await fetch(cloud.functionUrl("LiveUrl"))).json()).toEqual([
      "1",
      "arn:aws:lambda:eu-central-1:123456789012:function:fn:live",
    ]);
    const unqualified = {
      ...onAlias,
      One: { ...onAlias.One, Properties: { ...onAlias.One.Properties, FunctionName: { Ref: "Fn" } } },
    };
    const { cloud: other } = await aCloud([aFunction("Fn"), unqualified], { Fn: code });
    expect((await fetch(other.functionUrl("LiveUrl"))).status).toBe(403);
  });
});
