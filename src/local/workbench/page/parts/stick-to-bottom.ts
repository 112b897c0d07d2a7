import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const nearEnough = 48;

/** Keeps a scrolling box at its end while it grows, unless somebody has scrolled back to read. `start` changes when the box shows
 *  something else altogether. Answers whether the reader is away from the end, and the way back. */
export function useStickToBottom(
  box: RefObject<HTMLElement | null>,
  start: string,
): { readonly isAway: boolean; goToEnd(): void } {
  const sticks = useRef(true);
  const [isAway, setAway] = useState(false);
  const goToEnd = () => {
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  };

  useLayoutEffect(() => {
    sticks.current = true;
    goToEnd();
  }, [start]);
  useEffect(() => {
    const element = box.current;
    const content = element?.firstElementChild;
    if (element === null || content === null || content === undefined) return;
    const onScroll = () => {
      sticks.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnough;
      setAway(!sticks.current);
    };
    const observer = new ResizeObserver(() => {
      if (sticks.current) goToEnd();
      else setAway(true);
    });
    element.addEventListener("scroll", onScroll, { passive: true });
    observer.observe(content);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", onScroll);
      observer.disconnect();
    };
  }, [box]);

  return { isAway, goToEnd };
}
