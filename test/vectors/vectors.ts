import { readFileSync } from "node:fs";
import { deviations } from "./deviations.ts";

export type VectorCase<Input, Expected> = { readonly name: string; readonly input: Input; readonly expected: Expected };

/** Every recorded case of a file, as the recording has it. */
export function recordedCases<Input, Expected>(file: string): readonly VectorCase<Input, Expected>[] {
  const { cases } = JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));
  return cases;
}

/** The cases this client must match: all but the listed deviations, and those of calls that are no part of it. */
export function casesToMatch<Input, Expected>(file: string, otherCalls: readonly string[] = []) {
  const left = new Set([
    ...deviations.filter((deviation) => deviation.file === file).map((deviation) => deviation.case),
    ...otherCalls,
  ]);
  return recordedCases<Input, Expected>(file).filter(({ name }) => !left.has(name));
}

/** A time as the recording writes it (UTC, no zone), from epoch milliseconds. */
export function recordedTime(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString().slice(0, 19);
}
