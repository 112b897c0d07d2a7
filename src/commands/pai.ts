import { duration, flag, flagOr, positional, projectName, type Read, several } from "./arguments.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { project } from "./options.ts";
import { askToRun } from "./running/ask.ts";

const xflowName: Read<string> = (word) => {
  if (/^[A-Za-z]\w{0,127}$/.test(word)) return word;
  throw new UserError(`\`${word.slice(0, 80)}\` is not the name of an XFlow.`, { next: "It looks like `LogisticRegression`." });
};

export const paiSpec = /* @__PURE__ */ defineSpec({
  name: "pai",
  group: "Act",
  summary: "Run an XFlow (PAI), after somebody else has approved it",
  access: "operate",
  args: {
    xflow: positional(xflowName, "<Xflow>", "its name, such as LogisticRegression"),
    parameters: { ...several("<key=value>", "its parameters, each a key and a value", 60), required: false, missing: () => [] },
    from: flag(projectName, "<project>", "the project that keeps it, such as algo_public; the one that it runs in unless told"),
    timeout: flagOr(duration("1m", "72h"), 6 * 3_600_000, "<6h>", "stop it after so long; 6h unless told"),
    project,
  },
  examples: ["pai AppendID --from algo_public -p demo_project inputTableName=t_in outputTableName=t_out"],
});

export const pai = /* @__PURE__ */ defineCommand(paiSpec, async (values, context) => {
  const inProject = values.project ?? context.project;
  const { xflow: name, from, timeout: timeoutMs } = values;
  const job = {
    kind: "xflow",
    name,
    parameters: parametersOf(values.parameters),
    ...(from === undefined ? {} : { from }),
  } as const;
  return askToRun({ verb: "pai", project: inProject, job, limit: 100, timeoutMs }, context);
});

function parametersOf(words: readonly string[]): Readonly<Record<string, string>> {
  const pairs = words.map((word) => {
    const [, key, value] = /^([A-Za-z][\w.]{0,127})=(.+)$/s.exec(word) ?? [];
    if (key === undefined || value === undefined) throw wrongPair(word);
    return [key, value] as const;
  });
  const keys = pairs.map(([key]) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new UserError(`\`${twice}\` is there twice.`, { next: "Give each parameter once." });
  return Object.fromEntries(pairs);
}

const wrongPair = (word: string): UserError =>
  new UserError(`\`${word.slice(0, 80)}\` is no parameter.`, {
    next: "Write each as `key=value`, with quotes around a value that has blanks in it.",
  });
