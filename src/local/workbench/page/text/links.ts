const openable = new Set(["http:", "https:", "mailto:"]);

/** The address a link may open: a web page or a mail, absolute. Anything else (javascript:, data:) is shown as text only. */
export function openableUrl(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed !== null && openable.has(parsed.protocol) ? parsed.href : undefined;
}

/** A picture is drawn only from our own server: the page asks no other host for anything. */
export function ownPicture(url: string, origin: string): string | undefined {
  const parsed = URL.parse(url, origin);
  return parsed !== null && parsed.origin === origin ? parsed.href : undefined;
}
