// The secrets of a deployment, as its parameters.
import { createHash } from "node:crypto";

const made = (what: string): string => createHash("sha256").update(`artefact ${what}`).digest("hex");

export const secrets = {
  signing: made("signing"),
  newSigning: made("new signing"),
  botToken: `xoxb-${made("bot token")}`,
  sealKey: createHash("sha256").update("artefact seal key").digest("base64"),
  accessKey: made("access key"),
} as const;

export const secretsPath = "/odps-chatops/prod";

/** The parameter store of a deployment. It may be written to while the functions are warm. */
export const parameterStore = (): Record<string, string> => ({
  [`${secretsPath}/slack-signing-secret`]: secrets.signing,
  [`${secretsPath}/slack-bot-token`]: secrets.botToken,
  [`${secretsPath}/seal-key`]: secrets.sealKey,
  [`${secretsPath}/odps-access-key`]: secrets.accessKey,
});
