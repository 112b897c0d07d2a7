import type { LambdaFunctionURLEvent } from "aws-lambda";

/** A Function URL event as Lambda makes it. */
export const aUrlEvent = (over: Partial<LambdaFunctionURLEvent> = {}): LambdaFunctionURLEvent => ({
  version: "2.0",
  routeKey: "$default",
  rawPath: "/",
  rawQueryString: "",
  headers: {},
  isBase64Encoded: false,
  requestContext: {
    accountId: "anonymous",
    apiId: "url",
    domainName: "url.lambda-url.eu-central-1.on.aws",
    domainPrefix: "url",
    http: { method: "POST", path: "/", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "Slackbot 1.0" },
    requestId: "r1",
    routeKey: "$default",
    stage: "$default",
    time: "22/Nov/2026:00:00:00 +0000",
    timeEpoch: 0,
  },
  ...over,
});
