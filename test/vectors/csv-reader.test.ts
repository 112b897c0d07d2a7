import { describe, expect, it } from "vitest";
import { collect, instanceId } from "../maxcompute/a-client.ts";
import { aTunnel } from "../maxcompute/tunnel/a-tunnel.ts";
import { casesToMatch, recordedCases } from "./vectors.ts";

type Input = { text: string };
type Expected = { columns: string[]; rows: (string | null)[][] };

/** The rows of an inline result, of a service without a tunnel. */
const open = async ({ text }: Input) => {
  const csv = Buffer.from(text).toString("base64");
  const body = `<Instance><Tasks><Task Type="SQL"><Name>t1</Name><Result Transform="Base64" Format="csv"><![CDATA[${csv}]]></Result><Status>Success</Status></Task></Tasks></Instance>`;
  const { client } = await aTunnel({ result: { body } });
  const { schema, rows, via } = await client.openResult(instanceId);
  return { columns: schema.map(({ name }) => name), rows: await collect(rows), via };
};

describe("the rows of an inline result", () => {
  it.each(casesToMatch<Input, Expected>("csv_reader.json"))("$name", async ({ input, expected }) => {
    expect(await open(input)).toEqual({ columns: expected.columns, rows: expected.rows, via: "inline" });
  });

  it.each(recordedCases<Input, Expected>("csv_reader.json").filter(({ name }) => name === "empty"))(
    "$name: none, and no columns",
    async ({ input }) => {
      expect(await open(input)).toEqual({ columns: [], rows: [], via: "inline" });
    },
  );
});
