/** Resolves when the process has been sent the signal and has heard of it. */
export function signalled(): Promise<void> {
  return new Promise((resolve) => {
    // A signal on its way keeps nothing alive.
    const alive = setInterval(() => undefined, 1000);
    process.once('SIGTERM', () => {
      clearInterval(alive);
      resolve();
    });
    process.kill(process.pid, 'SIGTERM');
  });
}
