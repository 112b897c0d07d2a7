import type { Call } from "../call.ts";
import { methodNotAllowed, noSuchProject, Refusal } from "../errors.ts";
import type { Reply } from "../reply.ts";
import type { World } from "../world.ts";
import { authorization } from "./authorization.ts";
import { createInstance } from "./create-instance.ts";
import { openTunnel, readInstance, writeInstance } from "./instance.ts";
import { listInstances } from "./list-instances.ts";
import { jobInsight, logview } from "./pages.ts";
import { logs, project, tunnelService } from "./project.ts";
import { cachedInstances } from "./queueing.ts";
import type { Resource } from "./route.ts";
import { linkHost, tenant } from "./service.ts";

const serviceResources: ReadonlyMap<string, Resource> = new Map<string, Resource>([
  ["logview/host", { GET: linkHost }],
  ["webconsole/host", { GET: linkHost }],
  ["tenants", { GET: tenant }],
  ["logview", { GET: logview }],
]);

const projectResources: ReadonlyMap<string, Resource> = new Map<string, Resource>([
  ["", { GET: project }],
  ["logs", { PUT: logs }],
  ["tunnel", { GET: tunnelService }],
  ["authorization", { POST: authorization }],
  ["instances", { GET: listInstances, POST: createInstance }],
  ["cachedinstances", { GET: cachedInstances }],
]);

const instanceResource: Resource = { GET: readInstance, PUT: writeInstance, POST: openTunnel };

const noSuchPath = (call: Call): Refusal => new Refusal(404, "NoSuchPath", `There is nothing at ${call.path}`);

const resourceAt = (call: Call, world: World): Resource => {
  const [root, name, ...rest] = call.segments;
  if (root !== "projects" || name === undefined) {
    const isJobInsight = root === world.region && name === "job-insights";
    const resource = isJobInsight ? { GET: jobInsight } : serviceResources.get(call.segments.join("/"));
    if (resource === undefined) throw noSuchPath(call);
    return resource;
  }
  if (name !== world.project) throw noSuchProject(name);
  if (rest.length === 2 && rest[0] === "instances") return instanceResource;
  const resource = projectResources.get(rest.join("/"));
  if (resource === undefined) throw noSuchPath(call);
  return resource;
};

/** Finds who answers a call (protocol section 3) and lets them. Throws a Refusal for unknown paths, projects and methods. */
export const answer = async (call: Call, world: World): Promise<Reply> => {
  const resource = resourceAt(call, world);
  const method = call.method === "HEAD" ? "GET" : call.method;
  if (method === "GET" && resource.GET) return resource.GET(call, world);
  if (method === "PUT" && resource.PUT) return resource.PUT(call, world);
  if (method === "POST" && resource.POST) return resource.POST(call, world);
  throw methodNotAllowed(call.method, Object.keys(resource));
};

const publicPaths = ["logview/host", "webconsole/host", "logview"];

/** The hosts of links are nobody's secret, and the pages behind the links are opened by a browser that signs nothing. */
export const isPublic = (call: Call): boolean => {
  const isPage =
    publicPaths.includes(call.segments.join("/")) || (call.segments[1] === "job-insights" && call.segments[0] !== "projects");
  return isPage && !call.headers.has("authorization");
};
