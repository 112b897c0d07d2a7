import { h } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Composer } from "./parts/composer.ts";
import { MessageList } from "./parts/message-list.ts";
import { ModalView } from "./parts/modal.ts";
import { Panel } from "./parts/panel.ts";
import { Sidebar } from "./parts/sidebar.ts";
import { ThreadPane } from "./parts/thread-pane.ts";
import { hashOf, placeOf } from "./place.ts";
import { channelTitle, type Reader, ReaderContext } from "./reader.ts";
import { useComposing } from "./use-composing.ts";
import { useSlack } from "./use-slack.ts";
import { useUnread } from "./use-unread.ts";

const wideEnoughForPanel = 1100;

/** The whole page. */
export function App({ now }: { now(): number }) {
  const [place, setPlace] = useState(placeOf(location.hash));
  const [personId, setPersonId] = useState("");
  const slack = useSlack(personId);
  const { workspace, isLive, failure } = slack;
  const [thread, setThread] = useState("");
  const [hasPanel, setPanel] = useState(innerWidth >= wideEnoughForPanel);
  const [isDrawerOpen, setDrawer] = useState(false);
  const [drafts, setDrafts] = useState<ReadonlyMap<string, string>>(new Map());
  const [focusRequest, setFocusRequest] = useState(0);

  const people = workspace?.people.filter(({ is_bot }) => !is_bot) ?? [];
  const me = people.find(({ id, name }) => id === place.person || name === place.person) ?? people[0];
  const channels = workspace?.channels ?? [];
  const mine = channels.filter(({ kind, members }) => kind === "public" || members.includes(me?.id ?? ""));
  const channel = mine.find(({ id, name }) => id === place.channel || name === place.channel) ?? mine[0];
  const channelId = channel?.id ?? "";
  const histories = slack.historiesOf(me?.id ?? "");
  const composing = useComposing(me, channelId, histories);
  const unread = useUnread(me?.id ?? "", channelId, histories);

  useEffect(() => setPersonId(me?.id ?? ""), [me?.id]);
  useEffect(() => {
    const onHash = () => setPlace(placeOf(location.hash));
    addEventListener("hashchange", onHash);
    return () => removeEventListener("hashchange", onHash);
  }, []);
  useEffect(() => setThread(""), [channelId, me?.id]);

  const reader = useMemo<Reader | undefined>(
    () =>
      workspace === undefined || me === undefined
        ? undefined
        : { me, people: workspace.people, channels: workspace.channels, bot: workspace.bot, now },
    [workspace, me, now],
  );
  if (reader === undefined || workspace === undefined || channel === undefined || me === undefined) {
    return h("main", { class: "opening", role: "status" }, failure === "" ? "Opening the workbench…" : failure);
  }

  const title = channel.kind === "im" ? channelTitle(reader, channel) : `#${channel.name}`;
  const messages = histories.get(channelId) ?? [];
  const go = (person: string, to: string) => {
    location.hash = hashOf({ person, channel: to });
    setDrawer(false);
  };
  const draftKey = (at: string) => `${me.id} ${channelId} ${at}`;
  const draftOf = (at: string) => drafts.get(draftKey(at)) ?? "";
  const write = (at: string, text: string) => setDrafts((before) => new Map([...before, [draftKey(at), text]]));
  const isSideOpen = thread !== "" || hasPanel;
  const modal = workspace.modals.findLast(({ user }) => user === me.id);

  return h(
    ReaderContext.Provider,
    { value: reader },
    h(
      "div",
      { class: `app${isSideOpen ? " with-side" : ""}` },
      h(Sidebar, {
        team: workspace.team.name,
        current: channelId,
        unread,
        isDrawerOpen,
        isLive,
        onChannel: (id) =>
          go(
            me.name,
            channels.find((one) => one.id === id)?.kind === "im" ? id : (channels.find((one) => one.id === id)?.name ?? id),
          ),
        onPerson: ({ name }) => go(name, channel.kind === "im" ? "" : channel.name),
        onClose: () => setDrawer(false),
      }),
      isDrawerOpen && h("div", { class: "shade", onClick: () => setDrawer(false) }),
      h(
        "main",
        { class: "channel-pane", "aria-label": title },
        h(
          "header",
          { class: "pane-head" },
          h("button", {
            type: "button",
            class: "icon-button menu-button",
            "aria-label": "Channels and people",
            "aria-expanded": isDrawerOpen,
            "aria-controls": "sidebar",
            onClick: () => setDrawer(!isDrawerOpen),
          }),
          h("h1", null, title),
          h("span", { class: "dim as-whom" }, `as ${me.name}, ${me.role}`),
          h(
            "button",
            {
              type: "button",
              class: "button",
              "aria-expanded": hasPanel && thread === "",
              onClick: () => {
                setPanel(thread !== "" || !hasPanel);
                setThread("");
              },
            },
            "Simulation",
          ),
        ),
        isLive
          ? failure !== "" && h("div", { class: "failure", role: "alert" }, failure)
          : h(
              "div",
              { class: "failure", role: "alert" },
              "The workbench does not answer. As soon as it does, this page goes on by itself.",
            ),
        h(MessageList, {
          channelId,
          title,
          messages,
          pending: composing.pending.filter((line) => line.channel === channelId && line.user === me.id),
          sent: composing.sent,
          onThread: setThread,
          onDismiss: composing.dismiss,
        }),
        h(Composer, {
          key: draftKey(""),
          id: "composer",
          label: `Message ${title}`,
          draft: draftOf(""),
          history: composing.history,
          verbs: workspace.commands,
          focusRequest,
          onDraft: (text) => write("", text),
          onSend: (line) => composing.send(line),
        }),
      ),
      thread !== ""
        ? h(
            ThreadPane,
            { ts: thread, title, messages, sent: composing.sent, onClose: () => setThread("") },
            h(Composer, {
              key: draftKey(thread),
              id: "reply",
              label: "Reply in thread",
              draft: draftOf(thread),
              history: composing.history,
              verbs: [],
              focusRequest: 1,
              onDraft: (text) => write(thread, text),
              onSend: (line) => composing.send(line, thread),
            }),
          )
        : hasPanel &&
            h(Panel, {
              onClose: () => setPanel(false),
              onWrite: (line) => {
                write("", line);
                setFocusRequest(focusRequest + 1);
                if (innerWidth < wideEnoughForPanel) setPanel(false);
              },
            }),
      modal !== undefined && h(ModalView, { key: modal.id, modal, channel: channelId, onSettled: slack.reload }),
    ),
  );
}
