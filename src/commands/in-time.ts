export type Timer = { after(delayMs: number, task: () => void): () => void };

/** What `work` gives, or undefined where that takes longer than `ms`: what it does then nobody waits for. */
export async function inTime<T>(work: Promise<T>, ms: number, { after }: Timer): Promise<T | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<T | undefined>();
  const stopWaiting = after(ms, () => resolve(undefined));
  work.then(resolve, reject);
  try {
    return await promise;
  } finally {
    stopWaiting();
  }
}
