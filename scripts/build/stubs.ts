// What the bundles leave out, and why: parts of Bolt and undici that no function uses, and ways to credentials that Lambda never offers.
// Each line holds for the importers it names alone: what our own code imports is never left out.

export type Stub = {
  /** As the importer writes it. */
  readonly specifier: string;
  /** Packages whose names begin so get the stub in its place. */
  readonly importers: "@slack/" | "@slack/bolt" | "@aws-sdk/" | "@smithy/" | "undici";
  readonly reason: string;
  /** Code that stands there and can be read, where loading the importer reads something; what it offers must refuse to work. */
  readonly code?: string;
};

const slack = (specifier: string, reason: string): Stub => ({ specifier, importers: "@slack/", reason });
const aws = (specifier: string, reason: string): Stub => ({ specifier, importers: "@aws-sdk/", reason });
const undici = (specifier: string, reason: string): Stub => ({ specifier, importers: "undici", reason });

const otherReceiver = "requests come through the Lambda receiver";
// The chain asks the environment first; a function without credentials there is told by one of these what was not asked.
const otherCredentials = "Lambda gives a function its credentials in the environment";
const otherParser = "Lambda's processors run the SIMD build of llhttp";
const onlyForTests = "nothing is mocked in a deployed function";
const noProxy = "a function reaches MaxCompute and Slack directly";
const noInterceptor = "nothing stands between a request and its connection";
const noCache = "no answer of MaxCompute or Slack is cached";

const noBoltClient = "the door acknowledges; what calls Slack has a client of its own, which is loaded when it is needed";
// Bolt makes a client when it starts, and asks whether an error is one of a client's. https://docs.slack.dev/tools/bolt-js
const clientThatRefuses = `
  const refuse = (_, name) => { throw new Error("Bolt's own Slack client is left out of this bundle (" + String(name) + ")"); };
  class WebClient { constructor() { return new Proxy(this, { get: refuse }); } }
  class Never extends Error {}
  module.exports = {
    WebClient, WebAPIPlatformError: Never, WebAPIRateLimitedError: Never, WebAPIHTTPError: Never, addAppMetadata() {},
    __esModule: true,
  };`;

export const stubs: readonly Stub[] = [
  // With its receivers Bolt loses express, qs, body-parser, raw-body, iconv-lite, mime-db, ws and path-to-regexp.
  slack("./receivers/ExpressReceiver", otherReceiver),
  slack("./receivers/HTTPReceiver", otherReceiver),
  slack("./receivers/SocketModeReceiver", otherReceiver),
  slack("./receivers/HTTPModuleFunctions", otherReceiver),
  slack("./receivers/HTTPResponseAck", otherReceiver),
  { specifier: "@slack/web-api", importers: "@slack/bolt", reason: noBoltClient, code: clientThatRefuses },
  slack("@slack/oauth", "one workspace installs the app; no function serves OAuth"),
  slack("./Assistant", "the bot is no assistant"),
  slack("./CustomFunction", "the bot offers no workflow steps"),
  aws("@aws-sdk/credential-provider-sso", otherCredentials),
  aws("@aws-sdk/credential-provider-ini", otherCredentials),
  aws("@aws-sdk/credential-provider-process", otherCredentials),
  aws("@aws-sdk/credential-provider-web-identity", otherCredentials),
  aws("@aws-sdk/credential-provider-http", otherCredentials),
  aws("@smithy/credential-provider-imds", otherCredentials),
  // Imported when it is needed, and so, bundled, it would keep all that it shares with the rest of the SDK from being trimmed.
  {
    specifier: "@smithy/core/event-streams",
    importers: "@smithy/",
    reason: "no operation that the bot calls streams events",
  },
  undici("../llhttp/llhttp-wasm.js", otherParser),
  undici("../milo/simd.js", otherParser),
  undici("../milo/no-simd.js", otherParser),
  undici("./lib/mock/mock-client", onlyForTests),
  undici("./lib/mock/mock-agent", onlyForTests),
  undici("./lib/mock/mock-pool", onlyForTests),
  undici("./lib/mock/snapshot-agent", onlyForTests),
  undici("./lib/dispatcher/proxy-agent", noProxy),
  undici("./lib/dispatcher/socks5-proxy-agent", noProxy),
  undici("./lib/dispatcher/env-http-proxy-agent", noProxy),
  undici("./lib/interceptor/dns", noInterceptor),
  undici("./lib/interceptor/decompress", noInterceptor),
  undici("./lib/cache/memory-cache-store", noCache),
  undici("./lib/interceptor/cache", noCache),
  undici("./lib/interceptor/deduplicate", noCache),
  undici("./lib/cache/sqlite-cache-store", noCache),
];
