import { describe, expect, it } from "vitest";
import { faultOf } from "../../src/maxcompute/exchange-error.ts";
import { neverRepeat, nextStep, repeatRead, repeatUnsent, withRetries } from "../../src/maxcompute/retry.ts";
import { deriveSigningKey } from "../../src/maxcompute/sign.ts";
import { createSigningKeys } from "../../src/maxcompute/signing-keys.ts";

const failed = { fault: 503, retryAfterMs: undefined, attempt: 1, timeLeftMs: 10_000 } as const;

describe("nextStep", () => {
  it.each([
    ["repeats a read that met 503", repeatRead, failed, { kind: "repeat", afterMs: 100 }],
    ["doubles the wait each time", repeatRead, { ...failed, attempt: 4 }, { kind: "repeat", afterMs: 800 }],
    ["gives up after the last repetition", repeatRead, { ...failed, attempt: 5 }, { kind: "give-up" }],
    ["gives up on what another attempt meets too", repeatRead, { ...failed, fault: 403 }, { kind: "give-up" }],
    ["gives up on a write that may have arrived", repeatUnsent, failed, { kind: "give-up" }],
    ["repeats a write that never left", repeatUnsent, { ...failed, fault: "not-connected" }, { kind: "repeat", afterMs: 100 }],
    ["gives up on what is not worth it", neverRepeat, { ...failed, fault: "not-connected" }, { kind: "give-up" }],
    ["waits as long as it is told", repeatRead, { ...failed, retryAfterMs: 2000 }, { kind: "repeat", afterMs: 2000 }],
    ["starts no wait beyond the time left", repeatRead, { ...failed, timeLeftMs: 100 }, { kind: "out-of-time" }],
    ["is told to wait for longer than there is time", repeatRead, { ...failed, retryAfterMs: 10_000 }, { kind: "told-to-wait" }],
    [
      "blames its own wait when the one it was told fits",
      repeatRead,
      { ...failed, retryAfterMs: 50, timeLeftMs: 80 },
      { kind: "out-of-time" },
    ],
  ] as const)("%s", (_, policy, attempt, expected) => {
    expect(nextStep(policy, attempt, 0.5)).toEqual(expected);
  });
});

describe("withRetries", () => {
  it("changes how often, but never makes repeatable what is not", () => {
    expect(withRetries(repeatRead, 1).retries).toBe(1);
    expect(withRetries(repeatRead, undefined)).toBe(repeatRead);
    expect(withRetries(neverRepeat, 9).retries).toBe(0);
  });
});

describe("faultOf", () => {
  it.each([
    [{ code: "ENOTFOUND" }, "not-connected"],
    [{ code: "UND_ERR_CONNECT_TIMEOUT" }, "not-connected"],
    [{ code: "ETIMEDOUT", syscall: "connect" }, "not-connected"],
    [{ code: "EAI_FAIL", syscall: "getaddrinfo" }, "not-connected"],
    [{ code: "ETIMEDOUT", syscall: "read" }, "connection-lost"],
    [{ code: "UND_ERR_HEADERS_TIMEOUT" }, "timed-out"],
    [{ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }, "protocol"],
    [{ code: "UND_ERR_SOCKET" }, "connection-lost"],
    [{ code: 7 }, "connection-lost"],
    [undefined, "connection-lost"],
  ])("%j is %s", (error, fault) => {
    expect(faultOf(error)).toBe(fault);
  });
});

describe("createSigningKeys", () => {
  const scope = { region: "cn-test", date: "20261122", prefix: "aliyun_v4" };

  it("derives a key once, and anew for another day, region, prefix or secret", () => {
    let derived = 0;
    const keys = createSigningKeys((secret, from) => {
      derived += 1;
      return deriveSigningKey(secret, from);
    });
    const key = keys("secret", scope);
    expect(keys("secret", { ...scope })).toBe(key);
    expect(derived).toBe(1);
    const others = [
      { ...scope, date: "20261123" },
      { ...scope, region: "us-test" },
      { ...scope, prefix: "acme_v4" },
    ];
    const all = [key, ...others.map((other) => keys("secret", other)), keys("other", scope)].map((bytes) =>
      Buffer.from(bytes).toString("hex"),
    );
    expect(new Set(all).size).toBe(5);
    expect(derived).toBe(5);
  });

  it("forgets the oldest key", () => {
    let derived = 0;
    const keys = createSigningKeys(() => {
      derived += 1;
      return Uint8Array.of(derived);
    });
    for (const date of ["1", "2", "3", "4", "5", "5", "1"]) keys("secret", { ...scope, date });
    expect(derived).toBe(6);
  });
});
