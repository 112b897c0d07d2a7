import type { Api } from "../api.ts";
import { refuseForeignText } from "../decode/root.ts";
import { decodeWarnings } from "../decode/warnings.ts";
import type { WireResponse } from "../exchange.ts";
import { repeatUnsent } from "../retry.ts";
import { decodeUtf8 } from "../text.ts";
import { escapeXml } from "../xml-escape.ts";
import { instancePath, instanceQuery } from "./instance-request.ts";

const readText = ({ body }: WireResponse): string => {
  const text = decodeUtf8(body);
  refuseForeignText(text);
  return text;
};

const infoRequest = (api: Api, id: string, taskName: string, key: string) =>
  instanceQuery(api.project, id, [
    ["info", ""],
    ["taskname", taskName],
    ["key", key],
  ]);

/** `?info` (protocol section 7.6): the text under `key`, as it is; an empty one may mean that the task's server is gone. */
export function getTaskInfo(api: Api, id: string, taskName: string, key: string): Promise<string> {
  return api.ask(infoRequest(api, id, taskName, key), readText);
}

/** The warnings of a task (protocol section 7.6, key `warnings`); none when it tells of none. */
export function getWarnings(api: Api, id: string, taskName: string): Promise<readonly string[]> {
  return api.ask(infoRequest(api, id, taskName, "warnings"), ({ body }) => decodeWarnings(body));
}

/**
 * Gives the task a value under `key` and returns what it answers (protocol section 7.6). It changes the task: never sent twice once it may
 * have arrived. Throws "invalid" for characters that XML cannot carry.
 */
export function putTaskInfo(api: Api, id: string, taskName: string, key: string, value: string): Promise<string> {
  const text = `<?xml version="1.0" encoding="utf-8"?>\n<Instance><Key>${escapeXml(key)}</Key><Value>${escapeXml(value)}</Value></Instance>`;
  const request = {
    method: "PUT",
    path: instancePath(api.project, id),
    query: [
      ["info", ""],
      ["taskname", taskName],
    ],
    body: { contentType: "application/xml", text },
    repeat: repeatUnsent,
    instanceId: id,
  } as const;
  return api.ask(request, readText);
}
