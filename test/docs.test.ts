import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { generated, slackManifest, withGenerated } from "../scripts/docs/generated.ts";
import { mostInAMinute } from "../src/commands/limits.ts";
import { commandSpecs } from "../src/commands/specs.ts";
import { manifest } from "../src/slack/manifest.ts";

const root = new URL("../", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, root), "utf8");
const pages = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  ...readdirSync(new URL("docs/", root)).map((name) => `docs/${name}`),
].filter((name) => name.endsWith(".md"));

describe("the docs", () => {
  it.each(Object.entries(generated()))("%s has the tables that the code has (npm run docs writes them)", (page, parts) => {
    expect(withGenerated(read(page), parts)).toBe(read(page));
  });

  it.each(pages)("%s shows pictures and links to pages that exist", (page) => {
    const targets = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target]) => target ?? "");
    const missing = targets.filter((target) => !existsSync(new URL(target, new URL(page, root))));
    expect(missing).toEqual([]);
  });

  it.each(pages)("%s names npm scripts that exist", (page) => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read("package.json"));
    const named = [...read(page).matchAll(/npm (?:run ([\w-]+)|(start|test)\b)/g)].map(([, run, short]) => run ?? short ?? "");
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it("give the test command that .ci/run calls", () => {
    const calls = read(".ci/run")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    expect(read("README.md")).toContain("npm ci && npm test");
    expect(calls).toEqual(["set -euo pipefail", 'cd "$(dirname "$0")/.."', "npm ci && npm test"]);
  });

  it("name the parameter by which each setting is given, as serverless.yml knows it", () => {
    const { params }: { params: Record<string, Record<string, unknown>> } = parse(read("serverless.yml"));
    const known = Object.keys({ ...params.default, ...params.example });
    const rows = generated()["docs/deploy.md"]?.deployed?.split("\n").slice(2) ?? [];
    const named = rows.map((row) => /^\| (?:`(\w+)`|made by the stack) \| `(\w+)`/.exec(row)?.slice(1) ?? []);
    expect(named.flatMap(([parameter]) => parameter ?? []).filter((parameter) => !known.includes(parameter))).toEqual([]);
    expect(named.filter(([parameter]) => parameter === undefined).map(([, setting]) => setting)).toEqual([
      "TABLE_NAME",
      "AUDIT_TABLE",
      "PRIVATE_BUS",
      "PUBLIC_BUS",
      "MINUTE_RULE",
      "HEARTBEAT_RULE",
      "LOST_QUEUE",
      "FAILURES_QUEUE",
      "APOLOGIES_QUEUE",
      "SECRETS_PATH",
    ]);
  });

  it("say in the README how often one may ask, as the code counts it", () => {
    const words = read("README.md").replace(/\s+/g, " ");
    expect(words).toContain(`more often than ${mostInAMinute.person} times a minute`);
    expect(words).toContain(`no channel more often than ${mostInAMinute.channel} times, and nobody acts more often than ten`);
    expect(mostInAMinute.acts).toBe(10);
  });

  it("are refused a part they have no place for", () => {
    expect(() => withGenerated("no markers", { commands: "x" })).toThrow("no place for commands");
  });
});

describe("the Slack app", () => {
  it("is the one the code describes (npm run docs writes it)", () => {
    expect(read("slack-manifest.yml")).toBe(slackManifest());
    expect(parse(read("slack-manifest.yml"))).toEqual(manifest(commandSpecs));
  });

  it("keeps to Slack's limits", () => {
    const { display_information: info, features } = manifest(commandSpecs);
    expect(info.name.length).toBeLessThanOrEqual(35);
    expect(info.description.length).toBeLessThanOrEqual(140);
    expect(features.slash_commands[0]?.usage_hint.length).toBeLessThanOrEqual(1_000);
  });

  it("sends everything to one URL", () => {
    const app = manifest(commandSpecs, "https://x.test/");
    expect(JSON.stringify(app).match(/https:\/\/x\.test\//g)).toHaveLength(4);
  });
});
