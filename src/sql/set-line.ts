// `SET key=value;` before a statement. They are never sent as text: what they set goes with the settings of the job, under ours.
import type { Flaw } from "./refusal.ts";
import { harmlessSettings, isOfService, isWall, plainValue, settingKey } from "./setting-keys.ts";
import type { Token } from "./token.ts";
import { isSymbolWord, isWord, wordsOf } from "./words.ts";
import { inOneLine } from "./written.ts";

export type Setting = { readonly key: string; readonly value: string };

const isQuoted = /^(["'])([^"'\\]*)\1$/;

export const isSetLine = (text: string, tokens: readonly Token[]): boolean => isWord(wordsOf(text, tokens)[0], "SET");

function judge(key: string, value: string, isReading: boolean): Omit<Flaw, "from"> | undefined {
  const setting = key;
  if (isWall(key)) return { reason: "wall", setting };
  const allowed = harmlessSettings.get(key);
  if (allowed !== undefined) return allowed.test(value) ? undefined : { reason: "setting-value", setting };
  if (isReading || !isOfService(key)) return { reason: "unknown-setting", setting };
  return plainValue.test(value) ? undefined : { reason: "setting-value", setting };
}

/** What a SET line sets, or why it may not. */
export function readSetLine(text: string, tokens: readonly Token[], isReading: boolean): Setting | Flaw {
  const said = tokens.filter(({ kind }) => kind !== "end");
  const [set, ...rest] = wordsOf(text, said);
  const equals = rest.find((word) => isSymbolWord(word, "="));
  const from = set?.from ?? 0;
  if (set === undefined || equals === undefined) return { reason: "unclear-setting", from };
  const part = (begin: number, end: number) =>
    inOneLine(
      text,
      said.filter((token) => token.from >= begin && token.to <= end),
    ).trim();
  const key = settingKey(part(set.from + "set".length, equals.from));
  if (key === undefined) return { reason: "unclear-setting", from };
  const typed = part(equals.from + 1, text.length);
  const value = isQuoted.exec(typed)?.[2] ?? typed;
  const flaw = judge(key, value, isReading);
  return flaw === undefined ? { key, value } : { ...flaw, from };
}
