import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** The clients, each with the errors that this bot tells from others by their class. */
const clients: Readonly<Record<string, readonly string[]>> = {
  "@aws-sdk/client-ssm": [],
  "@aws-sdk/client-eventbridge": [],
  "@aws-sdk/client-dynamodb": ["ConditionalCheckFailedException"],
};

// The service's base exception is in the registry of another namespace, and stays.
const registered = /^export var (\w+)\$ = \[-3, n0,[^;]*;\nn0_registry\.registerError\(\1\$, \1\);$/gm;

/** Exported for the test: a schema file without the classes that it registers, but for those to be kept. */
export const withoutErrorClasses = (schemas: string, kept: readonly string[] = []): string =>
  schemas.replace(registered, (whole, name: string) => (kept.includes(name) ? whole : ""));

/**
 * An SDK client registers a class for every error of its service when it is loaded: 150 of them, 50 KB, for the parameter store. An
 * error without a class of its own comes as the service's base exception, with the same name and metadata.
 */
export const sdkErrorsPlugin: Plugin = {
  name: "sdk-errors",
  setup(build) {
    for (const [client, kept] of Object.entries(clients)) {
      const files = new RegExp(`node_modules/${client}/dist-es/schemas/schemas_\\d+\\.js$`);
      build.onLoad({ filter: files }, async ({ path }) => ({
        contents: withoutErrorClasses(await readFile(path, "utf8"), kept),
      }));
    }
  },
};
