import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { happening, openWalk } from '#testing/attainment-walk.ts'
import { testDatabase } from '#testing/test-database.ts'

arrangeHouse()
const database = await testDatabase()

it(
  'keeps a closed quarter to the cent while live figures change for reasons that sum to the difference',
  { timeout: 120_000 },
  async () => {
    const walk = await openWalk(database, 'walk')
    let done = 0
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 5 }), async (happenings) => {
        for (const what of happenings) done += Number(await walk.happen(what))
        expect(await walk.check()).toEqual([])
      }),
      { numRuns: 15 },
    )
    expect(done).toBeGreaterThan(20)
    expect(await verifyLedger(await walk.now())).toEqual([])
  },
)
