// Nothing in a template that a stranger could use: secrets are read by the functions, from the parameter store.
import { isObject, type Json, type Template } from "../template.ts";

const shapes: readonly RegExp[] = [
  /xox[a-z]-|xapp-|hooks\.slack\.com/, // Slack's tokens and webhooks
  /\b(AKIA|ASIA|LTAI)[A-Za-z0-9]{8,}/, // access key ids of AWS and Alibaba Cloud
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\{\{resolve:(ssm-secure|secretsmanager):/, // would write the value into the function's settings
  /^[0-9a-f]{32,}$/, // a Slack signing secret is 32 hexadecimal digits
];

/** Thirty random letters and digits: a key, a token, or a hash. */
const isDense = (text: string): boolean =>
  /^[\w+/=-]{30,}$/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);

const telling = /SECRET|TOKEN|PASSWORD|PRIVATE_KEY|ACCESS_KEY|SEAL_KEY/i;

/** Hashes and names that the framework writes. */
const exempt = new Set(["CodeSha256", "S3Key", "Ref", "Fn::GetAtt"]);

function texts(value: Json, path: readonly string[]): { readonly path: readonly string[]; readonly text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((each) => texts(each, path));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => (exempt.has(key) ? [] : texts(each, [...path, key])));
}

export const checkPlainSecrets = (template: Template): string[] =>
  Object.entries(template.Resources).flatMap(([id, { Properties = {} }]) =>
    texts(Properties, [id]).flatMap(({ path, text }) => {
      const name = path.at(-1) ?? "";
      const isVariable = path.includes("Variables");
      const isSecret =
        shapes.some((shape) => shape.test(text)) ||
        isDense(text) ||
        (isVariable && telling.test(name) && name !== "SECRETS_PATH");
      return isSecret ? [`${path.join(".")}: looks like a secret`] : [];
    }),
  );
