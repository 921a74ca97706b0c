import { expect, type Page } from '@playwright/test'

/** Chooses in a select by what it says; the list that opens is drawn apart from the select. */
export async function choose(page: Page, label: string | RegExp, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  const item = page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: option }).first()
  await item.click()
  await expect(item).toBeHidden()
}
