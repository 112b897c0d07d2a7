// Apart from Bolt, which functions that only answer do not carry.
import type { WebClientOptions } from "@slack/web-api";

/** WebClient's own habit is ten retries over half an hour; a chat answer that late helps nobody (Slack facts section 3). */
export const clientOptions: WebClientOptions = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: 10_000 };
