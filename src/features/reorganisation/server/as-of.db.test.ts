import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { newId } from '#platform/db/new-id.ts'
import { findCompany } from '#platform/db/system.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { runRecredit, verifyLedger } from '#platform/ledger/index.ts'
import { createRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp, type TestClient } from '#testing/test-app.ts'

const spring = new Date('2026-06-15T04:00:00Z')
const autumn = new Date('2026-09-15T04:00:00Z')
let clock = spring
const { as, database } = await testApp({ now: () => clock })

const unitNames = ['公司', '东区', '西区', '东一队', '东二队', '西一队'] as const
const personNames = ['甲', '乙', '丙', '丁'] as const

const wishes = fc.array(
  fc.record({ kind: fc.nat(5), unit: fc.nat(5), other: fc.nat(5), person: fc.nat(3) }),
  { minLength: 1, maxLength: 6 },
) // prettier-ignore
const deals = fc.array(fc.record({ person: fc.nat(3), cents: fc.integer({ min: 1, max: 99_999 }) }), {
  minLength: 1,
  maxLength: 4,
})

let companies = 0

/** The steps of these that can be taken one after another. */
async function draftOf(office: TestClient, company: SmallCompany, wanted: readonly any[]) {
  const { body } = await office.post('/reorganisations', { name: '随机', effectiveOn: '2026-07-01' })
  let draft = body
  for (const { kind, unit, other, person } of wanted) {
    const unitId = company.units[unitNames[unit] ?? '']
    const intoId = company.units[unitNames[other] ?? '']
    const personId = company.people[personNames[person] ?? '']
    const step = [
      { kind: 'move', unitId, parentId: intoId },
      { kind: 'merge', unitId, intoId },
      { kind: 'people', personIds: [personId], unitId },
      { kind: 'split', unitId, newId: newId(), name: `新${unit}${other}`, headId: null, personIds: [personId] },
      { kind: 'create', newId: newId(), name: `空${unit}${other}`, parentId: unitId, tier: null, headId: null },
      { kind: 'close', unitId },
    ][kind]
    const saved = await office.put(`/reorganisations/${draft.id}`, {
      ...{ version: draft.version, name: draft.name, effectiveOn: draft.effectiveOn, steps: [...draft.steps, step] },
    })
    if (saved.status === 200) draft = saved.body
    else expect(saved.body.errors).toHaveLength(1)
  }
  return draft
}

async function win(
  ctx: Ctx,
  company: SmallCompany,
  all: readonly { person: number; cents: number }[],
  closedOn: string,
) {
  const account = (await createRecord(ctx, 'account', { name: newId() })).id
  for (const { person, cents } of all) {
    await createRecord(ctx, 'opportunity', {
      ...{ name: '单', account, stage: company.stages['Won'], amount: (cents / 100).toFixed(2), closedOn },
      ownerId: company.people[personNames[person] ?? ''],
    })
  }
}

/** Cents at every unit, as people stand in the tree of a day. */
function expectedIn(tree: any, company: SmallCompany, all: readonly { person: number; cents: number }[]) {
  const found = new Map<string, number>()
  for (const { person, cents } of all) {
    const who = company.people[personNames[person] ?? '']
    let at = tree.units.find((unit: any) => unit.people.some((one: any) => one.id === who && one.isMain))
    for (; at; at = tree.units.find((unit: any) => unit.id === at.parentId)) {
      found.set(at.id, (found.get(at.id) ?? 0) + cents)
    }
  }
  return found
}

const flat = (node: any): any[] => [node, ...node.children.flatMap(flat)]

it('whatever is reorganised, figures before the day stay to the cent, figures after follow the new tree, the total is the same', async () => {
  await fc.assert(
    fc.asyncProperty(wishes, deals, deals, async (wanted, early, late) => {
      clock = spring
      const company = await smallCompany(database, { slug: `as-of-${(companies += 1)}`, now: spring })
      const companyId = company.ctx.company.id
      const boss = company.people['甲'] ?? ''
      await sql`update person set role = 'administrator' where id = ${boss}`.execute(database.owner)
      const office = as({ companyId, personId: boss })
      const fresh = async (): Promise<Ctx> => {
        const found = await findCompany(database.db, { id: companyId })
        if (!found) throw new Error('the company is gone')
        return { ...company.ctx, company: found, now: clock, today: clock.toISOString().slice(0, 10) }
      }
      await win(company.ctx, company, early, '2026-05-10')
      const figures = async (period: string) => (await office.get(`/metrics/signed_amount/tree?period=${period}`)).body
      const cents = (all: readonly { cents: number }[]) => all.reduce((sum, one) => sum + one.cents, 0)
      const may = flat(await figures('2026-M05')).map(({ id, actual }: any) => [id, actual])

      const draft = await draftOf(office, company, wanted)
      const confirmed = await office.post(`/reorganisations/${draft.id}/confirm`, { version: draft.version })
      expect([200, 422], JSON.stringify(confirmed.body)).toContain(confirmed.status)
      if (confirmed.status === 422) expect(confirmed.body.errors).toMatchObject([{ code: 'empty' }])
      clock = autumn
      const { rows } = await sql<{ id: string }>`
        select id from recredit_run where company_id = ${companyId}`.execute(database.owner)
      for (const { id } of rows) await runRecredit(await fresh(), id)
      await win(await fresh(), company, late, '2026-08-10')

      expect(flat(await figures('2026-M05')).map(({ id, actual }: any) => [id, actual])).toEqual(may)
      const tree = (await office.get('/org/tree?on=2026-08-10')).body
      const august = flat(await figures('2026-M08')).filter((node: any) => node.kind === 'unit')
      const expected = expectedIn(tree, company, late)
      for (const [id, sum] of expected) {
        expect(Math.round(Number(august.find((node: any) => node.unitId === id)?.actual) * 100)).toBe(sum)
      }
      expect(Math.round(Number((await figures('2026')).actual) * 100)).toBe(cents(early) + cents(late))
      expect(await verifyLedger(await fresh())).toEqual([])
    }),
    { numRuns: 12 },
  )
}, 120_000)
