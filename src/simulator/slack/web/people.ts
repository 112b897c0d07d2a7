// Who is who, and what is refused on principle.
import type { Person } from "../api.ts";
import type { Json } from "../judge/json.ts";
import { bot, findPerson, team, userGroups } from "../world.ts";
import type { Arguments } from "./arguments.ts";
import type { Methods } from "./method.ts";
import { Refusal } from "./refusal.ts";

/** Offset of a zone from UTC at this moment, in seconds. */
function offsetSeconds(timeZone: string, now: number): number {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(now);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours = "0", minutes = "0"] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === "-" ? -60 : 60) * (Number(hours) * 60 + Number(minutes));
}

function asSlackUser({ id, name, realName, tz, isBot, role }: Person, now: number): Json {
  return {
    id,
    team_id: team.id,
    name,
    deleted: false,
    real_name: realName,
    tz,
    tz_label: tz,
    tz_offset: offsetSeconds(tz, now),
    profile: { real_name: realName, display_name: name },
    is_admin: role === "admin",
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: isBot,
    is_app_user: false,
  };
}

/** The person of an id; a name is not enough for the Web API. */
function known(id: string): Person {
  const person = findPerson(id);
  if (person?.id !== id) throw new Refusal("user_not_found");
  return person;
}

function groupUsers(args: Arguments): Json {
  const group = userGroups.find(({ id }) => id === args.required("usergroup"));
  if (group === undefined) throw new Refusal("no_such_subteam");
  return { users: group.users };
}

const identity = {
  url: `https://${team.domain}.slack.com/`,
  team: team.name,
  user: bot.name,
  team_id: team.id,
  user_id: bot.userId,
  bot_id: bot.id,
  app_id: bot.appId,
  is_enterprise_install: false,
};

export const peopleMethods: Methods = {
  "auth.test": { tier: "special", run: () => identity },
  "users.info": {
    scope: "users:read",
    tier: "tier4",
    run: (args, { clock }) => ({ user: asSlackUser(known(args.required("user")), clock.now()) }),
  },
  "usergroups.users.list": { scope: "usergroups:read", tier: "tier2", run: groupUsers },
  // Socket mode needs an app-level token, and there is none here.
  "apps.connections.open": {
    tier: "tier1",
    run() {
      throw new Refusal("not_allowed_token_type");
    },
  },
};
