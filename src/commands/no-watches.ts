import { UserError } from "./errors.ts";
import type { WatchBook } from "./watch-book.ts";

const refuse = async (): Promise<never> => {
  throw new UserError("This bot does not watch instances.", { next: "`status` shows how one stands." });
};

/** For whoever has no business with watches, as a sender of files: nothing is watched, and nothing can be. */
export const noWatches: WatchBook = {
  add: refuse,
  find: async () => undefined,
  ofInstance: async () => [],
  ofChannel: async () => [],
  end: async () => false,
  subscribe: refuse,
  subscriptionsOf: async () => [],
  unsubscribe: async () => false,
  setQuiet: refuse,
  mute: refuse,
  mutesOf: async () => [],
  unmute: async () => false,
  acknowledge: async () => false,
  snooze: async () => false,
  stopping: async () => false,
  projectOf: async () => undefined,
  setProject: refuse,
};
