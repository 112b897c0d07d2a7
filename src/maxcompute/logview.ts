/** Characters that stand for themselves in a Logview token's place; "+" and "=" are left as the service wrote them. */
const strangeInToken = /[^A-Za-z0-9+/=_.~:-]/gu;

/**
 * `<host>/logview/?h=<endpoint>&p=<project>&i=<id>&token=<token>` (protocol section 10.1). The service's page wants the endpoint and the
 * token as they are, not percent-encoded; both are checked where they come in, and what is strange in a token is encoded after all.
 */
export function logviewUrl(host: string, endpoint: string, project: string, id: string, token: string): string {
  const safeToken = token.replace(strangeInToken, encodeURIComponent);
  return `${host}/logview/?h=${endpoint}&p=${project}&i=${id}&token=${safeToken}`;
}

/** `<host>/<region>/job-insights?h=<endpoint>&p=<project>&i=<id>` (protocol section 10.2). */
export function jobInsightUrl(host: string, region: string, endpoint: string, project: string, id: string): string {
  return `${host}/${region}/job-insights?h=${endpoint}&p=${project}&i=${id}`;
}
