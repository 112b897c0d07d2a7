import { MaxComputeError } from "../errors.ts";
import { checkXmlText, type Element, parentElement, textElement } from "./xml-writer.ts";

/** Settings of a job by name, such as `{ "odps.sql.allow.fullscan": true }`. */
export type Hints = Readonly<Record<string, string | number | boolean>>;

const hintText = (name: string, value: unknown): string => {
  if (typeof value === "number" && !Number.isFinite(value))
    throw new MaxComputeError("invalid", `The hint ${name} is not a number`);
  // Who does not check types would set the job to the word "undefined".
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")
    throw new MaxComputeError("invalid", `The hint ${name} has no value`);
  return String(value);
};

/** Hints as the service wants them: every value a string, `true` and `false` among them (protocol section 11). Throws "invalid". */
export function settingsFromHints(hints: Hints): readonly (readonly [string, string])[] {
  return Object.entries(hints).map(([name, value]) => [checkXmlText("hint", name), checkXmlText("hint", hintText(name, value))]);
}

/** One `<Property>` of a task's `<Config>`. */
export const property = (name: string, value: string): Element =>
  parentElement("Property", [textElement("Name", name), textElement("Value", value)]);

/** JSON in ASCII, as the recorded SDK writes it: everything beyond is `\uXXXX`, in two of them where it takes two. */
const asciiJson = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** The settings as a property that holds JSON, spaced as the recorded SDK does it. */
export function settingsProperty(settings: ReadonlyMap<string, string>): Element {
  const fields = [...settings].map(([name, value]) => `${asciiJson(name)}: ${asciiJson(value)}`);
  return property("settings", `{${fields.join(", ")}}`);
}
