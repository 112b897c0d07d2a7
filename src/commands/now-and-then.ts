// What is done for somebody once in a while at most, by this process's own memory.
const mostKnown = 1_000;

/** Says whether it is time again for a key, and takes that time. Where too many keys are at it at once, it is for none of the new ones. */
export function createNowAndThen(everyMs: number, now: () => number): (key: string) => boolean {
  const again = new Map<string, number>();
  return (key) => {
    const at = now();
    if ((again.get(key) ?? 0) > at) return false;
    if (again.size >= mostKnown) for (const [known, until] of again) if (until <= at) again.delete(known);
    if (again.size >= mostKnown) return false;
    again.set(key, at + everyMs);
    return true;
  };
}
