// What the README shows of the client runs as it stands there, against the simulated MaxCompute.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type MaxComputeSimulator, startMaxComputeSimulator } from "../../src/simulator/maxcompute/index.ts";

const root = new URL("../../", import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "readme-client-"));
let maxcompute: MaxComputeSimulator & { readonly endpoint: string };
beforeAll(async () => {
  maxcompute = await startMaxComputeSimulator({ settings: { sqlDurationMs: 50 } });
});
afterAll(async () => {
  await maxcompute.close();
  rmSync(folder, { recursive: true });
});

/** The example with this simulator's place and names in it; throws where the README has become another. */
function example(): string {
  const readme = readFileSync(new URL("README.md", root), "utf8");
  const [, section = ""] = readme.split("## Using the client alone");
  let code = /```ts\n([\s\S]*?)```/.exec(section)?.[1] ?? "";
  const put = (shown: string, real: string) => {
    expect(code).toContain(shown);
    code = code.replaceAll(shown, real);
  };
  put('"./src/maxcompute/index.ts"', JSON.stringify(new URL("src/maxcompute/index.ts", root).href));
  put("https://service.cn-shanghai.maxcompute.aliyun.com/api", maxcompute.endpoint);
  put("prod_dw", maxcompute.project);
  put('id: "…", secret: "…"', `id: "${maxcompute.accessId}", secret: "${maxcompute.accessKey}"`);
  put("20261122…", maxcompute.instances.xflow ?? "");
  return code;
}

it("the README's example of the client lists, runs, waits, reads rows and finds sub-instances", async () => {
  const file = join(folder, "example.ts");
  writeFileSync(file, example());
  const { stdout } = await promisify(execFile)(process.execPath, [file], { timeout: 15_000 });
  expect(stdout).toMatch(/^\d{17}g\w+ Running$/m);
  expect(stdout).toContain("tunnel");
  expect(stdout).toContain("train_depth_4");
  expect(stdout).toContain("\ufeff");
});
