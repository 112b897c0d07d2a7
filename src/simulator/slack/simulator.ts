import type { Channel, SlackOptions, SlackSimulator } from "./api.ts";
import { sees } from "./channels.ts";
import { click, suggest } from "./delivery/click.ts";
import { typeCommand } from "./delivery/command.ts";
import { scheduleEvent } from "./delivery/events.ts";
import { closeView, submitView } from "./delivery/submit.ts";
import { typeMessage } from "./delivery/typed-message.ts";
import { showShare } from "./shares.ts";
import { serve } from "./web/serve.ts";
import { forget, openWorkspace } from "./workspace.ts";
import { bot, botPerson, findPerson, people, team } from "./world.ts";

/** A Slack workspace with four people and one bot; see api.ts for what it does. What an earlier run left undone is taken up. */
export function createSlackSimulator(options: SlackOptions): SlackSimulator {
  const workspace = openWorkspace(options);
  const { channels, messages, views, homes, listeners } = workspace;
  for (const share of workspace.shares.list()) showShare(share, workspace);
  for (const event of workspace.events.list()) scheduleEvent(event, workspace);

  const channelNamed = (name: string): Channel => {
    const channel = channels.find(name);
    if (channel === undefined) throw new Error(`no channel is called ${JSON.stringify(name)}`);
    return channel;
  };
  const userId = (name: string): string => {
    const person = findPerson(name);
    if (person === undefined) throw new Error(`nobody is called ${JSON.stringify(name)}`);
    return person.id;
  };

  return {
    team,
    bot,
    people: () => [...people, botPerson],
    channels: channels.list,
    messages({ channel, user }) {
      const viewer = user === undefined ? undefined : userId(user);
      const found = channels.find(channel, viewer);
      if (found === undefined) return [];
      const all = messages.list(found.id).map(({ message }) => message);
      return viewer === undefined ? all : all.filter((message) => sees(viewer, found, message));
    },
    modals: () => views.list().map(({ id, user, hash, view, errors }) => ({ id, user, hash, view, ...(errors && { errors }) })),
    home: (user) => homes.get(userId(user))?.view,
    command: (input) => typeCommand(input, workspace),
    message: (input) => typeMessage(input, workspace),
    action: (input) => click(input, workspace),
    submitView: (input) => submitView(input, workspace),
    closeView: (input) => closeView(input, workspace),
    suggest: (input) => suggest(input, workspace),
    invite({ channel: name, user }) {
      const channel = channelNamed(name);
      channels.save({ ...channel, members: [...new Set([...channel.members, userId(user)])] });
    },
    remove({ channel: name, user }) {
      const channel = channelNamed(name);
      channels.save({ ...channel, members: channel.members.filter((member) => member !== userId(user)) });
    },
    archive({ channel: name, archived }) {
      channels.save({ ...channelNamed(name), archived });
    },
    fault: workspace.faults.add,
    clearFaults: workspace.faults.clear,
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    handle: (request, response) => serve(request, response, workspace),
    reset: () => forget(workspace),
    async close() {
      await workspace.background.close();
      workspace.store.close();
    },
  };
}
