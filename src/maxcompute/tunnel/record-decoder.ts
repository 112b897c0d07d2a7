import { MalformedBody } from "../malformed-body.ts";
import type { ResultType } from "./result-type.ts";
import { outOfBytes, TooLong, WireReader } from "./wire-reader.ts";
import { fixed32, fixed64, lengthDelimited, varint, wireTypeOf } from "./wire-type.ts";

/** Where the values of a record go. A record counts from its end only: before, its bytes may run out or its CRC turn out wrong. */
export type RecordSink = {
  /** Column `index` (from 0, ascending; NULL columns are passed over) has a value of `type`, which the reader reads next. */
  readonly field: (reader: WireReader, index: number, type: ResultType) => void;
  readonly endRecord: () => void;
  /** May read whole records by itself, `most` at most, when it knows how: those told by the reader's `endRecord`. */
  readonly records?: (reader: WireReader, types: readonly ResultType[], most: number) => void;
  /** Forgets what was read of the record. */
  readonly undoRecord: () => void;
};

// Tags with a meaning of their own (protocol section 13.1); all of them stand before a varint.
const endRecord = 33_553_408 << 3;
const recordCount = 33_554_430 << 3;
const endMetrics = 33_554_176 << 3;
const streamChecksum = 33_554_431 << 3;

/** A record that came in part is read again when more of it is there; a long one not before it has grown by as much again. */
const shortBytes = 64 * 1024;

/** How a type nobody knows yet is probably read; the record's CRC tells whether that was right. */
const guesses: ReadonlyMap<number, ResultType> = new Map<number, ResultType>([
  [varint, { kind: "bigint" }],
  [fixed64, { kind: "double" }],
  [lengthDelimited, { kind: "text" }],
  [fixed32, { kind: "float" }],
]);

/**
 * Reads a record stream (protocol section 13.1) from chunks cut anywhere: every record's CRC is checked before its end is told, and the
 * stream is complete only with both of its footers. Holds the bytes of one record and one chunk. Throws MalformedBody and TooLong.
 */
export class RecordDecoder {
  isComplete = false;
  private readonly types: readonly ResultType[];
  private readonly wireTypes: readonly (number | undefined)[];
  private readonly sink: RecordSink;
  /** Whether the sink may read records by itself: not those whose types the decoder has to guess. */
  private readonly isSinkReading: boolean;
  private readonly reader: WireReader;
  private readonly maxRecordBytes: number;
  private readonly maxRecords: number;
  /** Where the bytes have to reach before it is tried again. */
  private wanted = 0;

  /** Stops without looking further once there were `maxRecords`. */
  constructor(types: readonly ResultType[], sink: RecordSink, maxRecordBytes: number, maxRecords = Number.POSITIVE_INFINITY) {
    this.types = types;
    this.wireTypes = types.map(wireTypeOf);
    this.sink = sink;
    this.isSinkReading = sink.records !== undefined && this.wireTypes.every((wireType) => wireType !== undefined);
    this.reader = new WireReader(maxRecordBytes);
    this.maxRecordBytes = maxRecordBytes;
    this.maxRecords = maxRecords;
  }

  /** Records whose end was told. */
  get records(): number {
    return this.reader.records;
  }

  /** Takes the chunk's bytes, which may be used for something else afterwards, and reads all records that have come in full. */
  push(chunk: Uint8Array): void {
    const { reader } = this;
    const left = reader.end - reader.start;
    if (reader.end + chunk.byteLength > reader.bytes.byteLength) this.makeRoom(left + chunk.byteLength);
    reader.bytes.set(chunk, reader.end);
    reader.end += chunk.byteLength;
    if (reader.end >= this.wanted) this.read();
  }

  /** No more bytes will come. */
  finish(): void {
    this.read();
  }

