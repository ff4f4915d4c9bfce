import type { Page } from 'playwright-core';

export function list(page: Page) {
  return page.getByRole('listbox');
}

/** Waits for a text in the line above the list. */
export function says(page: Page, text: string | RegExp): Promise<void> {
  return page.getByText(text).waitFor();
}

export function look(page: Page, hash: string): Promise<unknown> {
  return page.goto(`${new URL(page.url()).origin}/#${hash}`);
}
