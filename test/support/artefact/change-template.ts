// Deployments that went wrong, or are not alone in their account.
import { aFunction } from "../cloud/a-template.ts";

type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>>;
type Template = { readonly Resources: Resources };
export type Change = (template: unknown) => unknown;

const changed = (template: unknown, change: (resources: Resources) => Resources): unknown => {
  const read = template as Template;
  return { ...read, Resources: change(read.Resources) };
};

/** Without one of its resources. */
export const without = (logicalId: string) => (template: unknown) =>
  changed(template, ({ [logicalId]: _, ...rest }) => rest as Resources);

/** With other properties of one resource. */
export const withProperties = (logicalId: string, properties: Readonly<Record<string, unknown>>) => (template: unknown) =>
  changed(template, (resources) => {
    const resource = resources[logicalId];
    if (resource === undefined) throw new Error(`the template has no ${logicalId}`);
    return { ...resources, [logicalId]: { ...resource, Properties: { ...resource.Properties, ...properties } } };
  });

/** With other values of settings, in every function that is given them. */
export const withSettings = (values: Readonly<Record<string, string>>) => (template: unknown) =>
  changed(template, (resources) =>
    Object.fromEntries(
      Object.entries(resources).map(([id, resource]) => {
        const { Variables } = (resource.Properties?.Environment ?? {}) as {
          readonly Variables?: Readonly<Record<string, unknown>>;
        };
        if (Variables === undefined) return [id, resource];
        const known = Object.entries(values).filter(([name]) => name in Variables);
        const Environment = { Variables: { ...Variables, ...Object.fromEntries(known) } };
        return [id, { ...resource, Properties: { ...resource.Properties, Environment } }];
      }),
    ),
  );

/** With the rules that call by the clock off. */
export const withoutSchedules = (template: unknown): unknown =>
  changed(template, (resources) =>
    Object.fromEntries(
      Object.entries(resources).map(([id, resource]) =>
        resource.Properties?.ScheduleExpression === undefined
          ? [id, resource]
          : [id, { ...resource, Properties: { ...resource.Properties, State: "DISABLED" } }],
      ),
    ),
  );

/** With a rule of somebody else on our bus, which sends what it likes to our queues. */
export const withStranger = (template: unknown): unknown =>
  changed(template, (resources) => ({
    ...resources,
    StrangersRule: {
      Type: "AWS::Events::Rule",
      Properties: {
        Name: "strangers",
        EventBusName: { Ref: "PrivateBus" },
        EventPattern: { source: ["somebody-else"] },
        Targets: ["ApologiesQueue", "FailuresQueue"].map((queue) => ({ Id: queue, Arn: { "Fn::GetAtt": [queue, "Arn"] } })),
      },
    },
  }));

/** With somebody else in the account who may put events on every bus. */
export const withNeighbour = (template: unknown): unknown =>
  changed(template, (resources) => ({ ...resources, ...aFunction("Neighbour", {}, [["events:PutEvents", "*"]]) }));
