import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openRequest } from "../../handlers/open-request.ts";
import { seal } from "../../src/aws/envelope.ts";
import { aRequest } from "../support/a-bot.ts";

const [old, next, nobodys] = [1, 2, 3].map(() => randomBytes(32).toString("base64")) as [string, string, string];
const request = aRequest();
const sealedWith = (key: string, content: unknown = request) => seal("CommandRequested", request.id, 5, content, key);

/** Secrets that know the old key, and the new one too once they were doubted. */
function aRotation() {
  let known = [old];
  let doubts = 0;
  const secrets = {
    values: async () => known,
    doubt() {
      doubts += 1;
      known = [next, old];
    },
  };
  return { secrets, doubts: () => doubts };
}

describe("production rules 2 and 29: a sealed request", () => {
  it("opens with the key that is known, without a doubt", async () => {
    const { secrets, doubts } = aRotation();
    expect(await openRequest("CommandRequested", sealedWith(old), secrets)).toEqual(request);
    expect(doubts()).toBe(0);
  });

  it("opens with a key that came up since", async () => {
    expect(await openRequest("CommandRequested", sealedWith(next), aRotation().secrets)).toEqual(request);
  });

  it.each([
    ["with another key", sealedWith(nobodys)],
    ["as another kind", seal("TransferRequested", request.id, 5, request, old)],
    ["around something else", sealedWith(old, { text: "stop" })],
    ["not at all", request],
  ])("is none when it is sealed %s", async (_, detail) => {
    expect(await openRequest("CommandRequested", detail, aRotation().secrets)).toBeUndefined();
  });
});
