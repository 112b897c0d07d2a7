import { usageOf } from "../../src/commands/arguments.ts";
import { commands } from "../../src/commands/registry.ts";
import { roleFor } from "../../src/commands/roles.ts";
import { settings } from "../../src/config.ts";

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

/** The parts of the README that come from the code, by name. */
export const generated = (): Readonly<Record<string, string>> => ({
  commands: table(
    ["command", "what it does", "who"],
    commands.map(({ name, aliases, args, summary, access }) => [
      [usageOf(name, args), ...aliases].map(code).join("<br>or "),
      cell(summary),
      roleFor(access) ?? "anybody",
    ]),
  ),
  settings: table(
    ["setting", "default", "what it is"],
    settings.map(({ name, default: value, about }) => [code(name), value === "" ? "" : code(value), cell(about)]),
  ),
});

/** The text with each part between its `<!-- name:begin -->` and `<!-- name:end -->` written anew. */
export function withGenerated(text: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((written, [name, part]) => {
    const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
    const from = written.indexOf(begin);
    const to = written.indexOf(end);
    if (from === -1 || to < from) throw new Error(`the text has no place for ${name}`);
    return `${written.slice(0, from + begin.length)}\n${part}\n${written.slice(to)}`;
  }, text);
}
