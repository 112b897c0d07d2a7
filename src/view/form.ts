// A form to be filled in.
import type { InstanceLink } from "./link.ts";

/** What can be filled in. `name` is the flag of the command that its value becomes; what is left empty is not given. */
export type FormField = { readonly name: string; readonly label: string; readonly hint?: string } & (
  | {
      readonly kind: "text";
      readonly longest: number;
      readonly initial?: string;
      readonly isLong?: boolean;
      /** It cannot be left empty. */
      readonly isNeeded?: boolean;
    }
  | { readonly kind: "one of"; readonly options: readonly FormOption[]; readonly initial: string }
  | { readonly kind: "some of"; readonly options: readonly FormOption[] }
  | { readonly kind: "yes"; readonly says: string }
);

export type FormOption = { readonly value: string; readonly label: string };

/** What a person fills in before a command runs. */
export type FormView = {
  readonly kind: "form";
  /** What the form is known by: the verb of the button that opens it, and of what comes back. */
  readonly form: string;
  readonly title: string;
  readonly submit: string;
  /** What it is about; its reference comes back with what was filled in. */
  readonly link: InstanceLink;
  readonly about: string;
  readonly fields: readonly FormField[];
  /** The command that runs with what was filled in. */
  readonly command: string;
  /** Of a form that confirms: the intent that it carries in place of the reference. */
  readonly intentId?: string;
};
