import { columnType } from "../column-type.ts";
import type { Row, Table } from "../table.ts";
import { crcBytes, crcOfZeros, crcStart } from "./crc32c.ts";
import { type Encoded, encodeValue, wireTypeOf } from "./encode-value.ts";
import { tag } from "./wire.ts";

/** A record whose only changing field is its number: everything around that field is encoded once. */
export type RecordPattern = {
  readonly before: Buffer;
  readonly after: Buffer;
  /** The checksum's register after `before`. */
  readonly register: number;
  /** What zeros in the place of the checked bytes of `after` make of a register, and what those bytes make of zeros. */
  readonly skip: (register: number) => number;
  readonly constant: number;
};

const fieldNumber = (field: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(field);
  return bytes;
};

type Field = { readonly column: number; readonly number: number };

/** Wire and checked bytes of the present fields; a NULL is left out. */
const encodeFields = (row: Row, table: Table, fields: readonly Field[]): Encoded => {
  const parts = fields.flatMap(({ column, number }) => {
    const value = row[column] ?? null;
    if (value === null) return [];
    const type = columnType(table.columns[column]?.type ?? "");
    const { wire, checked } = encodeValue(value, type);
    return [{ wire: [tag(number, wireTypeOf(type)), wire], checked: [fieldNumber(number), checked] }];
  });
  return {
    wire: Buffer.concat(parts.flatMap(({ wire }) => wire)),
    checked: Buffer.concat(parts.flatMap(({ checked }) => checked)),
  };
};

/** The patterns of a table's rows, for the columns that are asked for in the order in which they are: fields count from 1. */
export const recordPatterns = (table: Table, columns: readonly number[]): readonly RecordPattern[] => {
  const fields = columns.map((column, at) => ({ column, number: at + 1 }));
  const numbered = fields.findIndex(({ column }) => column === table.numbered);
  const [first, last] = numbered < 0 ? [fields, []] : [fields.slice(0, numbered), fields.slice(numbered + 1)];
  const skips = new Map<number, RecordPattern["skip"]>();
  return table.rows.map((row) => {
    const [before, after] = [encodeFields(row, table, first), encodeFields(row, table, last)];
    const { length } = after.checked;
    const skip = skips.get(length) ?? crcOfZeros(length);
    skips.set(length, skip);
    return {
      before: before.wire,
      after: after.wire,
      register: crcBytes(crcStart, before.checked),
      skip,
      constant: crcBytes(0, after.checked),
    };
  });
};
