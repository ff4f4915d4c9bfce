import type { LogBuffer } from './log-buffer.js';

/** Number of pieces that are joined between two yields to the page. */
const AT_ONCE = 4;

/** Saves the loaded entries as a file of JSON lines. */
export async function saveLog(buffer: LogBuffer, name: string): Promise<void> {
  const parts: Blob[] = [];
  for (const piece of buffer.pieces()) {
    parts.push(new Blob([piece]));
    if (parts.length % AT_ONCE === 0) await nextTask();
  }
  const url = URL.createObjectURL(new Blob(parts, { type: 'application/x-ndjson' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has started by the next task; release the memory later.
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve));
}
