import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

const check = new URL("../scripts/check-node.cjs", import.meta.url).pathname;
const under = (version: string) => {
  const script = `Object.defineProperty(process, "versions", { value: { node: ${JSON.stringify(version)} } }); require(${JSON.stringify(check)});`;
  const { status, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  return { status, lines: stderr.split("\n").filter((line) => line !== "") };
};

describe("the check of Node before every script", () => {
  it.each(["20.20.2", "22.18.0", "23.11.0"])("refuses %s in one clear line", (version) => {
    const { status, lines } = under(version);
    expect(status).toBe(1);
    expect(lines).toEqual([expect.stringMatching(new RegExp(`needs Node 24 .*this is ${version}.*install Node 24`))]);
  });

  it.each(["22.19.0", "24.21.0", "26.0.0"])("lets %s pass", (version) => {
    expect(under(version)).toEqual({ status: 0, lines: [] });
  });
});
