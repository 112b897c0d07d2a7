import type { Channel, Person } from "../api.ts";
import type { Json } from "../judge/json.ts";
import type { Workspace } from "../workspace.ts";
import { bot, team } from "../world.ts";
import { type Answer, send } from "./send.ts";

/** What every interactive payload says of where it comes from. */
export function payloadOf(type: string, person: Person): Json {
  return {
    type,
    user: { id: person.id, username: person.name, name: person.name, team_id: team.id },
    api_app_id: bot.appId,
    token: "verification-token",
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function channelField({ id, name, kind }: Channel): Json {
  if (kind === "im") return { id, name: "directmessage" };
  return { id, name: kind === "private" ? "privategroup" : name };
}

/** Interactive payloads travel as one form field and are never repeated. */
export function sendPayload(payload: Json, workspace: Workspace): Promise<Answer> {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return send({ body, contentType: "application/x-www-form-urlencoded" }, workspace);
}
