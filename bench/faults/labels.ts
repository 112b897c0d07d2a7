// Names of boundaries: what is asked of whom, without anything that differs from run to run.
import type { Seen } from "./proxy.ts";

export const slackLabel = ({ path }: Seen): string => {
  const [, area, first = ""] = path.split(/[/?]/);
  return `slack ${area === "api" ? first : area === "commands" ? "response_url" : area}`;
};

/** The path below the project, without ids; the query by its first name: `?taskstatus`, `?result`. */
export const maxComputeLabel = ({ method, path }: Seen): string => {
  const [address = "", query = ""] = path.split("?");
  const what = /[?&](taskstatus|instanceprogress|result|summary|source)\b/.exec(`?${query}`)?.[1];
  return `maxcompute ${method} ${address.includes("/instances/") ? "instance" : "project"}${what === undefined ? "" : ` ${what}`}`;
};

export const dynamoLabel = ({ headers, body }: Seen): string => {
  const operation = String(headers["x-amz-target"]).split(".")[1] ?? "";
  const partition = /"(?:pk|:pk)":\{"S":"([a-z]+)/.exec(body.toString())?.[1] ?? "";
  return `dynamo ${operation} ${partition}`;
};

export const eventsLabel = (): string => "events PutEvents";
