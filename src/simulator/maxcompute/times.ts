/** RFC 1123 in GMT, as headers and XML carry times (protocol section 15). `at` is epoch milliseconds; undefined gives an empty text. */
export const httpTime = (at: number | undefined): string => (at === undefined ? "" : new Date(at).toUTCString());

/** `2026-11-22 10:11:12 +0000`, as queueing information carries times (protocol section 9). */
export const queueTime = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} +0000`;
