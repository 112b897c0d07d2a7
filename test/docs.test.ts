import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { generated, withGenerated } from "../scripts/docs/generated.ts";

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");

describe("the README", () => {
  it("has the commands and settings that the code has (npm run docs writes them)", () => {
    expect(withGenerated(read("README.md"), generated())).toBe(read("README.md"));
  });

  it("shows pictures and links to pages that exist", () => {
    const targets = [...read("README.md").matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target]) => target ?? "");
    expect(targets).not.toEqual([]);
    for (const target of targets) expect([target, existsSync(new URL(`../${target}`, import.meta.url))]).toEqual([target, true]);
  });

  it("names npm scripts that exist", () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read("package.json"));
    const named = [...read("README.md").matchAll(/npm (?:run )?(start|test|simulator|docs|screenshot)\b/g)].map(
      ([, name]) => name ?? "",
    );
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });

  it("gives the test command that .ci/run calls", () => {
    expect(read("README.md")).toContain("npm ci && npm test");
    expect(
      read(".ci/run")
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#")),
    ).toEqual(["set -euo pipefail", 'cd "$(dirname "$0")/.."', "npm ci && npm test"]);
  });

  it("is refused a part it has no place for", () => {
    expect(() => withGenerated("no markers", { commands: "x" })).toThrow("no place for commands");
  });
});
