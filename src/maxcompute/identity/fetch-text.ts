import { MaxComputeError } from "../errors.ts";
import { errorCode } from "../redact.ts";

/** What of the world's `fetch` is used; the real one fits. */
export type Fetch = (
  url: string,
  init: {
    readonly method: "GET" | "PUT" | "POST";
    readonly headers: Record<string, string>;
    readonly body?: string;
    readonly redirect: "error";
    readonly signal: AbortSignal;
  },
) => Promise<Pick<Response, "status" | "body">>;

export type TextRequest = {
  /** Named in errors instead of the address, which may hold a token. */
  readonly source: string;
  readonly url: string;
  readonly method?: "GET" | "PUT" | "POST";
  readonly headers?: Record<string, string>;
  readonly body?: string;
};

/** From the first try to connect to the last byte. These services are near by, and a call waits for them. */
const timeoutMs = 5_000;
/** A key and its token are two or three thousand bytes. */
const maxBytes = 64 * 1024;

const textOf = async (source: string, body: Response["body"]): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length > maxBytes) throw new MaxComputeError("too-large", `${source} answers with more than a key`);
  }
  return Buffer.concat(chunks).toString("utf8");
};

/**
 * What an address that hands out keys answers, whatever its status; no redirect is followed, nothing is repeated. Throws MaxComputeError
 * "unreachable", "timeout" or "too-large", whose message quotes neither the address nor the answer.
 */
export async function fetchAnswer(
  fetch: Fetch,
  { source, url, method = "GET", headers = {}, body }: TextRequest,
): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = body === undefined ? {} : { body };
    const answer = await fetch(url, { method, headers, ...sent, redirect: "error", signal });
    return { status: answer.status, text: await textOf(source, answer.body) };
  } catch (error) {
    if (error instanceof MaxComputeError) throw error;
    if (error instanceof Error && error.name === "TimeoutError")
      throw new MaxComputeError("timeout", `${source} does not answer in time`);
    const code = errorCode(error instanceof Error ? (error.cause ?? error) : error);
    throw new MaxComputeError("unreachable", `${source} does not answer${code === undefined ? "" : ` (${code})`}`);
  }
}

/** The text that such an address answers with status 200. Throws MaxComputeError "unauthorized", whose message quotes nothing either. */
export async function fetchText(fetch: Fetch, request: TextRequest): Promise<string> {
  const { status, text } = await fetchAnswer(fetch, request).catch((error: unknown) => {
    throw error instanceof MaxComputeError ? new MaxComputeError("unauthorized", error.message) : error;
  });
  if (status === 200) return text;
  throw new MaxComputeError("unauthorized", `${request.source} answers with status ${status}`);
}
