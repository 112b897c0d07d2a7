import type { Clock } from "../../clock.ts";

/** A download session. Everything else of it follows from the instance and the time (epoch milliseconds). */
export type TunnelSession = {
  readonly id: string;
  readonly instance: string;
  /** Capped at the project's row limit (`instance_tunnel_limit_enabled`). */
  readonly isLimited: boolean;
  readonly openedAt: number;
};

const maxSessions = 10_000;

/** The sessions of a simulator, in memory: a restart forgets them, and the oldest makes room when there are 10,000. */
export const createSessions = (clock: Clock, newId: (count: number) => string) => {
  const sessions = new Map<string, TunnelSession>();
  let count = 0;
  return {
    open(instance: string, isLimited: boolean): TunnelSession {
      count += 1;
      const session = { id: newId(count), instance, isLimited, openedAt: clock.now() };
      const [oldest] = sessions.keys();
      if (sessions.size >= maxSessions && oldest !== undefined) sessions.delete(oldest);
      sessions.set(session.id, session);
      return session;
    },
    get: (id: string): TunnelSession | undefined => sessions.get(id),
    clear: (): void => sessions.clear(),
  };
};

export type TunnelSessions = ReturnType<typeof createSessions>;
