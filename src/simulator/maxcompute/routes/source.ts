import type { Call } from "../call.ts";
import { type Reply, xmlReply } from "../reply.ts";
import { httpTime } from "../times.ts";
import type { Found } from "../world.ts";
import { cdata, element, type Xml } from "../xml.ts";

const configElement = (settings: string | undefined): Xml =>
  element(
    "Config",
    settings === undefined ? [] : [element("Property", [element("Name", ["settings"]), element("Value", [settings])])],
  );

/** `?source` (protocol section 7.6): the submitted job, with the statement and the priority. */
export const source = (_call: Call, { record, plan }: Found): Reply =>
  xmlReply(
    element("Job", [
      element("Name", [record.jobName]),
      element("Comment"),
      element("Owner", [record.owner]),
      element("CreationTime", [httpTime(record.startedAt)]),
      element("LastModifiedTime", [httpTime(record.startedAt)]),
      element("Priority", [record.priority]),
      element("RunningCluster"),
      element("Guid", [record.guid ?? ""]),
      element("DAG", [element("RunMode", ["Sequence"])]),
      element(
        "Tasks",
        // An XFlow has no tasks of its own to show: what it was asked is at ?xsource.
        plan.tasks
          .filter(({ type }) => type !== "XFlow")
          .map(({ name, type }) =>
            element(type, [element("Name", [name]), configElement(record.settings), element("Query", [cdata(record.sql)])]),
          ),
      ),
    ]),
  );
