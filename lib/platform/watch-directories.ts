import { statSync, watch, type FSWatcher } from 'node:fs';

/** Looks at directories until `close`. */
interface DirectoryWatch {
  close(): void;
}

export type WatchDirectories = (directories: readonly string[], onChange: () => void) => DirectoryWatch;

/** Where the system tells of no changes, directories and their files are looked at this often. */
const LOOK_MS = 2_000;

/**
 * Calls back when something in one of the directories may have changed; directories below are not looked into. Where the
 * system cannot watch a directory, because it has no watches left for one, the directory's own time is looked at every two
 * seconds, and the callback comes each time: the caller compares what it knows of the files.
 */
export const watchDirectories: WatchDirectories = (directories, onChange) => {
  const watchers: FSWatcher[] = [];
  const unwatched: string[] = [];
  for (const directory of new Set(directories)) {
    try {
      const watcher = watch(directory, { persistent: true }, onChange);
      // A directory that goes is a change; what is left of it is seen when it is looked for again.
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

/** True where a directory is there. */
export function isDirectoryThere(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
