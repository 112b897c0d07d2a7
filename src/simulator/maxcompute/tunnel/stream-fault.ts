import { z } from "zod";
import { columnType } from "../column-type.ts";
import type { Table } from "../table.ts";
import type { RecordRange, StreamFlaw } from "./record-stream.ts";
import { tag, varint, wireTypes } from "./wire.ts";

const hugeBytes = 2 ** 31 - 1;

/** What is wrong with a stream of records. Rows count from 0, the first of the range; sizes are bytes. */
export const streamSpoil = z.discriminatedUnion("how", [
  /** The connection breaks after so many bytes of the body, or half way. */
  z.strictObject({ how: z.literal("cut"), afterBytes: z.int().nonnegative().optional() }),
  /** So many bytes, or half of the rows without a footer, as a complete HTTP reply. */
  z.strictObject({ how: z.literal("truncate"), afterBytes: z.int().nonnegative().optional() }),
  /** All rows, but neither their count nor the overall checksum. */
  z.strictObject({ how: z.literal("no_footer") }),
  /** A record's checksum is wrong: the one in the middle, or that of `row`. */
  z.strictObject({ how: z.literal("record_checksum"), row: z.int().nonnegative().optional() }),
  z.strictObject({ how: z.literal("overall_checksum") }),
  /** The footer counts one row more than there are. */
  z.strictObject({ how: z.literal("count") }),
  /** Half way, a value says that it is so long: 2 GiB by default. */
  z.strictObject({ how: z.literal("huge_value"), bytes: z.int().positive().optional() }),
  /** Content-Length promises so much, 1 TiB by default; after what there is, the connection breaks. */
  z.strictObject({ how: z.literal("huge_body"), bytes: z.int().positive().optional() }),
  /** Content-Encoding says what the body is not. */
  z.strictObject({ how: z.literal("encoding"), claims: z.string().regex(/^[\w-]+$/) }),
  /** So many milliseconds before every 64 KiB. */
  z.strictObject({ how: z.literal("slow"), ms: z.number().nonnegative() }),
]);

export type StreamSpoil = Readonly<z.infer<typeof streamSpoil>>;

/** The tag and the length of a text that never comes, in the first column that holds one. */
const hugeValue = ({ columns, table }: RecordRange, bytes: number): Buffer => {
  const isSized = (index: number): boolean => ["text", "binary"].includes(kindOf(table, index));
  const field = columns.findIndex(isSized) + 1;
  return Buffer.concat([tag(Math.max(1, field), wireTypes.delimited), varint(bytes)]);
};

const kindOf = ({ columns }: Table, index: number): string => columnType(columns[index]?.type ?? "").kind;

/** What a fault makes of the records themselves; what it makes of their delivery is the sender's affair. */
export const flawOf = (spoil: StreamSpoil | undefined, range: RecordRange): StreamFlaw => {
  const middle = range.count >> 1;
  switch (spoil?.how) {
    case "cut":
    case "truncate":
      return spoil.afterBytes === undefined ? { rowsBeforeEnd: middle } : {};
    case "no_footer":
      return { footer: "missing" };
    case "record_checksum":
      return { wrongRecord: spoil.row ?? middle };
    case "overall_checksum":
      return { footer: "wrong_checksum" };
    case "count":
      return { footer: "wrong_count" };
    case "huge_value":
      return { insertion: { row: middle, bytes: hugeValue(range, spoil.bytes ?? hugeBytes) } };
    default:
      return {};
  }
};
