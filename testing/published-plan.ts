import type { TestClient } from './test-app.ts'

/** A plan, made and published by somebody who may: from here on its targets count. */
export async function publishedPlan(
  client: TestClient,
  wish: object,
): Promise<{ readonly id: string; readonly version: number }> {
  const made = await client.post('/plans', wish)
  const { id, version } = made.body.plan
  const published = await client.post(`/plans/${id}/publish`, { version })
  return { id, version: published.body.plan.version }
}
