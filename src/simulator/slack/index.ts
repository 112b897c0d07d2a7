// The public surface of the simulated Slack.
export type * from "./api.ts";
export { mentionsAndLinks } from "./judge/live.ts";
export { checkMessage } from "./judge/message.ts";
export type { Problem } from "./judge/problem.ts";
export { checkView } from "./judge/view.ts";
export { createSlackSimulator } from "./simulator.ts";
export { startSlackSimulator } from "./start.ts";
