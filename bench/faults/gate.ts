// Where the parent decides: every request and every write of a child passes here twice, before it is applied and before it is answered.

export type Moment = "before" | "after";
export type Plan = { readonly boundary: number; readonly moment: Moment };

export type Crossing = {
  /** Kills the child if the plan says so, and tells whether it did: then nothing may be applied. */
  before(): Promise<boolean>;
  /** The same once it was applied: then nothing may be answered. */
  after(): Promise<boolean>;
};

export type Gate = {
  /** Begins to count from zero. `kill` resolves when the child is dead; without a plan nobody is killed. */
  arm(plan: Plan | undefined, kill: () => Promise<void>): void;
  /** Nothing is counted until the gate is armed again. */
  disarm(): void;
  arrive(label: string): Crossing;
  /** What arrived since the gate was armed, in order, until somebody was killed. */
  labels(): readonly string[];
  wasKilled(): boolean;
};

const free: Crossing = { before: async () => false, after: async () => false };

export function createGate(): Gate {
  let isArmed = false;
  let plan: Plan | undefined;
  let kill = async () => {};
  let killed = false;
  let labels: string[] = [];

  const strike = async (boundary: number, moment: Moment): Promise<boolean> => {
    if (killed || plan?.boundary !== boundary || plan.moment !== moment) return false;
    killed = true;
    await kill();
    return true;
  };

  return {
    arm(next, killChild) {
      isArmed = true;
      plan = next;
      kill = killChild;
      killed = false;
      labels = [];
    },
    disarm() {
      isArmed = false;
    },
    arrive(label) {
      if (!isArmed || killed) return free;
      const boundary = labels.push(label) - 1;
      return { before: () => strike(boundary, "before"), after: () => strike(boundary, "after") };
    },
    labels: () => labels,
    wasKilled: () => killed,
  };
}
