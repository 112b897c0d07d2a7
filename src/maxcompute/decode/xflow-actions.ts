import { MalformedBody } from "../malformed-body.ts";
import { isPathSegment } from "../names.ts";
import type { XflowAction } from "../xflow.ts";
import { answerLimits, walkXml } from "../xml.ts";
import { refuseForeignRoot } from "./root.ts";

type Draft = { readonly nodeType: string; name: string; instanceId: string; result: string };

const finish = ({ nodeType, name, instanceId, result }: Draft): XflowAction => {
  if (name === "" && instanceId === "") throw new MalformedBody("an action without a name");
  // It becomes part of the next request's path.
  if (instanceId !== "" && !isPathSegment(instanceId)) throw new MalformedBody("an action's instance id that cannot be one");
  return { name: name || instanceId, nodeType, instanceId: instanceId || undefined, result: result || undefined };
};

/**
 * The answer to `?xresult` (protocol section 12), in the server's order:
 * `<Xinstance><Actions><Action NodeType="Instance"><InstanceId/><Name/><Result/></Action></Actions></Xinstance>`.
 * An action's result is kept where it is a text; one that is a document of its own is not looked at. Throws MalformedBody.
 */
export function decodeXflowActions(body: Uint8Array): readonly XflowAction[] {
  const actions: XflowAction[] = [];
  let draft: Draft | undefined;

  const open = (name: string, depth: number, attributes: Readonly<Record<string, string>>) => {
    refuseForeignRoot(name, depth);
    if (depth === 3 && name === "Action")
      draft = { nodeType: attributes.NodeType?.trim() ?? "", name: "", instanceId: "", result: "" };
  };
  const close = (name: string, depth: number, text: string) => {
    if (draft === undefined) return;
    if (depth === 4 && name === "Name") draft.name = text.trim();
    else if (depth === 4 && name === "InstanceId") draft.instanceId = text.trim();
    else if (depth === 4 && name === "Result") draft.result = text.trim();
    if (depth !== 3) return;
    actions.push(finish(draft));
    draft = undefined;
  };
  walkXml(body, { open, close }, answerLimits);
  return actions;
}
