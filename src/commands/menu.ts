// Picking from what one was shown: a menu that is filled while somebody types into it.
import type { ShownInstance } from "../view/index.ts";

/** Those that have what was typed in their id, number, owner or state; all when nothing was typed. */
export function matching(shown: readonly ShownInstance[], typed: string): readonly ShownInstance[] {
  const wanted = typed.trim().toLowerCase();
  return shown.filter(({ number, instanceId, owner = "", status, outcome = "", waits }) => {
    const words = [number === undefined ? "" : `#${number}`, instanceId, owner, status, outcome, waits ? "waiting" : ""];
    return words.some((word) => word.toLowerCase().includes(wanted));
  });
}
