import type { Page } from 'playwright-core';

export function list(page: Page) {
  return page.getByRole('listbox');
}

/** Waits for what the line above the list says. */
export function says(page: Page, text: string | RegExp): Promise<void> {
  return page.getByText(text).waitFor();
}

export function look(page: Page, hash: string): Promise<unknown> {
  return page.goto(`${new URL(page.url()).origin}/#${hash}`);
}
