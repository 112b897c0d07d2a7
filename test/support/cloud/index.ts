export type { CallFault, CallFaults } from "./api/gate.ts";
export type { Chaos } from "./chance.ts";
export type { BusEvent } from "./events/event.ts";
export type { InvocationRecord } from "./lambda/async-invoke.ts";
export type { Invocation } from "./lambda/service.ts";
export type { DeadLetter } from "./sqs/service.ts";
export { type Cloud, type CloudOptions, startCloud } from "./start.ts";
export { readZip } from "./zip/read.ts";
export { writeZip } from "./zip/write.ts";
