import type { Call } from "../call.ts";
import { type Reply, xmlReply } from "../reply.ts";
import { httpTime } from "../times.ts";
import type { Found } from "../world.ts";
import { cdata, element } from "../xml.ts";

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
        plan.tasks.map(({ name, type }) =>
          element(type, [element("Name", [name]), element("Config"), element("Query", [cdata(record.sql)])]),
        ),
      ),
    ]),
  );
