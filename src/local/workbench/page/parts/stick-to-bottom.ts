import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const nearEnough = 48;

/** Keeps a scrolling box at its end while it grows, unless somebody has scrolled back to read. `start` changes when the box shows
 *  something else altogether, or when the reader has added to it. Answers whether the reader is away from the end, and the way back. */
export function useStickToBottom(
  box: RefObject<HTMLElement | null>,
  start: string,
): { readonly isAway: boolean; goToEnd(): void } {
  const sticks = useRef(true);
  const lastTop = useRef(0);
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
      // The event of our own way to the end comes a frame late, when more may have been added below: only upwards is away.
      const isNearEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnough;
      sticks.current = isNearEnd || (sticks.current && element.scrollTop >= lastTop.current);
      lastTop.current = element.scrollTop;
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
