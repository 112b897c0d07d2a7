// Links to Logview.
import type { InstanceLink } from "./link.ts";

/** A private view: its url is a read grant for whoever has it. */
export type LogviewView = {
  readonly kind: "logview";
  /** The same for each instance below an XFlow, the first of them. */
  readonly subs?: readonly {
    readonly name: string;
    readonly path: readonly string[];
    readonly link: InstanceLink;
    readonly url: string;
  }[];
  /** How many more there are. */
  readonly moreSubs?: number;
  readonly link: InstanceLink;
  readonly url: string;
  readonly expiresAt: number;
  readonly jobInsightUrl?: string;
};
