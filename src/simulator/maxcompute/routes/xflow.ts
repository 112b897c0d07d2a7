import type { Call } from "../call.ts";
import { notAnXflow } from "../errors.ts";
import { isInside } from "../flow.ts";
import type { FlowMember } from "../flow-members.ts";
import { type Reply, xmlReply } from "../reply.ts";
import { type Found, foundBelow, type World } from "../world.ts";
import { type Xflow, xflowOf } from "../xflow-of.ts";
import { cdata, element, type Xml } from "../xml.ts";

const xflowIn = (found: Found): Xflow => {
  const xflow = xflowOf(found);
  if (xflow === undefined) throw notAnXflow(found.record.id);
  return xflow;
};

const actionElement = (nodeType: string, id: string, name: string, result: string): Xml =>
  element(
    "Action",
    [element("InstanceId", [id]), element("Name", [name]), element("Result", [cdata(result)], { Format: "text" })],
    { NodeType: nodeType },
  );

/** Only an error stands in an action; the results of a node are with its own instance. */
const errorOf = ({ state }: Found): string => state.tasks.find(({ status }) => status === "Failed")?.result?.text ?? "";

const nodeElement = ({ path, kind }: FlowMember, found: Found): Xml =>
  actionElement(kind, found.record.id, path.at(-1) ?? "", errorOf(found));

/** The nodes one level below, in the order in which they started. */
const children = ({ root, path }: Xflow, world: World): readonly Xml[] =>
  foundBelow(root, world)
    .toSorted((a, b) => a.record.startedAt - b.record.startedAt)
    .flatMap((found) => {
      const member = found.below?.member;
      const isNext = member !== undefined && member.path.length === path.length + 1 && isInside(member.path, path);
      return isNext ? [nodeElement(member, found)] : [];
    });

/** `?xresult` (protocol section 12): what the XFlow has started so far, between two nodes that are no instances. */
export const xflowResult = (_call: Call, found: Found, world: World): Reply => {
  const xflow = xflowIn(found);
  const hasSucceeded = found.state.tasks.every(({ status }) => status === "Success");
  const actions = [
    actionElement("Local", "", "Start", ""),
    ...children(xflow, world),
    ...(hasSucceeded ? [actionElement("Local", "", "End", "")] : []),
  ];
  return xmlReply(element("Xinstance", [element("Actions", actions)]));
};

/** `?xsource`: the document it was created with. By this clients tell an XFlow from other instances. */
export const xflowSource = (_call: Call, found: Found): Reply => {
  const { source } = xflowIn(found);
  const { priority, settings, guid } = found.record;
  return xmlReply(
    element("Instance", [
      element("XflowInstance", [
        element("Project", [source.project]),
        element("Xflow", [source.name]),
        element(
          "Parameters",
          source.parameters.map(([key, value]) => element("Parameter", [element("Key", [key]), element("Value", [value])])),
        ),
        element("Priority", [priority]),
        ...(guid === undefined ? [] : [element("Guid", [guid])]),
        element("Config", [element("Property", [element("Name", ["settings"]), element("Value", [settings ?? "{}"])])]),
      ]),
    ]),
  );
};
