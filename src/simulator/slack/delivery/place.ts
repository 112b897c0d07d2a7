import type { Channel, Person } from "../api.ts";
import type { Workspace } from "../workspace.ts";
import { findPerson } from "../world.ts";

/** Who acts where, or Slack's word for why they cannot: a person writes only where they are a member. */
export function resolvePlace(
  { user, channel }: { readonly user: string; readonly channel: string },
  { channels }: Workspace,
): { readonly person: Person; readonly channel: Channel } | string {
  const person = findPerson(user);
  if (person === undefined || person.isBot) return "user_not_found";
  const found = channels.find(channel, person.id);
  if (found === undefined || (found.kind !== "public" && !found.members.includes(person.id))) return "channel_not_found";
  if (!found.members.includes(person.id)) return "not_in_channel";
  return found.archived === true ? "is_archived" : { person, channel: found };
}
