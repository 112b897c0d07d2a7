// What a write means, in words that are the same in every run: a boundary is named by it.
import type { ItemKey } from "../../../src/commands/store.ts";

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const fieldsIn = (value: unknown): Fields => (isFields(value) ? value : {});
const listIn = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);
const joined = (words: readonly string[]): string => [...new Set(words)].sort().join("+");

/** By what is told next, a card's edit where there is nothing else. "finished*": somebody is about to tell it. */
function watchName(stored: Fields): string {
  const watch = fieldsIn(stored.watch);
  const kinds = listIn(watch.outbox).map(({ announcement, tried }) => {
    const { kind, outcome } = fieldsIn(announcement);
    return `${kind}${outcome === "failed" ? " failed" : ""}${tried === true ? "*" : ""}`;
  });
  const next = kinds.find((kind) => kind !== "card") ?? kinds[0] ?? "";
  const closed = stored.isClosed === true ? " closed" : "";
  return `${watch.state}${closed} ${next}`;
}

function detail(family: string, value: Fields): string {
  switch (family) {
    case "watches":
      return watchName(value);
    case "scan-groups":
      return `${Number(value.until) > 0 ? "leased" : "free"} ${value.nextScanAt === undefined ? "asleep" : "awake"}`;
    case "channel":
      return value.sending === undefined ? "" : "sending";
    case "held":
      return value.isDropped === true ? "dropped" : "";
    case "waiting-channels":
      return value.isLeaving === true ? "leaving" : "";
    case "outage":
      return joined(listIn(value.outbox).map(({ kind, tried }) => `${kind}${tried === true ? "*" : ""}`));
    case "unpublished":
      return joined(listIn(value.events).map(({ type }) => String(type)));
    case "discovered":
      return String(fieldsIn(value.instance).isEnded ?? "open");
    case "schedule":
      return String(value.state);
    default:
      return "";
  }
}

export function itemName({ partition }: ItemKey, value: unknown): string {
  const family = partition.split("/")[0] ?? "";
  return `${family} ${detail(family, fieldsIn(value))}`.trimEnd();
}
