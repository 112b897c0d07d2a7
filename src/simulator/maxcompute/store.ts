import type { InstanceRecord } from "./record.ts";

/** Where records outlive the process. Every write is on disk when it returns. */
export type Journal = {
  load(): readonly InstanceRecord[];
  write(record: InstanceRecord): void;
  clear(): void;
  close(): void;
};

/** The instances the simulator knows, in memory and, with a journal, on disk as well. */
export type InstanceStore = {
  get(id: string): InstanceRecord | undefined;
  all(): readonly InstanceRecord[];
  put(record: InstanceRecord): void;
  clear(): void;
  close(): void;
};

export const createStore = (journal?: Journal): InstanceStore => {
  const records = new Map((journal?.load() ?? []).map((record) => [record.id, record]));
  return {
    get: (id) => records.get(id),
    all: () => [...records.values()],
    put(record) {
      journal?.write(record);
      records.set(record.id, record);
    },
    clear() {
      journal?.clear();
      records.clear();
    },
    close: () => journal?.close(),
  };
};
