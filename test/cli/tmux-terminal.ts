import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Test } from 'tap';

/** The reason why no terminal is available here; false if one is. */
export function withoutTmux(): string | false {
  return spawnSync('tmux', ['-V']).status === 0 ? false : 'tmux is not installed';
}

/** Longest wait for a text to appear; reached only on failure. */
const PATIENCE_MS = 60_000;

/** A real terminal of a given size, with a shell in a directory. */
export class TmuxTerminal {
  readonly #socket: string;

  constructor(t: Test, directory: string, env: Readonly<Record<string, string>> = {}) {
    // Not below the directory: the path of a socket must be short.
    const place = mkdtempSync(join(tmpdir(), 'aether-tmux-'));
    this.#socket = join(place, 's');
    const { PATH = '', HOME = '' } = process.env;
    const words = Object.entries({ PATH, HOME, TERM: 'screen', PS1: '$ ', ...env }).map(
      ([k, v]) => `${k}=${v}`,
    );
    const size = ['-x', '100', '-y', '50'];
    this.#tmux('-f', '/dev/null', 'new-session', '-d', ...size, '-c', directory, 'env', '-i', ...words, 'sh');
    t.teardown(() => {
      this.#tmux('kill-server');
      rmSync(place, { recursive: true, force: true });
    });
  }

  /** Types a line and presses enter. */
  type(line: string): void {
    this.#tmux('send-keys', '-l', line);
    this.#tmux('send-keys', 'Enter');
  }

  /** Presses a key by tmux's name for it. */
  press(key: string): void {
    this.#tmux('send-keys', key);
  }

  /** The text of the terminal, including the lines above the screen, once it contains these words. */
  async until(words: string | RegExp): Promise<string> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const screen = this.#tmux('capture-pane', '-p', '-J', '-S', '-500');
      const isThere = typeof words === 'string' ? screen.includes(words) : words.test(screen);
      if (isThere || Date.now() > end) return screen;
      await pause(50);
    }
  }

  #tmux(...args: string[]): string {
    return execFileSync('tmux', ['-S', this.#socket, ...args], { encoding: 'utf8' });
  }
}
