import type { IncomingMessage } from "node:http";
import { RefusedRequest } from "../answer.ts";

/** One address of the workbench; what `answer` resolves to is sent as JSON with status 200, a RefusedRequest with its own. */
export type Route = {
  readonly method: "GET" | "POST";
  readonly path: string;
  answer(request: IncomingMessage, url: URL): unknown;
};

/** Asks a simulator for something; what it refuses by throwing is the caller's mistake, hence 400 with its words. */
export async function asked<Answer>(ask: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw new RefusedRequest(400, error instanceof Error ? error.message : String(error));
  }
}
