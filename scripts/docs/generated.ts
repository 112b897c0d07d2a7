import { readdirSync, readFileSync } from "node:fs";
import { stringify } from "yaml";
import { deployedSettings } from "../../src/aws/deployment.ts";
import { usageOf } from "../../src/commands/arguments.ts";
import { commands } from "../../src/commands/registry.ts";
import { roleFor } from "../../src/commands/roles.ts";
import { commandSpecs } from "../../src/commands/specs.ts";
import { settings } from "../../src/config.ts";
import { manifest, scopes } from "../../src/slack/manifest.ts";
import { deviations } from "../../test/vectors/deviations.ts";

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

type Parts = Readonly<Record<string, string>>;

/** By which parameter of serverless.yml each setting is given, as the functions' files say; the others follow from the stack. */
const parameters: ReadonlyMap<string, string> = new Map(
  readdirSync("serverless/functions").flatMap((file) =>
    [...readFileSync(`serverless/functions/${file}`, "utf8").matchAll(/^ +([A-Z_]+): \$\{param:(\w+)\}$/gm)].map(
      ([, name = "", parameter = ""]) => [name, parameter] as const,
    ),
  ),
);

/** The generated parts of each page, by name. */
export const generated = (): Readonly<Record<string, Parts>> => ({
  "README.md": readme(),
  "docs/deploy.md": deploy(),
  "docs/pyodps.md": pyodps(),
});

/** A row a reason: cases that share one stand together. */
const pyodps = (): Parts => {
  const rows = new Map<string, { readonly ours: string; readonly why: string; readonly cases: string[] }>();
  for (const { file, case: name, ours, why } of deviations) {
    const key = JSON.stringify([file, ours, why]);
    const row = rows.get(key) ?? { ours, why, cases: [] };
    row.cases.push(row.cases.length === 0 ? `${file}: ${name}` : name);
    rows.set(key, row);
  }
  return {
    deviations: table(
      ["recorded case", "here", "why"],
      [...rows.values()].map(({ ours, why, cases }) => [cases.map(code).join(", "), cell(ours), cell(why)]),
    ),
  };
};

const deploy = (): Parts => ({
  scopes: table(
    ["bot scope", "why"],
    scopes.map(({ scope, reason }) => [code(scope), reason]),
  ),
  deployed: table(
    ["`--param`", "setting", "read by", "what it is"],
    deployedSettings.map(({ name, functions, optional, about }) => [
      parameters.has(name) ? code(parameters.get(name) ?? "") : "made by the stack",
      code(name),
      functions.map(code).join(" "),
      cell(optional ? `${about} (optional)` : about),
    ]),
  ),
});

const readme = (): Parts => ({
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

/** The whole slack-manifest.yml. */
export const slackManifest = (): string =>
  `# The Slack app, generated from the code: npm run docs.\n${stringify(manifest(commandSpecs))}`;

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
