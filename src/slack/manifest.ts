// The Slack app, whole: `npm run docs` writes it to slack-manifest.yml. Each scope is there for a reason, and no other is asked for.
import type { CommandSpec } from "../commands/command.ts";

export const scopes: readonly { readonly scope: string; readonly reason: string }[] = [
  { scope: "commands", reason: "`/odps` itself" },
  { scope: "chat:write", reason: "answers and cards where people are" },
  { scope: "app_mentions:read", reason: "`@odps …` in channels and threads, where slash commands do not work" },
  { scope: "im:history", reason: "commands typed to the bot in a direct message; no other conversation is read" },
  { scope: "im:write", reason: "opens the direct message in which files and late answers arrive" },
  { scope: "files:write", reason: "results as files" },
  { scope: "channels:read", reason: "whether the bot is in a channel that is to get cards; no message is read" },
  { scope: "groups:read", reason: "the same for private channels" },
  { scope: "users:read", reason: "that guests, bots and people of other workspaces are refused" },
  { scope: "usergroups:read", reason: "rights of user groups" },
  { scope: "links:read", reason: "hears of Logview links that are posted, to caution their poster alone; no message is read" },
];

/** Hosts of Logview links with tokens that the service's own clients make; five at most. An installation with another host adds it. */
export const logviewDomains: readonly string[] = ["logview.aliyun.com", "logview.alibaba-inc.com"];

const placeholder = "https://YOUR-FUNCTION-URL.lambda-url.REGION.on.aws/";

/** The manifest of an app whose requests go to `requestUrl`. Limits: Slack facts section 6. */
export function manifest(commands: readonly CommandSpec[], requestUrl = placeholder) {
  const request = { request_url: requestUrl };
  const hint = commands.slice(0, 6).map(({ name }) => name);
  return {
    display_information: {
      name: "ODPS",
      description: "Ask and act on MaxCompute (ODPS) task instances",
      background_color: "#1d1c1d",
    },
    features: {
      bot_user: { display_name: "odps", always_online: true },
      app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      slash_commands: [
        {
          command: "/odps",
          description: "Ask and act on MaxCompute instances",
          usage_hint: `${hint.join(" | ")} <id> | help`,
          should_escape: true,
          url: requestUrl,
        },
      ],
      unfurl_domains: [...logviewDomains],
    },
    oauth_config: { scopes: { bot: scopes.map(({ scope }) => scope) } },
    settings: {
      interactivity: { is_enabled: true, ...request, message_menu_options_url: requestUrl },
      event_subscriptions: { bot_events: ["app_mention", "message.im", "link_shared"], ...request },
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    },
  };
}
