import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ask } from "./ask.ts";
import { listenForChanges } from "./live.ts";
import type { Message, Workspace } from "./shapes.ts";
import { keepUnchanged, sameOr } from "./unchanged.ts";

export type Histories = ReadonlyMap<string, readonly Message[]>;

const nothing: Histories = new Map();

export type Slack = {
  readonly workspace: Workspace | undefined;
  /** channel id -> what this person sees of it, oldest first; nothing until it has been read for them. */
  historiesOf(person: string): Histories;
  readonly isLive: boolean;
  readonly failure: string;
  reload(): void;
};

/** At most one reading of a thing at a time; a change meanwhile is read once more afterwards, so nothing is missed or piled up. */
function coalesced(read: () => Promise<void>): () => void {
  let isReading = false;
  let isStale = false;
  const run = async () => {
    if (isReading) {
      isStale = true;
      return;
    }
    isReading = true;
    do {
      isStale = false;
      await read();
    } while (isStale);
    isReading = false;
  };
  return () => void run();
}

/** The workspace and, through the eyes of `person` (an id or name), every channel's messages; both follow the simulator live. */
export function useSlack(person: string): Slack {
  const [workspace, setWorkspace] = useState<Workspace | undefined>(undefined);
  // Kept with whose eyes they are: nobody may see the private messages of whom the page showed before, not even for a moment.
  const [read, setRead] = useState({ person: "", histories: nothing });
  const [isLive, setLive] = useState(false);
  const [failure, setFailure] = useState("");
  const current = useRef(person);
  const readers = useRef(new Map<string, () => void>());
  const readAll = useRef(() => {});

  const readChannel = useCallback((user: string, channel: string) => {
    const key = `${user} ${channel}`;
    const known = readers.current.get(key);
    if (known !== undefined) return known();
    const read = coalesced(async () => {
      try {
        const messages = await ask.messages(channel, user);
        setRead((before) => {
          if (current.current !== user) return before;
          const others = before.person === user ? before.histories : nothing;
          const kept = keepUnchanged(others.get(channel) ?? [], messages);
          return { person: user, histories: new Map([...others, [channel, kept]]) };
        });
      } catch (error) {
        setFailure(error instanceof Error ? error.message : String(error));
      }
    });
    readers.current.set(key, read);
    read();
  }, []);

  useEffect(() => {
    current.current = person;
    setRead({ person, histories: nothing });
    readAll.current();
  }, [person]);

  useEffect(() => {
    const readWorkspace = coalesced(async () => {
      try {
        const found = await ask.workspace();
        setWorkspace((before) => sameOr<Workspace | undefined>(before, found));
        setFailure("");
      } catch (error) {
        setFailure(error instanceof Error ? error.message : String(error));
      }
    });
    readAll.current = readWorkspace;
    return listenForChanges({
      onState: setLive,
      onChange(channel) {
        readWorkspace();
        if (channel !== "") readChannel(current.current, channel);
        else for (const key of readers.current.keys()) if (key.startsWith(`${current.current} `)) readers.current.get(key)?.();
      },
    });
  }, []);

  // Channels become known with the workspace, direct ones only once somebody has used them.
  const ids = workspace?.channels.map(({ id }) => id).join(" ") ?? "";
  useEffect(() => {
    for (const channel of workspace?.channels ?? []) {
      if (person !== "" && (channel.kind === "public" || channel.members.includes(person))) readChannel(person, channel.id);
    }
    const hasDirect = workspace?.channels.some(({ kind, members }) => kind === "im" && members.includes(person)) ?? true;
    // Asking for it opens the conversation with the bot, which everybody has in their sidebar.
    if (person !== "" && !hasDirect) ask.messages(`@${workspace?.bot.name}`, person).then(readAll.current, () => {});
  }, [ids, person]);

  const reload = useCallback(() => readAll.current(), []);
  const historiesOf = (wanted: string) => (read.person === wanted ? read.histories : nothing);
  return { workspace, historiesOf, isLive, failure, reload };
}
