import type { Face, Forecast } from "./face.ts";
import type { Failure, Streak } from "./failure.ts";
import { roundForecast } from "./forecast.ts";
import { isUnderWay } from "./stop.ts";
import type { Seen, Watch } from "./watch.ts";

function wordOf({ outcome, begun }: Seen): Face["word"] {
  switch (outcome) {
    case "running":
      return begun ? "RUNNING" : "WAITING";
    case "suspended":
      return "SUSPENDED";
    case "success":
      return "SUCCESS";
    case "failed":
      return "FAILED";
    case "cancelled":
      return "CANCELLED";
    default:
      return "UNKNOWN";
  }
}

function deadlineOf(by: number, { outcome, endTime, isLate }: Seen, now: number): Face["deadline"] {
  const isOver = outcome !== "running" && outcome !== "suspended";
  if (isOver) return (endTime ?? now) > by ? "missed" : "met";
  if (now >= by) return "missed";
  return isLate === true ? "late" : "on track";
}

/** What a stop makes of the card: a word of its own for as long as stopping takes; then it did nothing, unless it was cancelled. */
function stopOf({ stop }: Watch, word: Face["word"], isOver: boolean, now: number): Pick<Face, "stop" | "isUnstopped"> {
  if (stop === undefined) return {};
  if (isOver) return word === "CANCELLED" ? { stop } : {};
  return isUnderWay(stop, now) ? { stop } : { stop, isUnstopped: true };
}

/** What the card has to say of a watch. `next` is when MaxCompute is asked again, epoch ms. */
export function faceOf(watch: Watch, seen: Seen, now: number, next?: number, forecast?: Forecast): Face {
  const isOver = seen.outcome !== "running" && seen.outcome !== "suspended";
  const { by } = watch.options;
  const word = wordOf(seen);
  const isStopping = !isOver && isUnderWay(watch.stop, now);
  const works = word === "RUNNING" && !isStopping;
  return {
    word: isStopping ? "STOPPING" : word,
    ...(isOver || seen.percent === undefined ? {} : { percent: seen.percent }),
    ...(works && seen.stage !== undefined ? { stage: seen.stage } : {}),
    ...(works && seen.workers !== undefined ? { workers: seen.workers } : {}),
    ...(seen.subs === undefined ? {} : { subs: seen.subs }),
    ...(seen.position === undefined ? {} : { position: seen.position }),
    ...(works && forecast !== undefined ? { forecast: roundForecast(forecast, now) } : {}),
    ...(by === undefined ? {} : { by, deadline: deadlineOf(by, seen, now) }),
    ...(works && seen.stuckSince !== undefined ? { stuckSince: seen.stuckSince } : {}),
    ...(isOver || next === undefined ? {} : { every: next - now }),
    ...(isOver || (watch.snoozedUntil ?? 0) <= now ? {} : { snoozedUntil: watch.snoozedUntil }),
    ...stopOf(watch, word, isOver, now),
  };
}

/** Of the service's message; the reply and the evidence have it in full. */
const mostMessage = 600;

/** The same for an instance that failed: how, and how often in a row. */
export function faceOfFailure(face: Face, failure: Failure | undefined, streak: Streak | undefined): Face {
  if (face.word !== "FAILED") return face;
  return {
    ...face,
    ...(failure === undefined ? {} : { failure: { ...failure, message: failure.message.slice(0, mostMessage).toWellFormed() } }),
    ...(streak === undefined ? {} : { streak }),
  };
}
