import { createContext } from "preact";
import type { Fields } from "./shapes.ts";

/** What a filled-in field of a modal holds: text, the value of an option, or those of several. */
export type FieldValue = string | readonly string[];

/** Where blocks are drawn: a message, whose elements act at once, or a modal, whose fields wait for the submission. */
export type Surface = {
  /** Sends a click; `value` picks an option. Asks first when the element carries a confirm object. */
  act(element: Fields, value?: string | undefined): void;
  /** Options of an external_select for what is typed so far. */
  suggest(element: Fields, query: string): Promise<readonly Fields[]>;
  /** action_id of what was sent and is not answered yet. */
  readonly busy: string | undefined;
  readonly form?: {
    readonly values: ReadonlyMap<string, FieldValue>;
    readonly errors: ReadonlyMap<string, string>;
    fill(field: string, value: FieldValue): void;
  };
};

export const SurfaceContext = createContext<Surface>({
  act: () => {},
  suggest: () => Promise.resolve([]),
  busy: undefined,
});
