import { useEffect, useRef, useState, type RefObject } from 'react';

/** Width of an element in pixels after layout; 0 before. */
export function useElementWidth<E extends HTMLElement>(): [RefObject<E>, number] {
  const element = useRef<E>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (element.current === null) return undefined;
    const watch = new ResizeObserver(([entry]) => {
      setWidth(Math.floor(entry?.contentRect.width ?? 0));
    });
    watch.observe(element.current);
    return () => {
      watch.disconnect();
    };
  }, []);
  return [element, width];
}
