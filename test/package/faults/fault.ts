// A fault to be planted in a good template, and what the check says of it.
import type { Json, Template } from "../../../scripts/package/template.ts";

export type Fault = {
  readonly what: string;
  /** Where in the template. */
  readonly path: readonly (string | number)[];
  /** What is put there; undefined takes away what is there. */
  readonly value: Json | undefined;
  readonly says: RegExp;
};

type Node = Record<string | number, unknown>;

/** A copy with something else at a path. Throws when the path leads nowhere: the fault would not be one. */
export function plant(template: Template, path: readonly (string | number)[], value: Json | undefined): Template {
  const copy: Template & Node = JSON.parse(JSON.stringify(template));
  const last = path.at(-1) ?? "";
  let here: Node = copy;
  for (const step of path.slice(0, -1)) {
    if (typeof here[step] !== "object" || here[step] === null) throw new Error(`nothing stands at ${path.join(".")}`);
    here = here[step] as Node;
  }
  if (value === undefined && !(last in here)) throw new Error(`nothing stands at ${path.join(".")}`);
  if (value === undefined) delete here[last];
  else here[last] = value;
  return copy;
}

/** What CloudFormation fills in. */
export const placeholder = (name: string) => `\${${name}}`;
const [partition, region, account] = ["AWS::Partition", "AWS::Region", "AWS::AccountId"].map(placeholder);
/** A parameter of the store, by its name. */
export const parameter = (name: string): Json => ({ "Fn::Sub": `arn:${partition}:ssm:${region}:${account}:parameter${name}` });

/** A place in the properties of a resource. */
export const resource = (id: string, ...path: (string | number)[]) => ["Resources", id, "Properties", ...path];
/** A part of a statement of a role. */
export const grant = (role: string, statement: number, part: string) =>
  resource(role, "Policies", 0, "PolicyDocument", "Statement", statement, part);
export const arn = (id: string): Json => ({ "Fn::GetAtt": [id, "Arn"] });
