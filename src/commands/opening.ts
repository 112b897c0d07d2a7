// Opening a form while its trigger lives: at the door, before anything is known of what it will hold.
import type { AtOnceView } from "../view/index.ts";
import type { CommandSpec, FormSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { parse } from "./parse.ts";
import type { Ask, OpenedForm } from "./request.ts";
import { verbatimOf } from "./verbatim.ts";

/** What became of a form: `perhaps` when nobody heard, `repeated` when an earlier delivery of the same press had opened it. */
export type Opening = { readonly kind: "open" | "perhaps"; readonly at: OpenedForm } | { readonly kind: "repeated" | "not open" };

/** How forms are opened. Implemented by the chat platform. */
export type FormOpener = {
  /** Opens a form that says it is loading, within the time that the door has for it. `name` finds it again. */
  open(form: FormSpec, trigger: string, name: string): Promise<Opening>;
  /** Puts words in the place of a form that will not be filled. Throws when it cannot. */
  say(at: OpenedForm, view: AtOnceView): Promise<void>;
};

/** Of whoever only works on what a door has taken in. */
export const opensNoForms: FormOpener = {
  open: async () => ({ kind: "not open" }),
  say: () => Promise.reject(new Error("no form is opened here")),
};

/** Where something is typed to confirm an intent. */
const confirmForm: FormSpec = { name: "confirm", title: "Confirm" };

/** Of a command that was typed without the text that it takes. */
function opensBare(text: string, commands: readonly CommandSpec[]): FormSpec | undefined {
  const typed = parsed(text, commands);
  if (typed?.command.form?.opensBare !== true) return undefined;
  const name = verbatimOf(typed.command.args);
  return name === undefined || typed.values[name] !== undefined ? undefined : typed.command.form;
}

/** A mistake in it is told elsewhere. */
function parsed(text: string, commands: readonly CommandSpec[]) {
  try {
    return parse(text, commands);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** The form that this opens; undefined for everything else, a form that comes back filled in too. */
export function opens(ask: Ask, commands: readonly CommandSpec[]): FormSpec | undefined {
  if (ask.kind === "intent") return ask.press === "type" ? confirmForm : undefined;
  if (ask.kind === "text") return opensBare(ask.text, commands);
  if (ask.kind !== "ref" || ask.flags !== undefined) return undefined;
  return commands.find(({ form }) => form !== undefined && form.name === ask.verb)?.form;
}
