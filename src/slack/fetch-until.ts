/** A `fetch` of which nothing is under way any more at `endsAt` (epoch ms), and that begins nothing after it. */
export const fetchUntil =
  (fetch: typeof globalThis.fetch, endsAt: number, now: () => number): typeof globalThis.fetch =>
  async (url, init = {}) => {
    const leftMs = endsAt - now();
    if (leftMs <= 0) throw new Error("this turn is over: nothing is sent any more");
    const { signal } = init;
    const ends = AbortSignal.timeout(Math.ceil(leftMs)); // it takes whole ones alone
    return fetch(url, { ...init, signal: signal == null ? ends : AbortSignal.any([signal, ends]) });
  };
