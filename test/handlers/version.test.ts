import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { version } from "../../handlers/version.ts";

it("a deployed bot names the version of its package", () => {
  const { version: ours }: { version: string } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(version).toBe(ours);
});
