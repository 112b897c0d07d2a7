import type { InstanceSummary } from "../instance.ts";
import { MalformedBody } from "../malformed-body.ts";
import { parseTime } from "../time.ts";
import { answerLimits, walkXml } from "../xml.ts";
import { refuseForeignRoot } from "./root.ts";
import { normalizeInstanceStatus } from "./status.ts";

export type ListingPage = {
  readonly instances: readonly InstanceSummary[];
  /** Where the next page starts; undefined on the last one. */
  readonly marker: string | undefined;
};

/**
 * One page of `GET /projects/{p}/instances` (protocol section 4): `<Instances><Marker/><Instance><Name/>...</Instance></Instances>`.
 * Read straight from the parser's events, because a page may hold ten thousand instances. Throws MalformedBody.
 */
export function decodeListing(body: Uint8Array, project: string): ListingPage {
  const instances: InstanceSummary[] = [];
  let marker = "";
  let id = "";
  let owner = "";
  let status = "";
  let startTime: number | undefined;
  let endTime: number | undefined;

  const readField = (name: string, text: string) => {
    if (name === "Name") id = text.trim();
    else if (name === "Owner") owner = text.trim();
    else if (name === "Status") status = text;
    else if (name === "StartTime") startTime = parseTime(text);
    else if (name === "EndTime") endTime = parseTime(text);
  };
  const endInstance = () => {
    if (id === "") throw new MalformedBody("an instance without a name");
    instances.push({ id, project, owner: owner || undefined, status: normalizeInstanceStatus(status), startTime, endTime });
    id = owner = status = "";
    startTime = endTime = undefined;
  };
  const close = (name: string, depth: number, text: string) => {
    if (depth === 3) readField(name, text);
    else if (depth === 2 && name === "Instance") endInstance();
    else if (depth === 2 && name === "Marker") marker = text;
  };
  walkXml(body, { open: refuseForeignRoot, close }, answerLimits);
  return { instances, marker: marker.trim() === "" ? undefined : marker };
}
