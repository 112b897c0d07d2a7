// Parameter store. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
import * as z from "zod";
import type { Place } from "../template/template.ts";
import { type AwsAnswer, type AwsCall, AwsError, demandRight, inputOf, json } from "./call.ts";

const many = z.object({ Names: z.array(z.string()).min(1).max(10), WithDecryption: z.boolean().default(false) });
const single = z.object({ Name: z.string(), WithDecryption: z.boolean().default(false) });

/** Serves SecureString parameters, by name. Without decryption a caller gets nothing it could use. */
export function createSsm(parameters: Readonly<Record<string, string>>, { region, account }: Place) {
  const arnOf = (name: string) => `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, "")}`;
  const describe = (name: string, decrypt: boolean) => ({
    Name: name,
    Type: "SecureString",
    Value: decrypt ? parameters[name] : "AQICAHencryptedencryptedencrypted==",
    Version: 1,
    ARN: arnOf(name),
    DataType: "text",
  });
  return (call: AwsCall): AwsAnswer => {
    if (call.action === "GetParameters") {
      const { Names, WithDecryption } = inputOf(many, call);
      for (const name of Names) demandRight(call, arnOf(name));
      const known = Names.filter((name) => Object.hasOwn(parameters, name));
      return json({
        Parameters: known.map((name) => describe(name, WithDecryption)),
        InvalidParameters: Names.filter((name) => !known.includes(name)),
      });
    }
    if (call.action !== "GetParameter") throw new AwsError("UnknownOperationException", call.action);
    const { Name, WithDecryption } = inputOf(single, call);
    demandRight(call, arnOf(Name));
    if (!Object.hasOwn(parameters, Name)) throw new AwsError("ParameterNotFound", "");
    return json({ Parameter: describe(Name, WithDecryption) });
  };
}
