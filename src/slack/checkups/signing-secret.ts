import { type Checkup, ok, unclear, warning } from "../../commands/doctor/checkup.ts";
import type { CommandRequest } from "../../commands/request.ts";
import type { Finding } from "../../view/index.ts";

/** What the door says of the secrets by which it knows Slack: this request has passed one of them. */
export const signingSecretCheckup = ({ signingSecrets }: CommandRequest): Checkup => ({
  name: "Signing secret",
  run: async () => judgeSecrets(signingSecrets),
});

function judgeSecrets(count: number | undefined): Finding {
  if (count === undefined) return unclear("the door did not say how many it takes", "Deploy all functions of the bot together.");
  if (count === 1) return ok("there is one, and Slack signs with it");
  return warning(
    `${count} are taken, as while one is rotated`,
    "Take the old one out of the parameter slack-signing-secret once Slack has the new one.",
  );
}

/** A connection that the bot opened itself: Slack signs nothing. */
export const noSigningSecretCheckup: Checkup = {
  name: "Signing secret",
  run: async () => ok("none is needed: the bot opens the connection to Slack itself"),
};
