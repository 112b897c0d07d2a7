// The minute rule -> wait for young instances; "LookRequested" -> the first look at what is new, and its end if that comes soon.
import type { Context, EventBridgeEvent } from "aws-lambda";
import { loadDeployment } from "../src/aws/deployment.ts";
import { Look } from "../src/aws/look-queue.ts";
import { takeMinute } from "../src/commands/watching/minute.ts";
import type { Schedule } from "../src/watch/index.ts";
import { lookAtOnce, watchHot } from "../src/watch/index.ts";
import { openEnginePlace, withEngine } from "./engine.ts";
import { openSealed } from "./open-request.ts";

const place = openEnginePlace(loadDeployment("hot", process.env));
const { log, secrets } = place;

/** What is older the tick has looked at. */
const staleAfterMs = 60_000;

/** It starts and ends no watching, so the minute rule is not its to switch. */
const refuse = async () => Promise.reject(new Error("the minute rule is not switched from here"));
const notHere: Schedule = { enable: refuse, disable: refuse };

type Event = { readonly call: "hot" } | EventBridgeEvent<"LookRequested", unknown>;

export const handler = async (event: Event, context: Context): Promise<void> => {
  if ("call" in event) return waitForTheYoung(context);
  const sealed = await openSealed("LookRequested", event.detail, secrets);
  const look = Look.safeParse(sealed?.content).data;
  if (sealed === undefined || look === undefined) return log.error("envelope.unopened", { eventId: event.id });
  await withEngine(
    place,
    context,
    () => notHere,
    async ({ ports, waiting, connections: { clock }, deadline }) => {
      if (clock.now() - sealed.at > staleAfterMs) return log.info("look.stale");
      await lookAtOnce({ ports, waiting, now: clock.now }, deadline, look);
    },
  );
};

const waitForTheYoung = (context: Context): Promise<void> =>
  withEngine(
    place,
    context,
    () => notHere,
    async ({ ports, waiting, connections: { table, clock }, deadline }) => {
      if (await takeMinute(table, "hot", clock.now())) await watchHot({ ports, waiting, now: clock.now }, deadline);
    },
  );
