/** Resolves when the process was sent the signal and has received it. */
export function signalled(): Promise<void> {
  return new Promise((resolve) => {
    // A pending signal does not keep the process running.
    const alive = setInterval(() => undefined, 1000);
    process.once('SIGTERM', () => {
      clearInterval(alive);
      resolve();
    });
    process.kill(process.pid, 'SIGTERM');
  });
}
