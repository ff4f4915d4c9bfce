import { statSync, watch, type FSWatcher } from 'node:fs';

/** Watches directories until `close`. */
interface DirectoryWatch {
  close(): void;
}

export type WatchDirectories = (directories: readonly string[], onChange: () => void) => DirectoryWatch;

/** Polling interval for directories that the system cannot watch. */
const LOOK_MS = 2_000;

/**
 * Calls back when something in one of the directories may have changed, without subdirectories. If the system
 * cannot watch a directory, because no watches are left, its modification time is polled every two seconds,
 * and the callback is called each time: the caller compares the files itself.
 */
export const watchDirectories: WatchDirectories = (directories, onChange) => {
  const watchers: FSWatcher[] = [];
  const unwatched: string[] = [];
  for (const directory of new Set(directories)) {
    try {
      const watcher = watch(directory, { persistent: true }, onChange);
      // The removal of a directory is a change; its remains are found by the next search.
      watcher.on('error', onChange);
      watchers.push(watcher);
    } catch {
      unwatched.push(directory);
    }
  }
  const timer = unwatched.length === 0 ? undefined : setInterval(onChange, LOOK_MS);
  return {
    close: () => {
      for (const watcher of watchers) watcher.close();
      clearInterval(timer);
    },
  };
};

/** True if a directory exists. */
export function isDirectoryThere(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
