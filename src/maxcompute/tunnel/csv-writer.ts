import { ByteWriter } from "./byte-writer.ts";
import { writeCell } from "./csv-cell.ts";
import { CsvRows } from "./csv-rows.ts";
import { writeTextOf } from "./csv-text.ts";
import type { RecordSink } from "./record-decoder.ts";
import type { ResultType } from "./result-type.ts";
import { TimeWriter } from "./time-writer.ts";
import type { WireReader } from "./wire-reader.ts";

export type CsvLook = {
  /** Begin with a byte order mark, which some spreadsheets need to read UTF-8. Default: none. */
  readonly bom?: boolean | undefined;
  /** Begin with the names of the columns. Default: yes. */
  readonly header?: boolean | undefined;
  /** What stands for NULL. Default: nothing at all, while an empty text is `""`. */
  readonly nullText?: string | undefined;
};

const comma = 44;
const carriageReturn = 13;
const lineFeed = 10;

/** The rows of a few chunks. */
const firstSize = 512 * 1024;

const nullBytes = (nullText: string): Buffer =>
  Buffer.from(/[",\r\n]/.test(nullText) ? `"${nullText.replaceAll('"', '""')}"` : nullText);

/**
 * Collects the rows of a CSV (RFC 4180, CRLF, UTF-8) as bytes to be taken away, straight from the record stream or as texts. A class with
 * plain fields, because it runs once a cell. It begins with the byte order mark and the header.
 */
export class CsvWriter implements RecordSink {
  private readonly out = new ByteWriter(firstSize);
  private readonly times = new TimeWriter(this.out);
  private readonly columnCount: number;
  private readonly nothing: Buffer;
  private rows: CsvRows | undefined;
  /** The column whose field comes next. */
  private next = 0;

  constructor(columns: readonly string[], { bom = false, header = true, nullText = "" }: CsvLook) {
    this.columnCount = columns.length;
    this.nothing = nullBytes(nullText);
    if (bom) this.out.raw(Buffer.from("\ufeff"));
    if (header) this.addRow(columns);
    this.out.ended = this.out.at;
  }

  /** Rows of what is usual; anything else comes cell by cell. */
  records(reader: WireReader, types: readonly ResultType[], most: number): void {
    this.rows ??= new CsvRows(types, this.out, this.times, this.nothing);
    this.rows.read(reader, most);
    this.out.at = this.out.ended;
  }

  field(reader: WireReader, index: number, type: ResultType): void {
    const { out } = this;
    if (this.next < index) this.skipTo(index);
    if (index > 0) out.byte(comma);
    this.next = index + 1;
    writeCell(reader, type, out, this.times);
  }

  endRecord(): void {
    const { out } = this;
    if (this.next < this.columnCount) this.skipTo(this.columnCount);
    out.byte(carriageReturn);
    out.byte(lineFeed);
    out.ended = out.at;
    this.next = 0;
  }

  undoRecord(): void {
    this.out.at = this.out.ended;
    this.next = 0;
  }

  /** A row of as many cells as there are columns. */
  addRow(cells: readonly (string | null)[]): void {
    for (const cell of cells) {
      if (this.next > 0) this.out.byte(comma);
      this.next += 1;
      if (cell === null) this.out.raw(this.nothing);
      else writeTextOf(this.out, cell);
    }
    this.endRecord();
  }

  /** The whole rows since the last time. */
  take(): Buffer {
    return this.out.take();
  }

  /** Fields of NULL up to the column. */
  private skipTo(index: number): void {
    for (; this.next < index; this.next += 1) {
      if (this.next > 0) this.out.byte(comma);
      this.out.raw(this.nothing);
    }
  }
}
