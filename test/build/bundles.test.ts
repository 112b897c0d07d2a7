// What is in the deployed bundles, and what is not.
import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bundle, bundle } from "../../scripts/build/bundle.ts";
import { deployedFunctions, type FunctionName, functionsToBuild } from "../../scripts/build/functions.ts";
import { packageOf } from "../../scripts/build/package-of.ts";
import { stubs } from "../../scripts/build/stubs.ts";
import { buildOnce } from "./build-once.ts";

/** Bytes. About a tenth above what the bundles have: one that grows past it has taken in something new. */
const budgets: Readonly<Record<FunctionName, number>> = {
  slack: 310_000,
  command: 1_180_000,
  transfer: 1_150_000,
  apologise: 1_030_000,
  tick: 1_030_000,
  hot: 1_030_000,
  shard: 1_030_000,
};

const clients: Readonly<Record<FunctionName, readonly string[]>> = {
  slack: ["eventbridge", "ssm"],
  command: ["dynamodb", "eventbridge", "ssm"],
  transfer: ["dynamodb", "ssm"],
  apologise: ["dynamodb", "eventbridge", "ssm"],
  tick: ["dynamodb", "eventbridge", "ssm"],
  hot: ["dynamodb", "eventbridge", "ssm"],
  shard: ["dynamodb", "eventbridge", "ssm"],
};

/** All that Bolt may bring into the ingress. */
const slackPackages = ["@slack/bolt", "@slack/logger", "@slack/types", "tsscmp"];

let built: Awaited<ReturnType<typeof buildOnce<FunctionName>>>;
beforeAll(async () => {
  built = await buildOnce(...deployedFunctions);
});
afterAll(() => built.remove());

const packagesIn = ({ parts }: Pick<Bundle, "parts">): readonly string[] => [
  ...new Set(
    Object.entries(parts)
      .filter(([, bytes]) => bytes > 0)
      .flatMap(([path]) => packageOf(path) ?? []),
  ),
];

const isOfSdk = (name: string) => /^@(aws|aws-sdk|smithy)\//.test(name);

describe.each(deployedFunctions)("the bundle of %s", (name) => {
  it("is within its budget", () => {
    expect(built.bundles[name].bytes).toBeLessThan(budgets[name]);
  });

  it("has the AWS clients it needs and no other", () => {
    const found = packagesIn(built.bundles[name]).flatMap((each) => /^@aws-sdk\/client-(.+)$/.exec(each)?.[1] ?? []);
    expect(found.sort()).toEqual(clients[name]);
  });

  it("is one file of ASCII that needs nothing but Node, and the door besides in parts", () => {
    const files = readdirSync(join(built.outDir, name));
    expect(files.filter((file) => name !== "slack" || !/^part-\w+\.mjs$/.test(file))).toEqual(["index.mjs"]);
    for (const file of files) expect(readFileSync(join(built.outDir, name, file), "utf8")).toMatch(/^[\0-\x7f]+$/);
    const { externals, later } = built.bundles[name];
    expect([...externals, ...later.externals].filter((each) => !isBuiltin(each))).toEqual([]);
  });

  it("holds nothing of the local run or the simulators", () => {
    const { parts, later } = built.bundles[name];
    expect(Object.keys({ ...parts, ...later.parts }).filter((path) => /^src\/(local|simulator)\//.test(path))).toEqual([]);
  });
});

describe("the bundle of the ingress", () => {
  it("is, the SDK and our own code aside, at most 65 KB of Bolt", () => {
    const own = Object.entries(built.bundles.slack.parts).filter(([path]) => slackPackages.includes(packageOf(path) ?? ""));
    expect(own.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThan(65_000);
  });

  it("has neither undici nor DynamoDB, which the working functions have", () => {
    const heavy = ["undici", "saxes", "@aws-sdk/client-dynamodb"];
    expect(heavy.filter((each) => packagesIn(built.bundles.command).includes(each))).toEqual(heavy);
    expect(heavy.filter((each) => packagesIn(built.bundles.slack).includes(each))).toEqual([]);
  });

  it("has no package beside Bolt's own and the SDK's: no schema library above all", () => {
    const others = packagesIn(built.bundles.slack).filter((each) => !isOfSdk(each) && !slackPackages.includes(each));
    expect(others).toEqual([]);
  });

  it("has no class for each error of the parameter store", () => {
    const ssm = Object.entries(built.bundles.slack.parts).filter(
      ([path, bytes]) => path.includes("@aws-sdk/client-ssm/") && bytes > 0,
    );
    expect(ssm.filter(([path]) => path.endsWith("/schemas/schemas_0.js"))).toHaveLength(1);
    expect(ssm.filter(([path]) => path.endsWith("/models/errors.js"))).toEqual([]);
  });

  it("loads what opens modals and what fills menus only when somebody asks for one", () => {
    const { parts, later } = built.bundles.slack;
    const late = ["handlers/slack-forms.ts", "handlers/slack-menus.ts", "src/aws/dynamo-read.ts", "src/slack/form-opener.ts"];
    expect(late.filter((path) => (parts[path] ?? 0) > 0)).toEqual([]);
    expect(late.filter((path) => (later.parts[path] ?? 0) > 0)).toEqual(late);
    const webClient = "node_modules/@slack/web-api/dist/WebClient.js";
    expect([parts[webClient] ?? 0, (later.parts[webClient] ?? 0) > 0]).toEqual([0, true]);
    expect(packagesIn(later)).toContain("@aws-sdk/client-dynamodb");
    expect(packagesIn(later)).not.toContain("undici");
  });

  it("draws of all kinds of View those that need no looking up", () => {
    const drawn = Object.entries(built.bundles.slack.parts).filter(([path, bytes]) => /\/views\//.test(path) && bytes > 0);
    expect(drawn.map(([path]) => path).sort()).toEqual(["error", "help", "notice"].map((kind) => `src/slack/views/${kind}.ts`));
  });

  it("has no MaxCompute client: of that folder only what an error is", () => {
    const parts = Object.entries(built.bundles.slack.parts).filter(
      ([path, bytes]) => path.startsWith("src/maxcompute/") && bytes > 0,
    );
    expect(parts.map(([path]) => path)).toEqual(["src/maxcompute/errors.ts"]);
  });

  it("takes node:http without its getters, which load all of fetch", () => {
    expect(built.bundles.slack.externals.filter((each) => /^(node:)?http$/.test(each))).toEqual([]);
  });
});

describe("the build", () => {
  it("uses every stub of its table", () => {
    const used = new Set(deployedFunctions.flatMap((name) => [...built.bundles[name].stubbed]));
    expect(stubs.filter((stub) => !used.has(stub))).toEqual([]);
  });

  it("gives the same bytes for the same sources", async () => {
    const before = readFileSync(built.bundles.slack.file);
    await bundle("slack", { root: built.root, outDir: built.outDir });
    expect(readFileSync(built.bundles.slack.file).equals(before)).toBe(true);
  });

  it("builds every function unless some are named, and knows a name that is none", () => {
    expect(functionsToBuild([], built.root)).toEqual(deployedFunctions);
    expect(functionsToBuild(["slack"], built.root)).toEqual(["slack"]);
    expect(() => functionsToBuild(["slak"], built.root)).toThrow("no such function: slak");
  });
});
