import { useEffect, useRef, useState } from "preact/hooks";
import { ask } from "./ask.ts";
import { knownOf, type Pending, stillWaiting } from "./pending.ts";
import type { Person } from "./shapes.ts";
import { meaningOf } from "./typed.ts";
import type { Histories } from "./use-slack.ts";

/** A line nothing came back for is taken away after as long as the bot may take to apologise. */
const forgetMs = 70_000;
const mostHistory = 100;

export type Composing = {
  readonly history: readonly string[];
  readonly pending: readonly Pending[];
  /** How many lines were sent so far. */
  readonly sent: number;
  /** Sends what was typed in a channel or, with `thread`, in one of its threads. */
  send(line: string, thread?: string): void;
  dismiss(id: number): void;
};

/** Sending, what is on its way, and what was sent before. */
export function useComposing(me: Person | undefined, channel: string, histories: Histories): Composing {
  const [history, setHistory] = useState<readonly string[]>([]);
  const [pending, setPending] = useState<readonly Pending[]>([]);
  const [sent, setSent] = useState(0);
  const nextId = useRef(1);
  const dismiss = (id: number) => setPending((lines) => lines.filter((line) => line.id !== id));
  const refuse = (id: number, refused: string) =>
    setPending((lines) => lines.map((line) => (line.id === id ? { ...line, refused } : line)));

  useEffect(() => {
    setPending((lines) => [...histories].reduce((left, [id, messages]) => stillWaiting(left, id, messages), lines));
  }, [histories]);

  function send(line: string, thread?: string): void {
    if (me === undefined) return;
    const meaning = meaningOf(line, thread !== undefined);
    if (meaning.kind === "nothing") return;
    setHistory((lines) => [...lines.filter((other) => other !== line.trim()), line.trim()].slice(-mostHistory));
    const id = nextId.current;
    nextId.current += 1;
    setSent(id);
    // Whoever writes on has read why the line before was not sent.
    setPending((lines) => lines.filter(({ refused, user }) => refused === undefined || user !== me.id));
    const at = { user: me.id, channel };
    if (meaning.kind !== "message") {
      const known = knownOf(histories.get(channel) ?? []);
      const refused = meaning.kind === "refused" ? { refused: meaning.why } : {};
      setPending((lines) => [...lines, { id, ...at, text: line.trim(), known, ...refused }]);
    }
    if (meaning.kind === "command") {
      setTimeout(() => dismiss(id), forgetMs);
      ask.command({ ...at, text: meaning.text }).catch((error: Error) => refuse(id, error.message));
    }
    if (meaning.kind === "message") {
      const reply = thread === undefined ? {} : { thread_ts: thread };
      ask.message({ ...at, text: meaning.text, ...reply }).catch((error: Error) => {
        setPending((lines) => [...lines, { id, ...at, text: line.trim(), known: new Set<string>(), refused: error.message }]);
      });
    }
  }

  return { history, pending, sent, send, dismiss };
}
