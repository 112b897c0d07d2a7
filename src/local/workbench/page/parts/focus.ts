const focusable =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

/** Keeps Tab inside `box`: from the last element it goes to the first, and back. */
export function keepTabInside(box: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== "Tab") return;
  const stops = [...box.querySelectorAll<HTMLElement>(focusable)].filter((element) => element.getClientRects().length > 0);
  const [first] = stops;
  const last = stops.at(-1);
  if (first === undefined || last === undefined) return;
  const leaving = event.shiftKey ? first : last;
  if (document.activeElement !== leaving && box.contains(document.activeElement)) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}

/** The element that has the focus now, to give it back later. */
export const focusedElement = (): HTMLElement | undefined =>
  document.activeElement instanceof HTMLElement && document.activeElement !== document.body ? document.activeElement : undefined;
