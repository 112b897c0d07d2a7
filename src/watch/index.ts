/** The watch engine's public surface: pure rules, the ports they act through, and one tick. */

export { hasFailed, showsItsAck, withAckShown } from "./acknowledge.ts";
export { addWatch } from "./add-watch.ts";
export { type Announcement, isEnding, isIdempotent, isUrgent } from "./announcement.ts";
export { hotMs, lookEvery, nextPollAt } from "./cadence.ts";
export { type Channel, ChannelState, Held, Mute, newChannelState, type Summary } from "./channel.ts";
export type { OpenInstance } from "./discover.ts";
export { PublicEvent } from "./events.ts";
export type { Evidence } from "./evidence.ts";
export type { Counts, Face, Forecast } from "./face.ts";
export type { Failure, Streak } from "./failure.ts";
export { History, jobOf, type Run, withRun } from "./history.ts";
export { InstanceRecord, newRecord } from "./instance-record.ts";
export { leaseMs } from "./lease.ts";
export type { Observation } from "./observation.ts";
export { type Explain, observe } from "./observe.ts";
export type { Observer } from "./observer.ts";
export { type Notice, Outage } from "./outage.ts";
export type * from "./ports.ts";
export { nextTimeOf, QuietHours } from "./quiet.ts";
export { rowOf, type WatchRow } from "./row.ts";
export { noMemory, type ScanMemory } from "./scan.ts";
export { matches, Subscription } from "./subscription.ts";
export { lookAtOnce, type Waiting, watchHot } from "./tick/hot.ts";
export { tick } from "./tick/tick.ts";
export { groupIdOf, newWatch, type Options, type Place, Watch, watchIdOf } from "./watch.ts";
