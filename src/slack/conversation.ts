/** Ids of direct messages begin so (Slack facts section 2). */
export const isDirect = (channel: string): boolean => channel.startsWith("D");
