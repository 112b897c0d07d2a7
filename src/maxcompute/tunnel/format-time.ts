import type { ResultTime } from "../result-value.ts";
import { ByteWriter } from "./byte-writer.ts";
import { TimeWriter } from "./time-writer.ts";

/** Writes a time as the CSV shows it (see TimeWriter). */
export function writeTime(times: TimeWriter, time: ResultTime): void {
  switch (time.kind) {
    case "date":
      times.date(time.days);
      break;
    case "datetime":
      times.datetime(time.epochMs);
      break;
    case "timestamp":
    case "timestamp_ntz":
      times.timestamp(time.seconds, time.nanos);
      break;
    case "interval_day_time":
      times.dayTime(time.seconds, time.nanos);
      break;
    case "interval_year_month":
      times.yearMonth(time.months);
      break;
  }
}

/** The same as a string. */
export function formatTime(time: ResultTime): string {
  const out = new ByteWriter(64);
  writeTime(new TimeWriter(out), time);
  return out.bytes.toString("latin1", 0, out.at);
}
