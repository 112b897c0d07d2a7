// A page of a listing as MaxCompute writes it (protocol section 4), of instances that differ in everything that may differ.
const twoDigits = (value: number): string => String(value).padStart(2, "0");

const instance = (index: number): string => {
  const clock = `${twoDigits(index % 60)}:${twoDigits((7 * index) % 60)} GMT`;
  const isRunning = index % 20 === 0;
  return [
    `<Instance><Name>20261122${102_030_000 + index}gabcd${index.toString(36)}</Name>`,
    `<Owner>ALIYUN$person${index % 50}@example.com</Owner>`,
    `<StartTime>Sun, 22 Nov 2026 10:${clock}</StartTime>`,
    isRunning ? "<EndTime></EndTime>" : `<EndTime>Sun, 22 Nov 2026 11:${clock}</EndTime>`,
    `<Status>${isRunning ? "Running" : "Terminated"}</Status></Instance>`,
  ].join("");
};

/** The bytes of one page with `count` instances. */
export function aListing(count: number): Uint8Array {
  const instances = Array.from({ length: count }, (_, index) => instance(index));
  return Buffer.from(
    `<?xml version="1.0" encoding="utf-8"?>\n<Instances>\n<Marker>next</Marker><MaxItems>${count}</MaxItems>\n${instances.join("\n")}\n</Instances>`,
  );
}
