import { UserError } from "./errors.ts";

/** Said to people of other workspaces, who meet the bot in shared channels. */
export const outsider = (): UserError =>
  new UserError("I answer people of this workspace only, and you are of another one.", {
    tone: "denied",
    next: "Ask a member of the workspace to ask for you.",
  });
