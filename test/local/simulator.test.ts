import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";

const entry = fileURLToPath(new URL("../../src/local/simulator.ts", import.meta.url));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const run = (port: string) => {
  const child = spawn(process.execPath, [entry], { env: { ...process.env, PORT: port }, stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  const output = { stdout: "", stderr: "" };
  const ready = new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      output.stdout += chunk;
      if (output.stdout.includes("ready=true\n")) resolve();
    });
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output.stderr += chunk;
  });
  const closed = once(child, "close").then(([code]) => code as number | null);
  return { child, output, ready, closed };
};

it.each(["SIGINT", "SIGTERM"] as const)("prints key=value lines, ready last, serves, and stops cleanly on %s", async (signal) => {
  const { child, output, ready, closed } = run("0");
  await ready;
  const lines = output.stdout.trimEnd().split("\n");
  expect(lines.filter((line) => !/^[a-z_.]+=\S+$/.test(line))).toEqual([]);
  const values = new Map(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
  const keys = [
    "endpoint",
    "project",
    "access_id",
    "access_key",
    "region",
    "instance.success",
    "instance.failed",
    "instance.running",
    "instance.document",
    "instance.xflow",
    "instance.xflow_running",
    "instance.xflow_failed",
    "instance.large",
    "instance.types",
  ];
  expect(keys.filter((key) => !values.has(key))).toEqual([]);
  expect([values.get("instance.document"), values.get("project"), lines.at(-1)]).toEqual([
    "20160519101349613gzbzufck2",
    "demo_project",
    "ready=true",
  ]);
  expect(values.get("endpoint")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api$/);
  expect((await fetch(`${values.get("endpoint")}/logview/host`)).status).toBe(200);
  child.kill(signal);
  expect(await closed).toBe(0);
  expect(output.stderr).toBe("");
});

it("says in one line that the port is taken", async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address === null || typeof address === "string" ? 0 : address.port;
  const { output, closed } = run(String(port));
  expect(await closed).toBe(1);
  expect(output).toEqual({
    stdout: "",
    stderr: `simulator: port ${port} is in use; set PORT to another one, or to 0 for any free port\n`,
  });
  server.close();
});

it.each(["70000", "3001x", "-1"])("says in one line that PORT=%s is none", async (port) => {
  const { output, closed } = run(port);
  expect(await closed).toBe(1);
  expect(output.stderr).toBe(`simulator: PORT must be a whole number from 0 to 65535, not "${port}"\n`);
});
