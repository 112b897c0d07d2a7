import type { Caller } from "../commands/request.ts";

/** Of what the bot does by itself: following instances. */
export const ownSession = "odps-chatops";

/** By what name Alibaba Cloud's trail shows what somebody's command does: the id is Slack's, which nobody can choose or change. */
export const sessionOf = (caller: Caller | undefined): string => (caller === undefined ? ownSession : `slack-${caller.user}`);
