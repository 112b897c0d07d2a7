import type { Channel, Person, SlackSimulator } from "../../simulator/slack/api.ts";
import { RefusedRequest } from "./answer.ts";

/** The person called by name ("ann", "@ann") or id; 400 when there is none. */
export function personOf(slack: SlackSimulator, called: string): Person {
  const wanted = called.replace(/^@/, "");
  const person = slack.people().find(({ id, name }) => id === wanted || name === wanted);
  if (person === undefined) throw new RefusedRequest(400, `user: nobody here is called ${called}`);
  return person;
}

/** The channel called by name ("general", "#general"), id, or "@ann" for the direct messages; the simulator resolves the latter. */
export function channelOf(slack: SlackSimulator, called: string): Channel | undefined {
  const wanted = called.replace(/^#/, "");
  const channel = slack.channels().find(({ id, name }) => id === wanted || name === wanted);
  const isDirect = called.startsWith("@") && called.length > 1;
  if (channel === undefined && !isDirect) throw new RefusedRequest(400, `channel: there is no ${called}`);
  return channel;
}
