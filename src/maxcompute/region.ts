const regionalHost = /^service\.([a-z0-9][a-z0-9-]*?)(?:-vpc|-internal)?\.[a-z]{4,10}\.aliyun(?:-inc)?\.com$/;

/**
 * The region an endpoint's host names, as in `service.cn-hangzhou-vpc.maxcompute.aliyun-inc.com`; undefined when it names none
 * (protocol section 10.2). A region has a hyphen in it: `service.odps.aliyun.com` is the central endpoint.
 */
export function regionFromEndpoint(endpoint: string): string | undefined {
  if (!URL.canParse(endpoint)) return undefined;
  const region = regionalHost.exec(new URL(endpoint).hostname)?.[1];
  return region?.includes("-") ? region : undefined;
}
