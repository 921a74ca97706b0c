import { expect, test } from '@playwright/test'
import { soak } from '#testing/soak/soak.ts'

test('loses nothing that was acknowledged and doubles nothing when app and database are killed while people write', async () => {
  test.setTimeout(300_000)
  const { kills, broken, verified, weather, promises } = await soak({
    kills: 3,
    clients: 4,
    seed: 'journey',
    calmMs: 2500,
  })
  expect(broken).toEqual([])
  expect(weather.surprises).toEqual([])
  expect(verified).toMatchObject({ code: 0 })
  expect(kills).toHaveLength(3)
  expect(promises.accounts.size).toBeGreaterThan(20)
})
