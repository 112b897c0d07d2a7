// Where the parent decides: every request and every write of a child passes here twice, before it is applied and before it is answered.

export type Moment = "before" | "after";
export type Plan = { readonly boundary: number; readonly moment: Moment };

export type Crossing = {
  /** Kills the child if the plan says so, and tells whether it did: then nothing may be applied. */
  before(): Promise<boolean>;
  /** The same once it was applied: then nothing may be answered. */
  after(): Promise<boolean>;
};

/** A boundary that was met. */
export type Met = {
  readonly label: string;
  /**
   * It came straight behind the one before: that was answered, nothing else was under way, and nobody had seen anything in between. A death
   * before it is then the death after that one, for what a process knows dies with it.
   */
  readonly follows: boolean;
};

export type Gate = {
  /** Begins to count from zero. `kill` resolves when the child is dead; without a plan nobody is killed. */
  arm(plan: Plan | undefined, kill: () => Promise<void>): void;
  /** Nothing is counted until the gate is armed again. */
  disarm(): void;
  arrive(label: string): Crossing;
  /** Somebody sees something of the child that passes no gate: that an order is done. */
  seen(): void;
  /** Slack has its acknowledgement: by its own way, so that a boundary behind it may have been met already. */
  acknowledged(): void;
  /** What arrived since the gate was armed, in order, until somebody was killed. */
  met(): readonly Met[];
  wasKilled(): boolean;
};

const free: Crossing = { before: async () => false, after: async () => false };

export function createGate(): Gate {
  let isArmed = false;
  let plan: Plan | undefined;
  let kill = async () => {};
  let killed = false;
  let met: Met[] = [];
  let underWay = 0;
  let wasSeen = true;

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
      met = [];
      underWay = 0;
      wasSeen = true;
    },
    disarm() {
      isArmed = false;
    },
    arrive(label) {
      if (!isArmed || killed) return free;
      const boundary = met.push({ label, follows: underWay === 0 && !wasSeen }) - 1;
      underWay += 1;
      wasSeen = false;
      return {
        before: () => strike(boundary, "before"),
        async after() {
          const isKilled = await strike(boundary, "after");
          underWay -= 1;
          return isKilled;
        },
      };
    },
    seen() {
      wasSeen = true;
    },
    acknowledged() {
      wasSeen = true;
      met = met.map((each, index) => (index === met.length - 1 ? { ...each, follows: false } : each));
    },
    met: () => met,
    wasKilled: () => killed,
  };
}
