import { describe, expect, it } from "vitest";
import type { SecretsPorts } from "../../src/aws/secrets.ts";
import { createSecrets, SecretMissing } from "../../src/aws/secrets.ts";
import { manualClock } from "../support/manual-clock.ts";

function aStore(values: Record<string, string>) {
  const clock = manualClock();
  const asked: unknown[] = [];
  let failure: Error | undefined;
  const client: SecretsPorts["client"] = {
    async send(command) {
      asked.push(command.input);
      if (failure !== undefined) throw failure;
      const Parameters = (command.input.Names ?? []).flatMap((Name) =>
        values[Name] === undefined ? [] : [{ Name, Value: values[Name] }],
      );
      return { Parameters, $metadata: {} };
    },
  };
  const secrets = createSecrets({ client, path: "/bot/prod", names: ["seal-key", "slack-bot-token"], now: clock.now });
  return { clock, asked, secrets, values, fail: (error: Error | undefined) => (failure = error) };
}

describe("secrets from the parameter store", () => {
  it("are fetched together, decrypted, once", async () => {
    const { asked, secrets } = aStore({ "/bot/prod/seal-key": "k2, k1", "/bot/prod/slack-bot-token": "xoxb" });
    expect(await Promise.all([secrets.value("seal-key"), secrets.values("seal-key"), secrets.value("slack-bot-token")])).toEqual([
      "k2",
      ["k2", "k1"],
      "xoxb",
    ]);
    expect(asked).toEqual([{ Names: ["/bot/prod/seal-key", "/bot/prod/slack-bot-token"], WithDecryption: true }]);
  });

  it("are fetched again after five minutes, or when one is doubted, but not at every doubt", async () => {
    const { clock, asked, secrets, values } = aStore({ "/bot/prod/slack-bot-token": "old" });
    await secrets.value("slack-bot-token");
    values["/bot/prod/slack-bot-token"] = "new";
    secrets.doubt();
    expect(await secrets.value("slack-bot-token")).toBe("old");
    await clock.advance(31_000);
    expect(await secrets.value("slack-bot-token")).toBe("new");
    await clock.advance(299_000);
    await secrets.value("slack-bot-token");
    expect(asked).toHaveLength(2);
    await clock.advance(2_000);
    await secrets.value("slack-bot-token");
    expect(asked).toHaveLength(3);
  });

  it("that are missing are named", async () => {
    const { secrets } = aStore({});
    await expect(secrets.value("seal-key")).rejects.toThrow("/bot/prod/seal-key is missing");
  });

  it("go on being used while the store is away, but cannot be made up at the start", async () => {
    const { clock, secrets, fail } = aStore({ "/bot/prod/seal-key": "k" });
    await secrets.value("seal-key");
    fail(new Error("away"));
    await clock.advance(400_000);
    expect(await secrets.value("seal-key")).toBe("k");
    const fresh = aStore({});
    fresh.fail(new Error("away"));
    await expect(fresh.secrets.value("seal-key")).rejects.toThrow(SecretMissing);
  });

  it("are not asked for again within half a minute of a try that failed: each costs whoever waits", async () => {
    const { clock, asked, secrets, fail } = aStore({ "/bot/prod/seal-key": "k" });
    await secrets.value("seal-key");
    fail(new Error("away"));
    await clock.advance(400_000);
    for (let time = 0; time < 3; time += 1) expect(await secrets.value("seal-key")).toBe("k");
    secrets.doubt();
    expect(await secrets.value("seal-key")).toBe("k");
    expect(asked).toHaveLength(2);
    fail(undefined);
    await clock.advance(31_000);
    await secrets.value("seal-key");
    expect(asked).toHaveLength(3);
  });

  it("that were never read are asked for each time", async () => {
    const { asked, secrets, fail } = aStore({ "/bot/prod/seal-key": "k" });
    fail(new Error("away"));
    await expect(secrets.value("seal-key")).rejects.toThrow(SecretMissing);
    fail(undefined);
    expect(await secrets.value("seal-key")).toBe("k");
    expect(asked).toHaveLength(2);
  });
});
