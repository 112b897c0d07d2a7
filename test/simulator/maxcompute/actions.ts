import { childAt, readXml, textAt } from "../../../src/simulator/maxcompute/read-xml.ts";

/** One `<Action>` of `?xresult`. */
export type Action = { readonly nodeType: string; readonly name: string; readonly id: string; readonly result: string };

/** The actions of a reply, in its order. The reader drops attributes, so node types are read from the text. */
export const actionsIn = (body: string): readonly Action[] => {
  const nodeTypes = [...body.matchAll(/<Action NodeType="(\w+)">/g)].map(([, type = ""]) => type);
  const nodes = childAt(readXml(body), "Actions")?.children ?? [];
  return nodes.map((node, index) => ({
    nodeType: nodeTypes[index] ?? "",
    name: textAt(node, "Name") ?? "",
    id: textAt(node, "InstanceId") ?? "",
    result: textAt(node, "Result") ?? "",
  }));
};
