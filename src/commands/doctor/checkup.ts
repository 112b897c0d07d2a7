// One thing about the bot that can be looked at, by whoever has it: Slack's, AWS's and the local run's are made where those are known.
import type { Finding } from "../../view/index.ts";

export type Checkup = {
  readonly name: string;
  /** It looks at one project alone, and not at the installation, which is everybody's. */
  readonly isOfProject?: true;
  /** What it finds, by the deadline (epoch ms): what comes later nobody waits for. */
  run(deadline: number): Promise<Finding>;
};

export const ok = (seen: string): Finding => ({ state: "ok", seen });
export const warning = (seen: string, fix: string): Finding => ({ state: "warning", seen, fix });
export const broken = (seen: string, fix: string): Finding => ({ state: "broken", seen, fix });
/** It could not be checked. */
export const unclear = (seen: string, fix: string): Finding => ({ state: "unclear", seen, fix });

/** What is known of an error without its words, which may hold anything. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "an error without a name");
