// What the packaging framework has no words for: an alias without provisioned concurrency, and alarms that follow from the template.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { alarmTopic } from "./alarm-topic.ts";
import { alarmsFor } from "./alarms.ts";
import { liveAlias, liveAliasName } from "./live-alias.ts";
import { SettingsError } from "./settings-error.ts";
import type { Resource } from "./template.ts";

type DeployedFunction = {
  readonly handler: string;
  targetAlias?: { readonly name: string; readonly logicalId: string };
  readonly versionLogicalId?: string;
};

/** The part of the framework that is used here. */
type Framework = {
  readonly serviceDir: string;
  readonly service: {
    readonly custom: {
      readonly alarmsTo: string;
      readonly alias: { readonly function: string; readonly provisionedConcurrency: number | string };
    };
    readonly provider: { readonly compiledCloudFormationTemplate: { readonly Resources: Record<string, Resource> } };
    getAllFunctions(): readonly string[];
    getFunction(name: string): DeployedFunction;
  };
  getProvider(name: "aws"): { readonly naming: { getLambdaLogicalId(name: string): string } };
};

export default class LiveAliasAndAlarms {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor(serverless: Framework) {
    const { service } = serverless;
    const aliased = () => service.getFunction(service.custom.alias.function);
    const functionId = () => serverless.getProvider("aws").naming.getLambdaLogicalId(service.custom.alias.function);
    const aliasId = () => `${functionId()}LiveAlias`;
    const resources = () => service.provider.compiledCloudFormationTemplate.Resources;
    const bundles = () =>
      service.getAllFunctions().map((name) => service.getFunction(name).handler.replace(/\.handler$/, ".mjs"));

    this.hooks = {
      "before:package:createDeploymentArtifacts": () => {
        const missing = bundles().filter((file) => !existsSync(join(serverless.serviceDir, file)));
        if (missing.length > 0)
          throw new SettingsError(`build the bundles first (npm run build): ${missing.join(", ")} not found`);
      },
      // Known before the function is compiled, so that the framework points the URL and its permissions at the alias.
      "before:package:compileFunctions": () => {
        aliased().targetAlias = { name: liveAliasName, logicalId: aliasId() };
      },
      "after:package:compileFunctions": () => {
        const { versionLogicalId } = aliased();
        const needed = `${service.custom.alias.function} needs versionFunction: true for its alias`;
        if (versionLogicalId === undefined) throw new SettingsError(needed);
        resources()[aliasId()] = liveAlias(functionId(), versionLogicalId, Number(service.custom.alias.provisionedConcurrency));
      },
      // After the resources of serverless.yml were merged in.
      "after:aws:package:finalize:mergeCustomProviderResources": () => {
        const topic = alarmTopic(service.custom.alarmsTo);
        Object.assign(resources(), topic.resources, alarmsFor(service.provider.compiledCloudFormationTemplate, topic.actions));
      },
    };
  }
}
