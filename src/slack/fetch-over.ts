import type { Dispatcher, RequestInit } from "undici";
import { fetch } from "undici";

/** A `fetch` over given connections, for clients that take one: in a function that was frozen, kept connections may be dead. */
export const fetchOver = (dispatcher: Dispatcher): typeof globalThis.fetch =>
  ((url: string | URL, init?: RequestInit) => fetch(url, { ...init, dispatcher })) as typeof globalThis.fetch;
