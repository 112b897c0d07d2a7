import { broken, unclear } from "../../commands/doctor/checkup.ts";
import type { Finding } from "../../view/index.ts";
import { AwsRefusal } from "../signed-call.ts";

/** AWS's word for what went wrong, without its message, which quotes names of the account. */
const wordOf = (error: unknown): string =>
  error instanceof AwsRefusal ? error.code : error instanceof Error ? error.name : "unknown";

const denied = /^AccessDenied/;
const missing = /^(ResourceNotFound|QueueDoesNotExist|NonExistentQueue)/;

/** What a call of AWS that failed says about the deployment. */
export function awsTrouble(error: unknown): Finding {
  const word = wordOf(error);
  if (denied.test(word)) return unclear("the function command may not look", "Deploy the bot anew, all of its stack.");
  if (missing.test(word)) return broken("what is looked for is not there", "Deploy the bot anew, all of its stack.");
  return unclear(`AWS answered ${word}`, "Ask again in a minute.");
}
