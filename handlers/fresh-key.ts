// An access key that was changed while a command is under way (production rule 29).
import type { MaxComputeClient } from "../src/maxcompute/index.ts";
import { MaxComputeError } from "../src/maxcompute/index.ts";

export type AccessKey = { readonly id: string; readonly secret: string; readonly stsToken?: string | undefined };
type Clients = (project: string) => MaxComputeClient;

export type FreshKeyPorts = {
  readonly first: AccessKey;
  /** The newest key; asked for when MaxCompute refused one. */
  newest(): Promise<AccessKey>;
  clientsWith(key: AccessKey): Clients;
};

const isSame = (a: AccessKey, b: AccessKey): boolean => a.id === b.id && a.secret === b.secret && a.stsToken === b.stsToken;

/**
 * Clients of which each call that MaxCompute refuses for its key is made once more when there is another key by then. A refused signature
 * was not executed, so this is safe for writes too; a listing is begun again only where nothing of it was given out.
 */
export function withFreshKey({ first, newest, clientsWith }: FreshKeyPorts): Clients {
  let current = { key: first, clients: clientsWith(first) };

  /** Whether a call with this key is worth making again after this error. */
  async function isRenewed(error: unknown, key: AccessKey): Promise<boolean> {
    if (!(error instanceof MaxComputeError) || error.httpStatus !== 401) return false;
    if (current.key !== key) return true; // another call has found it
    const found = await newest();
    if (isSame(found, key)) return false;
    current = { key: found, clients: clientsWith(found) };
    return true;
  }

  async function* listed(call: () => unknown, key: AccessKey): AsyncIterable<unknown> {
    let isBegun = false;
    try {
      for await (const each of call() as AsyncIterable<unknown>) {
        isBegun = true;
        yield each;
      }
    } catch (error) {
      if (isBegun || !(await isRenewed(error, key))) throw error;
      yield* call() as AsyncIterable<unknown>;
    }
  }

  function over(clientIn: (clients: Clients) => MaxComputeClient): MaxComputeClient {
    let made = { of: current, client: clientIn(current.clients) };
    const client = () => {
      if (made.of !== current) made = { of: current, client: clientIn(current.clients) };
      return made.client;
    };
    return new Proxy(made.client, {
      get(_, name) {
        if (name === "withDeadline") return (at: number) => over((clients) => clientIn(clients).withDeadline(at));
        const member: unknown = Reflect.get(client(), name);
        if (typeof member !== "function") return member;
        return (...given: unknown[]) => {
          const { key } = current;
          const call = (): unknown => Reflect.get(client(), name)(...given);
          if (name === "listInstances") return listed(call, key);
          return Promise.resolve(call()).catch(async (error: unknown) => {
            if (await isRenewed(error, key)) return call();
            throw error;
          });
        };
      },
    });
  }

  return (project) => over((clients) => clients(project));
}
