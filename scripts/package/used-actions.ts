// Which IAM actions a function's code uses: the command classes of the AWS SDK that are left in it once everything unused is gone,
// and the calls that it signs by hand.
import { build } from "esbuild";

const prefixes: Readonly<Record<string, string>> = {
  "client-dynamodb": "dynamodb",
  "client-eventbridge": "events",
  "client-sqs": "sqs",
  "client-ssm": "ssm",
};

// The bundler writes `import { A, B as C } from "package";`, one a statement, and leaves names in it that nothing uses any more.
const importOfClient = /^import (?:([^";]+) from )?"@aws-sdk\/(client-[\w-]+)";$/gm;

// A call that is signed by hand names its service and its action in a header, in one word of the code (src/aws/signed-call.ts).
const signedByHand = /"Amazon(SQS)\.(\w+)"/g;

/** `B as C` is B, known to the code as C. */
const namesIn = (braces: string): { readonly name: string; readonly known: string }[] =>
  braces.split(",").map((each) => {
    const [name = "", known = name] = each.trim().split(" as ");
    return { name, known };
  });

/** The actions of bundled code. Throws where the code hides what it uses, or uses a client that has no prefix here. */
export function actionsIn(code: string): readonly string[] {
  const imports = [...code.matchAll(importOfClient)].map(([, what = "", client = ""]) => ({ what, client }));
  const rest = code.replaceAll(importOfClient, "");
  if (/"@aws-sdk\/client-/.test(rest))
    throw new Error("an AWS client is loaded in a way that hides what is used of it: import its commands");
  const actions = imports.flatMap(({ what, client }) => {
    const prefix = Object.hasOwn(prefixes, client) ? prefixes[client] : undefined;
    if (prefix === undefined) throw new Error(`the IAM prefix of ${client} is not known here`);
    const braces = /^\{([^}]*)\}$/.exec(what)?.[1];
    if (braces === undefined) throw new Error(`everything of ${client} is imported: name its commands`);
    const used = namesIn(braces).filter(({ known }) => new RegExp(`\\b${known}\\b`).test(rest));
    return used.filter(({ name }) => name.endsWith("Command")).map(({ name }) => `${prefix}:${name.slice(0, -"Command".length)}`);
  });
  const byHand = [...code.matchAll(signedByHand)].map(([, service = "", action = ""]) => `${service.toLowerCase()}:${action}`);
  return [...new Set([...actions, ...byHand])].sort();
}

/** The actions that an entry point uses, everything that it imports included, at once or later. */
export async function usedActions(entryPoint: string): Promise<readonly string[]> {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    packages: "external",
    write: false,
    logLevel: "silent",
  });
  return actionsIn(outputFiles.map(({ text }) => text).join("\n"));
}
