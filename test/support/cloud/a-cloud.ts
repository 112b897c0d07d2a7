// A cloud of a few functions for the tests of this cloud; closed after each test.
import { afterEach } from "vitest";
import { type ManualClock, manualClock } from "../manual-clock.ts";
import type { Resources } from "./a-template.ts";
import { type Cloud, type CloudOptions, startCloud } from "./start.ts";
import { writeZip } from "./zip/write.ts";

export type CodeByFunction = Readonly<Record<string, string | Buffer>>;
type ACloudOptions = Omit<CloudOptions, "template" | "artefacts" | "clock">;

const zipOf = (code: string | Buffer | undefined): Buffer =>
  typeof code === "string" ? writeZip({ "index.mjs": code }) : (code ?? writeZip({}));

/** Gives a function that starts clouds: of resources, and of each function's code (the text of index.mjs, or a zip). */
export function cloudsOfThisFile() {
  const open: Cloud[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((cloud) => cloud.close()));
  });
  return async (
    resources: readonly Resources[],
    code: CodeByFunction = {},
    options: ACloudOptions = {},
  ): Promise<{ readonly cloud: Cloud; readonly clock: ManualClock }> => {
    const clock = manualClock();
    const cloud = await startCloud({
      ...options,
      template: { Resources: Object.assign({}, ...resources) as Resources },
      artefacts: (logicalId) => zipOf(code[logicalId]),
      clock,
    });
    open.push(cloud);
    return { cloud, clock };
  };
}
