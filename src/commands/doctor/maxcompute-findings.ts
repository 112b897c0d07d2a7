import { MaxComputeError, type MaxComputeErrorKind } from "../../maxcompute/index.ts";
import type { Finding } from "../../view/index.ts";
import { quoted } from "../words.ts";
import { broken, unclear } from "./checkup.ts";

/** What was tried: "may list instances", and the permission that it takes. */
export type Tried = { readonly may: string; readonly permission: string; readonly project: string };

type Told = Partial<Record<MaxComputeErrorKind, (tried: Tried) => readonly [seen: string, fix: string]>>;

/** Something has to be put right. */
const wrong: Told = {
  denied: ({ may, permission, project }) => [
    `may not ${may} in ${quoted(project)}`,
    `Grant ${permission} to the bot's MaxCompute account.`,
  ],
  unauthorized: () => [
    "MaxCompute does not accept the access key",
    "Give the bot the id and the secret of a key that is in force.",
  ],
  "no-such-project": ({ project }) => [
    `MaxCompute knows no project ${quoted(project)}`,
    "Choose another for this channel with `use <project>`, or correct ODPS_PROJECT.",
  ],
  "clock-skew": () => ["MaxCompute refuses this bot's clock", "See what `Clock` says."],
  unreachable: () => ["MaxCompute cannot be reached", "Check ODPS_ENDPOINT, and that the bot's network leads there."],
  malformed: () => ["what answers is not MaxCompute", "Check ODPS_ENDPOINT: it ends in /api as a rule."],
  invalid: () => ["MaxCompute refuses the request as it stands", "Check ODPS_ENDPOINT and ODPS_PROJECT."],
};

/** It may be over in a minute. */
const passing: Told = {
  timeout: () => [
    "MaxCompute did not answer in time",
    "Ask again in a minute; if it lasts, check ODPS_ENDPOINT and the network.",
  ],
  throttled: () => ["MaxCompute asks to slow down", "Ask again in a minute."],
  server: () => ["MaxCompute failed on its side", "Ask again in a minute."],
};

const noKey = [
  "there is no key to ask MaxCompute with",
  "Give the bot an access key that is in force; where it acts in a role, see what `Role` says.",
] as const;

/** What a failed try says. Throws what is no answer of MaxCompute. */
export function findingOf(error: unknown, tried: Tried): Finding {
  if (!(error instanceof MaxComputeError)) throw error;
  const { kind, code = "" } = error;
  // Nobody has refused a key that there was none of.
  if (kind === "unauthorized" && error.httpStatus === undefined) return broken(...noKey);
  const isWrong = wrong[kind]?.(tried);
  if (isWrong !== undefined) return broken(...isWrong);
  const isPassing = passing[kind]?.(tried);
  if (isPassing !== undefined) return unclear(...isPassing);
  return unclear(`MaxCompute answered ${quoted(code === "" ? kind : code)}`, "Look that code up in MaxCompute's documentation.");
}
