import { expect, type Locator, type Page } from '@playwright/test';

/** Opens a dialog. Until the page is ready, keys and clicks go nowhere: then they are tried again. What is open is not opened twice. */
export async function opens(act: () => Promise<void>, dialog: Locator): Promise<void> {
  await expect(async () => {
    if (!(await dialog.isVisible())) await act();
    await expect(dialog).toBeVisible({ timeout: 2000 });
  }).toPass();
}

/** Approves what is open in the verification queue. */
export async function approve(page: Page): Promise<void> {
  const dialog = page.getByRole('alertdialog', { name: /^Publish this/ });
  await opens(() => page.getByRole('button', { name: 'Approve', exact: true }).click(), dialog);
  await dialog.getByRole('button', { name: 'Approve and publish' }).click();
}
