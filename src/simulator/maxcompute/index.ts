export { type CoverageRow, coverage } from "./coverage.ts";
export type { Fault } from "./faults.ts";
export type { StartOptions } from "./seeds.ts";
export { type MaxComputeSimulator, type ServerOptions, startMaxComputeSimulator } from "./server.ts";
export { defaultSettings, type Settings } from "./settings.ts";
export { createMaxComputeSimulator, type RecordedRequest, type SimulatorOptions } from "./simulator.ts";
export { type StreamSpoil, streamSpoil } from "./tunnel/stream-fault.ts";
