// Modals that ask for nothing: one that is loading, and one that says something in the place of a form.
import type { KnownBlock, ModalView } from "@slack/types";
import type { FormSpec } from "../commands/command.ts";
import type { OpenedForm } from "../commands/request.ts";
import { plain, section } from "./blocks.ts";
import { limits } from "./limits.ts";
import type { Message } from "./message.ts";
import { mrkdwn } from "./mrkdwn.ts";

/** How a modal is named to views.update: by its id and what it showed when it was opened, else by the name it was given. */
export const viewNamed = ({ name, id, hash }: OpenedForm) =>
  id === undefined || hash === undefined ? { external_id: name } : { view_id: id, hash };

/** `name` finds it again, where Slack's own id of it is not known. */
export const loadingModal = ({ title }: FormSpec, name: string): ModalView => ({
  type: "modal",
  title: plain(title, limits.modalTitle),
  close: plain("Close", limits.modalTitle),
  external_id: name,
  blocks: section(mrkdwn`:hourglass_flowing_sand: Loading. If nothing comes within a minute, close this and press again.`),
});

/** A message as a modal. A modal tells nobody where its buttons were pressed, and holds no tables: they are left out. */
export const wordsModal = ({ blocks }: Message): ModalView => ({
  type: "modal",
  title: plain("ODPS", limits.modalTitle),
  close: plain("Close", limits.modalTitle),
  blocks: blocks.filter(({ type }) => !onlyInMessages.has(type)),
});

const onlyInMessages: ReadonlySet<KnownBlock["type"]> = new Set<KnownBlock["type"]>(["actions", "table", "data_table"]);
