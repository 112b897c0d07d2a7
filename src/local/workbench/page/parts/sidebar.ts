import { h } from "preact";
import { useContext, useLayoutEffect, useRef } from "preact/hooks";
import { channelTitle, ReaderContext } from "../reader.ts";
import type { Channel, Person } from "../shapes.ts";
import { Avatar } from "./avatar.ts";
import { focusedElement } from "./focus.ts";

type SidebarProps = {
  readonly team: string;
  readonly current: string;
  readonly unread: ReadonlySet<string>;
  readonly isDrawerOpen: boolean;
  readonly isLive: boolean;
  onChannel(id: string): void;
  onPerson(person: Person): void;
  onClose(): void;
};

/** The workspace, its channels, and the switch of who one is. */
export function Sidebar({ team, current, unread, isDrawerOpen, isLive, onChannel, onPerson, onClose }: SidebarProps) {
  const reader = useContext(ReaderContext);
  const { me, people, channels } = reader;
  const nav = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (!isDrawerOpen) return;
    const before = focusedElement();
    nav.current?.querySelector<HTMLElement>("[aria-current]")?.focus();
    return () => before?.focus();
  }, [isDrawerOpen]);
  const row = (channel: Channel) => {
    const isUnread = unread.has(channel.id);
    const title = channelTitle(reader, channel);
    const isDirect = channel.kind === "im";
    return h(
      "li",
      { key: channel.id },
      h(
        "button",
        {
          type: "button",
          class: `channel${isUnread ? " unread" : ""}`,
          "aria-current": channel.id === current ? "page" : undefined,
          onClick: () => onChannel(channel.id),
        },
        isDirect
          ? h(Avatar, { name: title, isBot: true, small: true })
          : h("span", { class: `hash ${channel.kind}`, "aria-hidden": true }),
        h("span", { class: "channel-name" }, title),
        isUnread && h("span", { class: "dot", role: "img", "aria-label": "unread" }),
      ),
    );
  };
  const isMine = ({ kind, members }: Channel) => kind === "public" || members.includes(me.id);
  const mine = channels.filter(isMine);
  return h(
    "nav",
    {
      ref: nav,
      class: `sidebar${isDrawerOpen ? " open" : ""}`,
      id: "sidebar",
      "aria-label": "Channels",
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === "Escape") onClose();
      },
    },
    h(
      "div",
      { class: "workspace" },
      h("span", { class: "workspace-name" }, team),
      h("span", { class: `live ${isLive ? "on" : "off"}`, role: "status" }, isLive ? "live" : "reconnecting"),
      h("button", {
        type: "button",
        class: "icon-button close drawer-close",
        "aria-label": "Close the list of channels",
        onClick: onClose,
      }),
    ),
    h("h2", null, "Channels"),
    h("ul", null, mine.filter(({ kind }) => kind !== "im").map(row)),
    h("h2", null, "Direct messages"),
    h("ul", null, mine.filter(({ kind }) => kind === "im").map(row)),
    h(
      "fieldset",
      { class: "people" },
      h("legend", null, "You are"),
      people
        .filter(({ is_bot }) => !is_bot)
        .map((person) =>
          h(
            "label",
            { key: person.id, class: `person${person.id === me.id ? " chosen" : ""}` },
            h("input", {
              type: "radio",
              name: "person",
              value: person.name,
              checked: person.id === me.id,
              onChange: () => onPerson(person),
            }),
            h(Avatar, { name: person.real_name || person.name, isBot: false, small: true }),
            h("span", { class: "person-name" }, person.name),
            h("span", { class: "person-role" }, person.role),
          ),
        ),
    ),
  );
}
