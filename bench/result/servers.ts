// The simulated MaxCompute and Slack in a process of their own, so that nothing they hold or do is measured.
import { startMaxComputeSimulator } from "../../src/simulator/maxcompute/index.ts";
import { startSlackSimulator } from "../../src/simulator/slack/index.ts";

const maxcompute = await startMaxComputeSimulator();
const slack = await startSlackSimulator({ requestUrl: () => "http://127.0.0.1:9/", signingSecret: "s", botToken: "xoxb-bench" });
const { endpoint, project, accessId, accessKey } = maxcompute;

process.on("message", (rows: number) => process.send?.({ id: maxcompute.start("large", { rows }) }));
process.on("disconnect", () => process.exit(0));
process.send?.({
  endpoint,
  project,
  accessId,
  accessKey,
  slackUrl: slack.url,
  channel: slack.channels().find(({ name }) => name === "general")?.id ?? "",
});
