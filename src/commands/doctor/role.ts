// Whether the bot's key can have a session of the role in which it acts, under the name of whoever asks.
import { MaxComputeError, type MaxComputeErrorKind, type RoleSessions } from "../../maxcompute/index.ts";
import type { Finding } from "../../view/index.ts";
import { quoted } from "../words.ts";
import { broken, type Checkup, ok, unclear } from "./checkup.ts";

type Words = readonly [seen: string, fix: string];

const endpointFix = "Check ODPS_STS_ENDPOINT, and that the bot's network leads there.";

/** Something has to be put right. */
const wrong: Partial<Record<MaxComputeErrorKind, Words>> = {
  denied: [
    "the bot's key may not assume the role",
    "Let the role trust the RAM user of the key, and grant that user sts:AssumeRole on the role; an account's own key cannot assume any.",
  ],
  "not-found": ["there is no such role", "Correct ODPS_ROLE_ARN."],
  invalid: ["STS refuses the request as it stands", "Check ODPS_ROLE_ARN."],
  unauthorized: ["STS does not accept the access key", "Give the bot the id and the secret of a key that is in force."],
  "clock-skew": ["STS refuses this bot's clock", "See what `Clock` says."],
  unreachable: ["STS cannot be reached", endpointFix],
  malformed: ["what answers is not STS", endpointFix],
  "too-large": ["what answers is not STS", endpointFix],
};

/** It may be over in a minute. */
const passing: Partial<Record<MaxComputeErrorKind, Words>> = {
  timeout: ["STS did not answer in time", `Ask again in a minute. ${endpointFix}`],
  throttled: ["STS asks to slow down", "Ask again in a minute."],
  server: ["STS failed on its side", "Ask again in a minute."],
};

/** What to look up, or to ask its people with. */
const traceOf = ({ code, requestId }: MaxComputeError): string => {
  const known = [code, requestId === undefined ? undefined : `request ${requestId}`].filter((each) => each !== undefined);
  return known.length === 0 ? "" : ` (${known.join(", ")})`;
};

function findingOf(error: unknown): Finding {
  if (!(error instanceof MaxComputeError)) throw error;
  const isWrong = wrong[error.kind];
  if (isWrong !== undefined) return broken(`${isWrong[0]}${traceOf(error)}`, isWrong[1]);
  const [seen, fix] = passing[error.kind] ?? ["STS refuses the session", "Look that code up in Alibaba Cloud's documentation."];
  return unclear(`${seen}${traceOf(error)}`, fix);
}

/** A new session each time: one that is kept would say nothing of the trust that was taken back since. None where there is no role. */
export const roleCheckups = (sessions: RoleSessions | undefined, sessionName: string): readonly Checkup[] =>
  sessions === undefined
    ? []
    : [
        {
          name: "Role",
          async run() {
            try {
              await sessions.tryOut(sessionName);
            } catch (error) {
              return findingOf(error);
            }
            return ok(`can be assumed; Alibaba Cloud's trail shows what you do as ${quoted(sessionName)}`);
          },
        },
      ];
