import { type Checkup, ok } from "./checkup.ts";

export type VersionFacts = {
  readonly version: string;
  /** As Node writes it: v24.1.0. */
  readonly node: string;
  /** "on AWS in eu-central-1". */
  readonly where: string;
};

export const versionCheckup = ({ version, node, where }: VersionFacts): Checkup => ({
  name: "Version",
  run: async () => ok(`odps-chatops ${version} on Node ${node.replace(/^v/, "")}, ${where}`),
});