  private makeRoom(size: number): void {
    const { reader } = this;
    const { start } = reader;
    const left = reader.bytes.subarray(start, reader.end);
    if (size > reader.bytes.byteLength) reader.use(Buffer.allocUnsafeSlow(Math.max(size + (size >>> 1), 4 * shortBytes)));
    reader.bytes.set(left, 0);
    reader.end = left.byteLength;
    this.wanted -= start;
    reader.start = 0;
  }

  private read(): void {
    const { reader, types, sink } = this;
    reader.at = reader.start;
    try {
      while (this.hasMore()) {
        if (this.isSinkReading) {
          sink.records?.(reader, types, this.maxRecords - reader.records);
          reader.at = reader.start;
          if (!this.hasMore()) break;
        }
        reader.crc = -1;
        reader.parts = 0;
        this.readRecord();
        reader.start = reader.at;
      }
      if (this.isComplete && reader.at < reader.end) throw new MalformedBody("bytes after the end of the records");
      this.wanted = reader.end;
    } catch (thrown) {
      this.sink.undoRecord();
      if (thrown !== outOfBytes) throw thrown;
      this.waitForMore();
    }
  }

  private hasMore(): boolean {
    const { reader } = this;
    return !this.isComplete && reader.records < this.maxRecords && reader.at < reader.end;
  }

  private waitForMore(): void {
    const { reader } = this;
    const length = reader.end - reader.start;
    if (length > this.maxRecordBytes) throw new TooLong(`a record of more than ${this.maxRecordBytes} bytes`);
    this.wanted = length < shortBytes ? reader.needs : Math.max(reader.needs, reader.end + length);
  }

  private readRecord(): void {
    const { reader, types, wireTypes, sink } = this;
    let last = 0;
    for (;;) {
      const tag = reader.uint32();
      const number = tag >>> 3;
      if (number > types.length) {
        this.readMark(tag, last);
        return;
      }
      if (number <= last) throw new MalformedBody("the columns of a record out of order");
      const type = types[number - 1] as ResultType;
      const wireType = wireTypes[number - 1];
      reader.addFieldNumber(number);
      if (wireType === (tag & 7)) sink.field(reader, number - 1, type);
      else if (wireType === undefined) sink.field(reader, number - 1, this.guess(type, tag & 7));
      else throw new MalformedBody("a value that is not of its column's type");
      last = number;
    }
  }

  private guess(type: ResultType, wireType: number): ResultType {
    if (type.kind !== "unknown") return type;
    const guess = guesses.get(wireType);
    if (guess === undefined) throw new MalformedBody("a value of no known shape");
    return guess;
  }

  private readMark(tag: number, lastField: number): void {
    if (tag === endRecord) this.endRecord();
    else if (tag === recordCount && lastField === 0) this.readFooter();
    else throw new MalformedBody("a column the result does not have");
  }

  private endRecord(): void {
    const { reader } = this;
    const checksum = ~reader.crc;
    if (reader.uint32() !== checksum) throw new MalformedBody("a record whose checksum is wrong");
    reader.endRecord(checksum);
    this.sink.endRecord();
  }

  private readFooter(): void {
    const { reader } = this;
    reader.zigzag64();
    const count = reader.safeInteger();
    let tag = reader.uint32();
    if ((tag & 7) === lengthDelimited) {
      this.readMetrics(tag >>> 3);
      tag = reader.uint32();
    }
    if (tag !== streamChecksum) throw new MalformedBody("an end without its checksum");
    if (reader.uint32() !== ~reader.checksums) throw new MalformedBody("records whose common checksum is wrong");
    if (count !== reader.records) throw new MalformedBody(`${reader.records} records where ${count} were announced`);
    this.isComplete = true;
  }

  /** What the service measured while it read; nothing that a result needs, but it has a checksum of its own. */
  private readMetrics(number: number): void {
    const { reader } = this;
    reader.addFieldNumber(number);
    reader.span();
    const checksum = ~reader.crc;
    if (reader.uint32() !== endMetrics || reader.uint32() !== checksum) {
      throw new MalformedBody("measurements whose checksum is wrong");
    }
  }
}
