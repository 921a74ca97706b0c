import { expect, type Page } from '@playwright/test'

/** Asks the API as the person of the page. */
export async function read<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(new URL(path, page.url()).href)
  expect(answer.status(), path).toBe(200)
  return (await answer.json()) as T
}

/** Sends to the API as the person of the page; answers the status as well, for refusals. */
export async function send<T>(page: Page, path: string, data: unknown): Promise<{ status: number; body: T }> {
  const { origin } = new URL(page.url())
  const answer = await page.request.post(new URL(path, origin).href, { data, headers: { origin } })
  return { status: answer.status(), body: (await answer.json()) as T }
}

export interface Row {
  readonly id: string
  readonly name: string
  readonly ownerId: string
  readonly names: Readonly<Record<string, string>>
}

/** Records that the person of the page may see. */
export async function recordsOf(page: Page, object: string, filter?: unknown): Promise<readonly Row[]> {
  const { status, body } = await send<{ rows: Row[] }>(page, `/api/v1/records/${object}/query`, { filter, limit: 200 })
  expect(status).toBe(200)
  return body.rows
}
