import type { Bar } from "../bench.ts";
import type { Measured } from "./stage.ts";

/** A tick is no faster for what it leaves out: every end is posted once and published once. */
export const untold = (ending: number, found: readonly Measured[]): Bar => ({
  what: `ends of ${ending} that were not told once`,
  measured: Math.max(...found.map(({ posts, published }) => Math.max(Math.abs(ending - posts), Math.abs(ending - published)))),
  limit: 0,
});
