import type { Records } from "./tunnel/record-stream.ts";
import { type Xml, xmlDocument } from "./xml.ts";

/** What a route answers. Header names are lower case; values may hold any text, the sender makes them safe for the wire. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Streamed in place of the body. */
  readonly records?: Records;
};

type Headers = Readonly<Record<string, string>>;

export const xmlReply = (root: Xml, headers: Headers = {}): Reply => ({
  status: 200,
  headers: { "content-type": "application/xml", ...headers },
  body: xmlDocument(root),
});

export const jsonReply = (value: unknown, headers: Headers = {}): Reply => ({
  status: 200,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(value),
});

export const textReply = (body: string): Reply => ({
  status: 200,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body,
});

export const emptyReply = (status: number, headers: Headers = {}): Reply => ({ status, headers, body: "" });
