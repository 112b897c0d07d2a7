/** Whether some name is in both globs of `*` and `?`, capitals aside. */
export function overlap(glob: string, other: string): boolean {
  const [a, b] = [glob.toLowerCase(), other.toLowerCase()];
  // How much of `b` may be used up when so much of `a` is.
  let reached = new Set([0]);
  for (let inA = 0; inA <= a.length; inA += 1) {
    const next = new Set<number>();
    for (let inB = 0; inB <= b.length; inB += 1) {
      if (!reached.has(inB)) continue;
      const [ours, theirs] = [a[inA], b[inB]];
      if (theirs === "*" || (ours === "*" && theirs !== undefined)) reached.add(inB + 1);
      if (ours === "*" || (theirs === "*" && ours !== undefined)) next.add(inB);
      if (ours !== undefined && theirs !== undefined && (ours === theirs || ours === "?" || theirs === "?")) next.add(inB + 1);
    }
    if (inA === a.length) return reached.has(b.length);
    reached = next;
  }
  return false;
}
