// What the door needs to open a modal, loaded when it opens its first one.
import { WebClient } from "@slack/web-api";
import type { Secrets } from "../src/aws/secrets.ts";
import type { Clock } from "../src/bot.ts";
import type { FormOpener } from "../src/commands/opening.ts";
import { createFormOpener, openWithinMs } from "../src/slack/form-opener.ts";
import { withFreshToken } from "../src/slack/fresh-token.ts";

export async function openForms(secrets: Secrets, clock: Clock): Promise<FormOpener> {
  const token = () => secrets.value("slack-bot-token");
  const client = new WebClient(await token(), {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: openWithinMs,
    fetch: withFreshToken({ fetch: globalThis.fetch, token, doubt: secrets.doubt }),
  });
  return createFormOpener({ client, clock });
}
