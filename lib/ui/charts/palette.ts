import { useSyncExternalStore } from 'react';

/** Colours for canvases, read from the style sheet. */
export interface Palette {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly grid: string;
  readonly accent: string;
  readonly series: readonly string[];
  readonly surface: string;
}

const DARK = '(prefers-color-scheme: dark)';
let cached: Palette | undefined;

/** The current palette; changes with the colour scheme of the system. */
export function usePalette(): Palette {
  return useSyncExternalStore(watchScheme, currentPalette);
}

function watchScheme(onChange: () => void): () => void {
  const media = window.matchMedia(DARK);
  const changed = (): void => {
    cached = undefined;
    onChange();
  };
  media.addEventListener('change', changed);
  return () => {
    media.removeEventListener('change', changed);
  };
}

function currentPalette(): Palette {
  if (cached !== undefined) return cached;
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  cached = {
    text: read('--text'),
    muted: read('--muted'),
    line: read('--line'),
    grid: read('--grid'),
    accent: read('--accent'),
    series: [1, 2, 3, 4, 5, 6].map((n) => read(`--series-${n}`)),
    surface: read('--surface'),
  };
  return cached;
}
