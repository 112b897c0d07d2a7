import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { Secret } from "../../src/config.ts";
import { alibabaCloudCredentials } from "../../src/local/alibaba-cloud-credentials.ts";
import { createMaxComputeClients } from "../../src/local/maxcompute-clients.ts";
import { startRecordedServer } from "../support/recorded-server.ts";

const aServer = async () => {
  const server = await startRecordedServer(() => ({ body: "<Instance><Status>Running</Status></Instance>" }));
  onTestFinished(() => server.close());
  return server;
};

const aHome = async () => {
  const home = await mkdtemp(join(tmpdir(), "home-"));
  onTestFinished(() => rm(home, { recursive: true }));
  return home;
};

/** Who a client made of these settings and this environment says it is. */
const idOf = async (key: { accessId?: string; accessKey?: Secret }, env: Record<string, string>) => {
  const server = await aServer();
  const settings = { endpoint: `${server.origin}/api`, project: "p1", ...key };
  const clients = createMaxComputeClients(settings, "0", alibabaCloudCredentials(env));
  onTestFinished(() => clients.close());
  await clients.of("p1").getInstance("20261122102030456gabcd12");
  return /^ODPS ([^:]+):/.exec(server.requests[0]?.headers.authorization ?? "")?.[1];
};

const cloud = { ALIBABA_CLOUD_ACCESS_KEY_ID: "cloud-id", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "s" };

describe("the clients of the local run", () => {
  it("use the settings' own key when there is one", async () => {
    expect(await idOf({ accessId: "own-id", accessKey: new Secret("s") }, cloud)).toBe("own-id");
  });

  it("use the key in Alibaba Cloud's variables otherwise", async () => {
    expect(await idOf({}, cloud)).toBe("cloud-id");
  });

  it("use the key in the files of Alibaba Cloud's tools", async () => {
    const home = await aHome();
    await mkdir(join(home, ".alibabacloud"));
    await writeFile(
      join(home, ".alibabacloud/credentials"),
      "[default]\ntype=access_key\naccess_key_id=file-id\naccess_key_secret=s\n",
    );
    expect(await idOf({}, { HOME: home })).toBe("file-id");
  });

  it("say where they looked when there is none", async () => {
    await expect(idOf({}, { HOME: await aHome() })).rejects.toMatchObject({
      kind: "unauthorized",
      message: expect.stringContaining("No credentials were found"),
    });
  });
});
