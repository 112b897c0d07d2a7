// A function is given the settings that it reads, no more and no fewer.
import { isObject, ofType, property, type Template } from "../template.ts";
import { functionName } from "./functions.ts";

/** A setting of the deployed bot and the functions that read it. */
export type DeployedSetting = { readonly name: string; readonly functions: readonly string[] };

export function checkEnvironment(template: Template, settings: readonly DeployedSetting[]): string[] {
  return ofType(template, "AWS::Lambda::Function").flatMap(([id, resource]) => {
    const variables = property(resource, "Environment", "Variables");
    const given = isObject(variables) ? Object.keys(variables) : [];
    const wanted = settings.filter(({ functions }) => functions.includes(functionName(resource))).map(({ name }) => name);
    return [
      ...wanted.filter((name) => !given.includes(name)).map((name) => `${id}: is not given ${name}`),
      ...given.filter((name) => !wanted.includes(name)).map((name) => `${id}: is given ${name}, which it does not read`),
    ];
  });
}
