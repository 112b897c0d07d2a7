import type { Dispatcher, RequestInit } from "undici";
import { FormData, fetch } from "undici";

/**
 * A `fetch` over given connections, for clients that take one: in a function that was frozen, kept connections may be dead. A form may be
 * Node's own: this fetch comes from the package, knows only the package's forms, and would send another's as "[object FormData]".
 */
export const fetchOver = (dispatcher: Dispatcher): typeof globalThis.fetch =>
  ((url: string | URL, init: RequestInit = {}) =>
    fetch(url, { ...init, ...formOf(init), dispatcher })) as typeof globalThis.fetch;

function formOf({ body }: { readonly body?: unknown }): { readonly body?: FormData } {
  if (!(body instanceof globalThis.FormData)) return {};
  const form = new FormData();
  // A part that is a file has its name with it.
  for (const [name, value] of body) typeof value === "string" ? form.append(name, value) : form.append(name, value, value.name);
  return { body: form };
}
