// What every test of the artefact starts from: worlds that are closed behind it, of a package that is made once a run.
import { once } from "node:events";
import type { Server } from "node:http";
import { afterEach, beforeAll, inject } from "vitest";
import type { Artefact } from "./package-once.ts";
import { type People, peopleOf } from "./people.ts";
import { sharedArtefact } from "./shared-artefact.ts";
import { startWorld, type World, type WorldOptions } from "./world.ts";

export type Scene = { readonly world: World; readonly people: People };
export type StartScene = (options?: WorldOptions) => Promise<Scene>;

/** The seeds of what is left to chance: one in the ordinary run, more when ARTEFACT_SEEDS says so. */
export const seeds: readonly number[] = Array.from(
  { length: Number(process.env.ARTEFACT_SEEDS ?? "1") },
  (_, index) => index + 1,
);

/** Gives a function that starts a world of the packaged bot. */
export function scenesOfThisFile(): StartScene {
  let artefact: Artefact | undefined;
  const open: World[] = [];
  beforeAll(async () => {
    artefact = await sharedArtefact(inject("artefactFolder"));
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((world) => world.close()));
  });
  return async (options) => {
    const world = await startWorld(artefact ?? (await sharedArtefact(inject("artefactFolder"))), options);
    open.push(world);
    return { world, people: peopleOf(world) };
  };
}

/** Resolves when this server is asked for a path like this, by this method if one is named. */
export async function asked(server: Server, path: RegExp, by?: string): Promise<void> {
  for (;;) {
    const [{ url, method }] = (await once(server, "request")) as [{ readonly url?: string; readonly method?: string }];
    if (path.test(url ?? "") && (by === undefined || by === method)) return;
  }
}
