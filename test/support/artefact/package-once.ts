// The artefact as it would be deployed: the real bundles in the real package, in a folder of its own, and gone again afterwards.
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { bundle } from "../../../scripts/build/bundle.ts";
import type { FunctionName } from "../../../src/aws/deployment.ts";

export type Artefact = {
  readonly template: unknown;
  /** The zip of a function, by its logical id. */
  readonly zip: (functionLogicalId: string) => Buffer;
};

export type Packaged = Pick<Artefact, "template"> & { readonly zips: ReadonlyMap<string, Buffer> };

const root = new URL("../../..", import.meta.url).pathname;

/** One file a function that is deployed; each has a zip of the same name. */
const functions = {
  SlackLambdaFunction: "slack",
  CommandLambdaFunction: "command",
  TransferLambdaFunction: "transfer",
  ApologiseLambdaFunction: "apologise",
  TickLambdaFunction: "tick",
  HotLambdaFunction: "hot",
  ShardLambdaFunction: "shard",
} as const satisfies Readonly<Record<string, FunctionName>>;

/** What a deployment has to say. The names are real ones: the sandboxes' network leads them to the simulators. */
export const deployment = {
  stage: "prod",
  slackTeamId: "T0ODPSSIM",
  odpsEndpoint: "https://service.cn-hangzhou.maxcompute.aliyun.com/api",
  odpsProject: "demo_project",
  odpsAccessId: "artefact-access-id",
  odpsPolicy: "allow U0ANN0001 admin; allow U0BOB0001 operator; allow U0VIC0001 viewer; allow channels operator",
} as const;

/** Builds and packages a copy of this project, without an account or a network. */
export async function packageOnce(): Promise<Packaged> {
  const folder = mkdtempSync(join(tmpdir(), "odps-artefact-"));
  try {
    for (const part of ["serverless.yml", "serverless", "scripts/package", "package.json"]) {
      cpSync(join(root, part), join(folder, part), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const outDir = join(folder, "dist");
    await Promise.all(Object.values(functions).map((name) => bundle(name, { root, outDir })));

    const { stage, ...parameters } = deployment;
    const params = Object.entries(parameters).flatMap(([name, value]) => ["--param", `${name}=${value}`]);
    const serverless = join(root, "node_modules", "serverless", "bin", "serverless.js");
    const env = { PATH: process.env.PATH ?? "", HOME: folder, NO_COLOR: "1" };
    await promisify(execFile)(process.execPath, [serverless, "package", "--stage", stage, ...params], { cwd: folder, env });

    const read = (name: string) => readFileSync(join(folder, ".serverless", name));
    const zips = new Map(
      Object.entries(functions).map(([logicalId, name]): [string, Buffer] => [logicalId, read(`${name}.zip`)]),
    );
    return {
      template: JSON.parse(read("cloudformation-template-update-stack.json").toString("utf8")),
      zips,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
