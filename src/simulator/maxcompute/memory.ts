/** What the task servers know and nobody writes down: it is gone with the process. */
export const createMemory = () => {
  const quotaAskedAt = new Map<string, number>();
  const infos = new Map<string, string>();
  return {
    /** When the quota of a task was last told, epoch milliseconds. */
    quotaAskedAt,
    /** What was put with `?info`, by instance, task and key. */
    infos,
    clear(): void {
      quotaAskedAt.clear();
      infos.clear();
    },
  };
};

export type Memory = ReturnType<typeof createMemory>;
