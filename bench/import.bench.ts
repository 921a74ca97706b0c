import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { eq } from '#engine/query/filter.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { queryRecords } from '#platform/records/read.ts'
import { standardCatalogue } from '#platform/records/registry.ts'
import { saveMany } from '#platform/records/save.ts'
import { figure, type Figure, type Setting } from './figure.ts'
import { keyAt, kinds } from './keys.ts'
import { percentile, timesInTurn } from './measure.ts'
import type { Size } from './seeded.ts'

const portion = 1000

/** Rows a second through the one way in, in the portions that the importer saves: checks, audit, events and ledger. */
export async function bench({ seeded }: Setting): Promise<readonly Figure[]> {
  const { everybody, size, facts } = await seeded()
  await facts()
  const { rows } = await queryRecords(everybody, 'stage', { filter: eq('kind', 'won'), limit: 1 })
  const won = rows[0]?.id ?? ''
  const times = await timesInTurn(
    { rounds: 10, warmUp: 2 },
    {
      account: (round) => savePortion(everybody, 'account', (place) => accountAt(round * portion + place, size)),
      opportunity: (round) =>
        savePortion(everybody, 'opportunity', (place) => dealAt(round * portion + place, won, size)),
    },
  )
  return [
    figure('import accounts', (portion / percentile(times.account, 0.5)) * 1000, 'rows/s'),
    figure('import won opportunities', (portion / percentile(times.opportunity, 0.5)) * 1000, 'rows/s'),
  ]
}

async function savePortion(ctx: Ctx, key: string, at: (place: number) => RecordValues): Promise<void> {
  const object: ObjectType = standardCatalogue().get(key)
  const rows = Array.from({ length: portion }, (_, place) => ({ values: at(place) }))
  const results = await inStep(ctx, (step) => saveMany(step, object, rows, { upsertKey: 'code' }), { kind: 'import' })
  if (results.some((result) => !result.ok)) throw new Error(`${key}: a row was refused`)
}

function accountAt(place: number, { people }: Size): RecordValues {
  return {
    code: `I${place}`,
    name: `进口客户${place}有限公司`,
    industry: '机械',
    province: '北京',
    phone: `139${String(place).padStart(8, '0')}`,
    employees: String(place % 900),
    annualRevenue: `${place}.50`,
    ownerId: keyAt(kinds.person, (place * 17) % people),
  }
}

function dealAt(place: number, stage: string, { people, accounts }: Size): RecordValues {
  return {
    code: `I${place}`,
    name: `进口商机${place}`,
    account: keyAt(kinds.account, (place * 7919) % accounts),
    stage,
    amount: `${1000 + place}.25`,
    engagedOn: '2025-01-15',
    closedOn: `2025-${String(2 + (place % 11)).padStart(2, '0')}-${String(1 + (place % 28)).padStart(2, '0')}`,
    ownerId: keyAt(kinds.person, (place * 31) % people),
  }
}
