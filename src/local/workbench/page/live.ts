import { isFields, textField } from "./fields.ts";

export type LiveListener = {
  /** Something in this channel changed; "" when it may be anything. */
  onChange(channel: string): void;
  onState(isLive: boolean): void;
};

/** Listens for change notices; after every (re)connection everything counts as changed. Returns a function that stops it. */
export function listenForChanges({ onChange, onState }: LiveListener): () => void {
  const source = new EventSource("/sim/events");
  source.addEventListener("hello", () => {
    onState(true);
    onChange("");
  });
  source.addEventListener("change", (event: MessageEvent<string>) => {
    const change: unknown = JSON.parse(event.data);
    onChange(isFields(change) ? textField(change, "channel") : "");
  });
  source.addEventListener("error", () => onState(false));
  return () => source.close();
}
