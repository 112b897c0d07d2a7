// The connections of a sandbox that stands still.
import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { cloudsOfThisFile } from "../support/cloud/a-cloud.ts";
import { aFunction } from "../support/cloud/a-template.ts";

const aCloud = cloudsOfThisFile();

describe("a frozen sandbox's connections", () => {
  const code = `
    import { Agent, request } from "node:http";
    const agent = new Agent({ keepAlive: true });
    const get = (url) => new Promise((done) => {
      const sent = request(url, { agent }, (response) => { response.resume(); response.on("end", () => done(sent.reusedSocket ? "old" : "new")); });
      sent.on("error", (error) => done(error.code)).end();
    });
    export const handler = async ({ urls }) => {
      const seen = [];
      for (const url of urls ?? [process.env.AWS_ENDPOINT_URL, process.env.AWS_ENDPOINT_URL]) seen.push(await get(url));
      return seen;
    };`;

  it("to AWS are cut: the first use after the thaw meets a dead one", async () => {
    const { cloud } = await aCloud([aFunction("Fn")], { Fn: code });
    expect(await cloud.invoke("Fn", {})).toMatchObject({ payload: '["new","old"]' });
    const second = await cloud.invoke("Fn", {});
    expect(second).toMatchObject({ payload: expect.not.stringMatching(/^\["old/) });
  });

  it("to servers outside are cut too, and nobody else's are", async () => {
    const server = createServer((_, response) => response.end("ok"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    try {
      const { cloud } = await aCloud([aFunction("Fn")], { Fn: code }, { outside: [server] });
      await fetch(url);
      await cloud.invoke("Fn", { urls: [url] });
      const open = await new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
      expect(open).toBe(1);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
