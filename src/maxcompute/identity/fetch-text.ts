import { MaxComputeError } from "../errors.ts";
import { errorCode } from "../redact.ts";

/** What of the world's `fetch` is used; the real one fits. */
export type Fetch = (
  url: string,
  init: {
    readonly method: "GET" | "PUT";
    readonly headers: Record<string, string>;
    readonly redirect: "error";
    readonly signal: AbortSignal;
  },
) => Promise<Pick<Response, "status" | "body">>;

export type TextRequest = {
  /** Named in errors instead of the address, which may hold a token. */
  readonly source: string;
  readonly url: string;
  readonly method?: "GET" | "PUT";
  readonly headers?: Record<string, string>;
};

/** From the first try to connect to the last byte. These services are near by, and a call waits for them. */
const timeoutMs = 5_000;
/** A key and its token are two or three thousand bytes. */
const maxBytes = 64 * 1024;

const bodyOf = async (source: string, body: Response["body"]): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length > maxBytes) throw new MaxComputeError("unauthorized", `${source} answers with more than a key`);
  }
  return Buffer.concat(chunks).toString("utf8");
};

/**
 * The text at an address that hands out keys; no redirect is followed, nothing is repeated. Throws MaxComputeError "unauthorized", whose
 * message quotes neither the address nor the answer.
 */
export async function fetchText(fetch: Fetch, { source, url, method = "GET", headers = {} }: TextRequest): Promise<string> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const { status, body } = await fetch(url, { method, headers, redirect: "error", signal });
    const text = await bodyOf(source, body);
    if (status === 200) return text;
    throw new MaxComputeError("unauthorized", `${source} answers with status ${status}`);
  } catch (error) {
    if (error instanceof MaxComputeError) throw error;
    const code = errorCode(error instanceof Error ? (error.cause ?? error) : error);
    throw new MaxComputeError("unauthorized", `${source} does not answer${code === undefined ? "" : ` (${code})`}`);
  }
}
