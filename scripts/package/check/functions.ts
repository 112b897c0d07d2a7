// How each function runs: runtime, limits, log, and who may call it from outside.
import { at, listOf, ofType, pointsAt, property, type Resource, type Template } from "../template.ts";

/** Time-outs in seconds, sizes in MB. */
type Limits = { readonly Timeout: number; readonly MemorySize: number; readonly spool?: number };

const limits: Readonly<Record<string, Limits>> = {
  slack: { Timeout: 10, MemorySize: 512 },
  command: { Timeout: 30, MemorySize: 512 },
  transfer: { Timeout: 900, MemorySize: 1024, spool: 2048 },
  apologise: { Timeout: 30, MemorySize: 512 },
  tick: { Timeout: 60, MemorySize: 512 },
  hot: { Timeout: 80, MemorySize: 512 },
  shard: { Timeout: 60, MemorySize: 512 },
};

/** The name of a function in the code: its handler is dist/<name>/index.handler. */
export const functionName = (resource: Resource): string =>
  /^dist\/([a-z-]+)\/index\.handler$/.exec(String(property(resource, "Handler")))?.[1] ?? "";

function checkRun([id, resource]: readonly [string, Resource]): string[] {
  const name = functionName(resource);
  const limit = Object.hasOwn(limits, name) ? limits[name] : undefined;
  if (limit === undefined) return [`${id}: no limits are known for ${JSON.stringify(name)}`];
  const wanted: readonly (readonly [string, unknown, unknown])[] = [
    ["Runtime", property(resource, "Runtime"), "nodejs24.x"],
    ["Architectures", listOf(property(resource, "Architectures")).join(), "arm64"],
    ["Timeout", property(resource, "Timeout"), limit.Timeout],
    ["MemorySize", property(resource, "MemorySize"), limit.MemorySize],
    ["EphemeralStorage", property(resource, "EphemeralStorage", "Size"), limit.spool],
  ];
  return wanted.filter(([, is, must]) => is !== must).map(([what, is, must]) => `${id}: ${what} is ${is}, not ${must}`);
}

function checkLog(template: Template, [id, resource]: readonly [string, Resource]): string[] {
  const name = `/aws/lambda/${property(resource, "FunctionName")}`;
  const log = ofType(template, "AWS::Logs::LogGroup").find(([, group]) => property(group, "LogGroupName") === name);
  if (log === undefined) return [`${id}: its log group is not made here`];
  return property(log[1], "RetentionInDays") === 30 ? [] : [`${log[0]}: is not kept for 30 days`];
}

/** Only Slack's door has a URL; it is on the alias, for every origin's servers and no browser. */
function checkUrls(template: Template): string[] {
  const urls = ofType(template, "AWS::Lambda::Url");
  const aliases = ofType(template, "AWS::Lambda::Alias").filter(([, alias]) => property(alias, "Name") === "live");
  const wrong = urls.flatMap(([id, url]) => {
    const target = property(url, "TargetFunctionArn");
    const owner = pointsAt(target);
    const isLive =
      at(target, "Fn::Join", 1, 1) === "live" && aliases.some(([, alias]) => pointsAt(property(alias, "FunctionName")) === owner);
    const isSlack = owner !== undefined && functionName(template.Resources[owner] ?? { Type: "" }) === "slack";
    return [
      ...(isLive ? [] : [`${id}: is not on the alias live`]),
      ...(isSlack ? [] : [`${id}: belongs to a function that has no business outside`]),
      ...(property(url, "AuthType") === "NONE" ? [] : [`${id}: Slack cannot sign for AWS`]),
      ...(property(url, "Cors") === undefined ? [] : [`${id}: answers browsers`]),
    ];
  });
  return urls.length === 1 ? wrong : [...wrong, `there are ${urls.length} function URLs, not one`];
}

/** Whoever may call a function is the public, through a URL, or a rule of ours. */
const checkPermissions = (template: Template): string[] =>
  ofType(template, "AWS::Lambda::Permission").flatMap(([id, permission]) => {
    const isThroughUrl =
      property(permission, "FunctionUrlAuthType") === "NONE" || property(permission, "InvokedViaFunctionUrl") === true;
    if (property(permission, "Principal") === "*") return isThroughUrl ? [] : [`${id}: lets anybody call the function`];
    const source = pointsAt(property(permission, "SourceArn"));
    return source !== undefined && Object.hasOwn(template.Resources, source) ? [] : [`${id}: names no SourceArn of ours`];
  });

export function checkFunctions(template: Template): string[] {
  const functions = ofType(template, "AWS::Lambda::Function");
  const absent = Object.keys(limits).filter((name) => !functions.some(([, resource]) => functionName(resource) === name));
  return [
    ...absent.map((name) => `there is no function ${name}`),
    ...functions.flatMap(checkRun),
    ...functions.flatMap((each) => checkLog(template, each)),
    ...checkUrls(template),
    ...checkPermissions(template),
  ];
}
