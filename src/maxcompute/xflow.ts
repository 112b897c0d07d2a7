/** XFlow (PAI) instances: a workflow whose nodes are instances of their own (protocol section 12). */

export type XflowAction = {
  readonly name: string;
  /** "Instance", "SubWorkflow", "Local" (no instance of its own), or a word the service adds tomorrow; "" when it left it out. */
  readonly nodeType: string;
  /** Undefined while the node has not begun, and for a local one. */
  readonly instanceId?: string | undefined;
  /** What the node left as a text; undefined where it left none, or a document. */
  readonly result?: string | undefined;
};

/** An ordinary instance that an XFlow started. Two may have the same name. */
export type SubInstance = {
  readonly name: string;
  readonly id: string;
  /** The names of the sub-workflows it is in, outermost first. */
  readonly path: readonly string[];
  /** The instance of the workflow it is directly in. */
  readonly parentId: string;
  readonly nodeType: string;
};

/** What an XFlow was started with. */
export type XflowSource = {
  /** The project that has the XFlow's definition, such as "algo_public". */
  readonly project?: string | undefined;
  readonly xflow?: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
};
