// A handler that makes any call of AWS by the real SDK, for the tests of this cloud.
import { buildSync } from "esbuild";
import { writeZip } from "./zip/write.ts";

const source = `
  import { EventBridge } from "@aws-sdk/client-eventbridge";
  import { SSM } from "@aws-sdk/client-ssm";
  import { DynamoDB } from "@aws-sdk/client-dynamodb";
  // Each call is made once, on a connection of its own: one kept over a freeze is dead.
  const once = { maxAttempts: 1, requestHandler: { httpAgent: { keepAlive: false } } };
  const clients = { events: new EventBridge(once), ssm: new SSM(once), dynamodb: new DynamoDB(once) };
  export const handler = async ({ service, call, input }) => {
    try {
      const { $metadata, ...output } = await clients[service][call](input);
      return output;
    } catch (error) {
      return { refused: error.name, code: error.code };
    }
  };`;

/** The zip of a function that takes `{ service, call, input }` and gives the SDK's output, or `{ refused }`. */
export function sdkZip(): Buffer {
  const built = buildSync({
    stdin: { contents: source, resolveDir: import.meta.dirname },
    ...{ bundle: true, minify: true, write: false, platform: "node", format: "esm", target: "node24" },
    mainFields: ["module", "main"],
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  return writeZip({ "index.mjs": built.outputFiles[0]?.contents ?? "" });
}
