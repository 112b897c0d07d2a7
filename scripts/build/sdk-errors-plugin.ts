import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** Clients of which this bot calls one operation and tells no error from another by its class. */
const clients = ["@aws-sdk/client-ssm"];

// The service's base exception is in the registry of another namespace, and stays.
const registered = /^export var (\w+)\$ = \[-3, n0,[^;]*;\nn0_registry\.registerError\(\1\$, \1\);$/gm;

/** Exported for the test: a schema file without the classes that it registers. */
export const withoutErrorClasses = (schemas: string): string => schemas.replace(registered, "");

/**
 * An SDK client registers a class for every error of its service when it is loaded: 150 of them, 50 KB, for the parameter store. An
 * error without a class of its own comes as the service's base exception, with the same name and metadata.
 */
export const sdkErrorsPlugin: Plugin = {
  name: "sdk-errors",
  setup(build) {
    const files = new RegExp(`node_modules/(${clients.join("|")})/dist-es/schemas/schemas_\\d+\\.js$`);
    build.onLoad({ filter: files }, async ({ path }) => ({ contents: withoutErrorClasses(await readFile(path, "utf8")) }));
  },
};
