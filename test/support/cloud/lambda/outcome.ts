// How an invocation ended, and the errors that Lambda itself gives.

export type FunctionError = {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
};

export type Outcome =
  | { readonly kind: "returned" /** JSON */; readonly payload: string }
  | { readonly kind: "failed"; readonly error: FunctionError }
  | { readonly kind: "throttled" };

/** A synchronous invocation and its answer may each have this many bytes. */
export const largestSyncPayload = 6 * 1024 * 1024;
/** An asynchronous one. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const largestAsyncPayload = 1024 * 1024;

export const timedOut = (requestId: string, timeoutMs: number, at: number): FunctionError => ({
  errorType: "Sandbox.Timedout",
  errorMessage: `${new Date(at).toISOString()} ${requestId} Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
});

export const initTimedOut = (requestId: string): FunctionError => ({
  errorType: "Sandbox.Timedout",
  errorMessage: `RequestId: ${requestId} Error: Task timed out during the initialization of the function`,
});

/** A process that ended by itself or was killed; `how` as in `exit status 1` or `signal: killed`. */
export const exited = (requestId: string, how: string): FunctionError => ({
  errorType: "Runtime.ExitError",
  errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: ${how}`,
});

export const answerTooLarge = (bytes: number): FunctionError => ({
  errorType: "Function.ResponseSizeTooLarge",
  errorMessage: `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (6291556 bytes).`,
});
