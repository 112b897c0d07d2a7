import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { Secret } from "../../src/config.ts";
import { alibabaCloudCredentials } from "../../src/local/alibaba-cloud-credentials.ts";
import { createMaxComputeClients } from "../../src/local/maxcompute-clients.ts";
import { startLoopbackSts } from "../support/loopback-sts.ts";
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
  await clients.of("p1", "slack-U1").getInstance("20261122102030456gabcd12");
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

describe("the clients of the local run, in a role", () => {
  const inRole = async () => {
    const server = await aServer();
    const sts = await startLoopbackSts({ keys: { "own-id": "own-secret", "cloud-id": "s" }, now: Date.now });
    onTestFinished(() => sts.server.close());
    const role = { roleArn: "acs:ram::1:role/odps-chatops", stsEndpoint: sts.endpoint };
    const askedBy = () => server.requests.map(({ headers }) => /^ODPS ([^:]+):/.exec(headers.authorization ?? "")?.[1]);
    const make = (key: { accessId?: string; accessKey?: Secret }) => {
      const settings = { endpoint: `${server.origin}/api`, project: "p1", ...role, ...key };
      const clients = createMaxComputeClients(settings, "0", alibabaCloudCredentials(cloud));
      onTestFinished(() => clients.close());
      return async (project: string, session: string) => {
        await clients.of(project, session).getInstance("20261122102030456gabcd12");
      };
    };
    return { sts, server, askedBy, make };
  };
  const own = { accessId: "own-id", accessKey: new Secret("own-secret") };

  it("ask in each person's own session, which serves all projects", async () => {
    const { sts, askedBy, make, server } = await inRole();
    const ask = make(own);
    await ask("p1", "slack-U1");
    await ask("p2", "slack-U1");
    await ask("p1", "slack-U2");
    await ask("p1", "slack-U1");
    const [ann, bob] = ["STS.slack-U1.1", "STS.slack-U2.2"];
    expect(askedBy()).toEqual([ann, ann, bob, ann]);
    expect(server.requests.map(({ headers }) => headers["authorization-sts-token"])).toEqual(
      [0, 0, 1, 0].map((which) => sts.given[which * 2 + 1]),
    );
    expect(sts.names()).toEqual(["slack-U1", "slack-U2"]);
  });

  it("assume it with the key that Alibaba Cloud's own tools would use, where the settings have none", async () => {
    const { sts, askedBy, make } = await inRole();
    await make({})("p1", "slack-U1");
    expect(sts.assumed[0]?.get("AccessKeyId")).toBe("cloud-id");
    expect(askedBy()).toEqual(["STS.slack-U1.1"]);
  });
});
