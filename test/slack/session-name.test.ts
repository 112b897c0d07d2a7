import { expect, it } from "vitest";
import { sessionOf } from "../../src/slack/session-name.ts";

it("a session is named after the Slack user, and after the bot where nobody asks", () => {
  expect(sessionOf({ team: "T1", user: "U0123ABCD" })).toBe("slack-U0123ABCD");
  expect(sessionOf({ team: "E1", user: "W0123ABCD" })).toBe("slack-W0123ABCD");
  expect(sessionOf(undefined)).toBe("odps-chatops");
});
