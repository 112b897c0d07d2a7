import type { Call } from "../call.ts";
import type { Reply } from "../reply.ts";
import type { World } from "../world.ts";

/** Answers one call, or throws a Refusal. */
export type Route = (call: Call, world: World) => Reply | Promise<Reply>;

/** What a path accepts, by HTTP method. HEAD is answered like GET, without its body. */
export type Resource = { readonly GET?: Route; readonly PUT?: Route; readonly POST?: Route };
