import { expect, type Page } from '@playwright/test'

/** Chooses in a select by what it says; the list that opens is drawn apart from the select, which names it. */
export async function choose(page: Page, label: string | RegExp, option: string): Promise<void> {
  const select = page.getByRole('combobox', { name: label })
  await select.click()
  await expect(select).toHaveAttribute('aria-controls', /./)
  const list = page.locator(`[id="${await select.getAttribute('aria-controls')}"]`)
  const item = page
    .locator('.ant-select-dropdown')
    .filter({ has: list })
    .locator('.ant-select-item-option')
    .filter({ hasText: option })
    .first()
  await expect(item).toBeVisible()
  // A list that is drawn anew under the pointer loses the click.
  await expect(async () => {
    if (await item.isVisible()) await item.click({ timeout: 2_000 })
    await expect(item).toBeHidden({ timeout: 1_000 })
  }).toPass({ timeout: 15_000 })
}
