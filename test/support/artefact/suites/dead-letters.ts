// What is lost on the way: it is told to the person, counted where an alarm watches, and nobody else may write to the queues.
import { describe, expect, it } from "vitest";
import type { JsonObject, Template } from "../../../../scripts/package/template.ts";
import { listOf, ofType, pointsAt, property } from "../../../../scripts/package/template.ts";
import { type Change, without, withProperties, withStranger } from "../change-template.ts";
import { wordsOf } from "../people.ts";
import type { StartScene } from "../scenes.ts";
import { aCommand, sealed } from "../sealed.ts";

const worker = "CommandLambdaFunction";

/** Whether an alarm of this template goes off at the first of this metric of this resource. */
function hasAlarm(template: Template, metric: string, logicalId: string): boolean {
  const name = property(template.Resources[logicalId], "Name");
  return ofType(template, "AWS::CloudWatch::Alarm").some(
    ([, alarm]) =>
      property(alarm, "MetricName") === metric &&
      property(alarm, "Threshold") === 0 &&
      listOf(property(alarm, "Dimensions"))
        .map((dimension) => (dimension as JsonObject).Value)
        .some((value) => pointsAt(value) === logicalId || (name !== undefined && value === name)),
  );
}

type Policy = { readonly PolicyDocument: { readonly Statement: readonly { readonly Sid: string }[] } };

const withoutRightTo =
  (role: string, sid: string): Change =>
  (template) => {
    const [policy] = listOf(property((template as Template).Resources[role], "Policies")) as unknown as readonly [Policy];
    const Statement = policy.PolicyDocument.Statement.filter(({ Sid }) => Sid !== sid);
    return withProperties(role, { Policies: [{ ...policy, PolicyDocument: { ...policy.PolicyDocument, Statement } }] })(template);
  };

const both =
  (...changes: readonly Change[]): Change =>
  (template) =>
    changes.reduce<unknown>((changed, change) => change(changed), template);

const losses: readonly (readonly [string, string, string, Change])[] = [
  ["a target that cannot be called", "FailedInvocations", "CommandRule", without("CommandPermission")],
  [
    "a dead letter that cannot be sent",
    "InvocationsFailedToBeSentToDlq",
    "CommandRule",
    both(without("CommandPermission"), without("FailuresQueuePolicy")),
  ],
  [
    "a request that was held back for a minute",
    "AsyncEventsDropped",
    worker,
    withProperties(worker, { ReservedConcurrentExecutions: 0 }),
  ],
  [
    "a failure that cannot be handed on",
    "DestinationDeliveryFailures",
    worker,
    both(withProperties(worker, { ReservedConcurrentExecutions: 0 }), withoutRightTo("CommandRole", "TellFailures")),
  ],
];

export function deadLetters(aScene: StartScene): void {
  describe("production rule 31: what is lost on the way", () => {
    it.each(losses)("%s is apologised for within the minute, and %s of %s has an alarm", async (_, metric, resource, change) => {
      let packaged: unknown;
      const { world, people } = await aScene({
        template: (template) => {
          packaged = template;
          return change(template);
        },
      });
      const told = await people.heard("vic", () => people.command("vic", "list"), 60);
      expect(wordsOf(people.only(told))).toContain("Please ask again");
      expect(world.cloud.metrics.of(metric, resource)).toBeGreaterThan(0);
      expect(hasAlarm(packaged as Template, metric, resource)).toBe(true);
    });

    it("is told by our rules alone: another rule's events reach neither queue", async () => {
      const { world, people } = await aScene({ template: withStranger });
      const entry = sealed(world, aCommand(world, "list"));
      const told = await people.heard("bob", async () => world.cloud.putEvents([{ ...entry, Source: "somebody-else" }]), 120);
      expect(told).toEqual([]);
      expect(world.cloud.metrics.of("FailedInvocations", "StrangersRule")).toBe(2);
      for (const name of ["ApologiesQueue", "FailuresQueue"]) expect(world.cloud.queue(name)?.sent()).toEqual([]);
    });
  });
}
