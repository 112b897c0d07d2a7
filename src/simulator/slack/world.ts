// Who and what the simulated workspace is seeded with. Ids are stable between starts, so that rights can be granted to them.
import type { Channel, Person } from "./api.ts";

export const team = { id: "T0ODPSSIM", name: "ODPS simulator", domain: "odps-sim" } as const;
export const bot = { id: "B0ODPS001", userId: "U0ODPS001", name: "odps", appId: "A0ODPS001" } as const;

const person = (name: string, realName: string, role: Person["role"], tz: string): Person => ({
  id: `U0${name.toUpperCase()}0001`,
  name,
  realName,
  role,
  tz,
  isBot: false,
});

// Zones of both sides of UTC, one with a half hour and one with summer time.
export const people: readonly Person[] = [
  person("ann", "Ann Admin", "admin", "Asia/Shanghai"),
  person("bob", "Bob Operator", "operator", "Europe/Berlin"),
  person("vic", "Vic Viewer", "viewer", "America/Los_Angeles"),
  person("sam", "Sam Stranger", "stranger", "Asia/Kolkata"),
];

export const botPerson: Person = {
  id: bot.userId,
  name: bot.name,
  realName: "ODPS bot",
  role: "stranger",
  tz: "Etc/UTC",
  isBot: true,
};

const everybody = people.map(({ id }) => id);

export const seededChannels: readonly Channel[] = [
  { id: "C0GENERAL1", name: "general", kind: "public", members: [...everybody, bot.userId] },
  { id: "C0PRODALRT", name: "prod-alerts", kind: "public", members: [...everybody, bot.userId] },
  { id: "C0RANDOM01", name: "random", kind: "public", members: everybody },
  { id: "C0SECRET01", name: "secret-ops", kind: "private", members: everybody.slice(0, 2) },
];

export const userGroups = [{ id: "S0ONCALL1", handle: "oncall", users: everybody.slice(0, 2) }] as const;

/** "ann", "@ann" or her id. */
export function findPerson(nameOrId: string): Person | undefined {
  const wanted = nameOrId.replace(/^@/, "");
  return [...people, botPerson].find(({ id, name }) => id === wanted || name === wanted.toLowerCase());
}

/** The id of the bot's direct conversation with this person; the same before and after it is opened. */
export function directChannelId(userId: string): string {
  return userId.replace(/^U/, "D");
}
