import { MaxComputeError } from "../errors.ts";
import { assumeRole, checkRole, type RoleRequest, type StsPorts } from "./assume-role.ts";
import { createIdentity } from "./identity.ts";
import { keepFresh } from "./keep-fresh.ts";
import type { Credential, CredentialsProvider } from "./provider.ts";

/** Sessions of one role under many names. */
export type RoleSessions = {
  /** The provider of the session of that name, and of no other; kept until shortly before it ends. */
  of(sessionName: string): CredentialsProvider;
  /** Asks for a session of that name and forgets it. Throws MaxComputeError as `assumeRole` does. */
  tryOut(sessionName: string): Promise<void>;
};

export type RoleSessionsOptions = Omit<RoleRequest, "sessionName"> &
  StsPorts & {
    /** Of the key that may assume the role. */
    readonly credentials: CredentialsProvider;
  };

/** The one that was asked for longest ago is dropped above this. */
const keptSessions = 500;

/** Throws MaxComputeError "invalid" for a role or an endpoint that cannot be one. */
export function createRoleSessions({ roleArn, endpoint, credentials, ...ports }: RoleSessionsOptions): RoleSessions {
  checkRole({ roleArn, endpoint });
  const identity = createIdentity(credentials);
  const kept = new Map<string, CredentialsProvider>();

  const ask = async (sessionName: string): Promise<Credential> => {
    const request = { roleArn, sessionName, endpoint };
    const key = await identity.key();
    try {
      return await assumeRole(request, key, ports);
    } catch (error) {
      // The bot's own key may have been changed a moment ago.
      if (!(error instanceof MaxComputeError) || error.kind !== "unauthorized") throw error;
      const next = await identity.keyInsteadOf(key);
      if (next === undefined) throw error;
      return await assumeRole(request, next, ports);
    }
  };

  return {
    of(sessionName) {
      const provider = kept.get(sessionName) ?? keepFresh(() => ask(sessionName), ports.now);
      kept.delete(sessionName);
      kept.set(sessionName, provider);
      const [oldest] = kept.keys();
      if (kept.size > keptSessions && oldest !== undefined) kept.delete(oldest);
      return provider;
    },
    async tryOut(sessionName) {
      await ask(sessionName);
    },
  };
}
