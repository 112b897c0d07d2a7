import { describe, expect, it } from "vitest";
import { aClientOf, failureOf, instanceId } from "../maxcompute/a-client.ts";
import { casesToMatch } from "./vectors.ts";

type Expected = {
  results: Record<string, string>;
  order: string[];
  formats: Record<string, { format: string | null }>;
  error?: { class: string };
};

describe("results", () => {
  it.each(casesToMatch<{ xml: string }, Expected>("results.json"))("$name", async ({ input, expected }) => {
    const { client } = await aClientOf({ body: input.xml });
    if (expected.error !== undefined) {
      expect(await failureOf(client.getTaskResults(instanceId))).toMatchObject({ kind: "malformed", instanceId });
      return;
    }
    const results = await client.getTaskResults(instanceId);
    expect([...results.keys()]).toEqual(expected.order);
    expect(Object.fromEntries([...results].map(([name, { text }]) => [name, text]))).toEqual(expected.results);
    for (const [name, { format }] of Object.entries(expected.formats)) expect(results.get(name)?.format).toBe(format ?? "text");
  });
});
