import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import { makeCatalogue } from '#engine/model/catalogue.ts'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { tellOfFile } from '#platform/files/attach-file.ts'
import { allJobs } from '#platform/jobs/jobs.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import type { RowInput } from './draft.ts'
import { historyOf } from './history.ts'
import { getRecord, queryRecords } from './read.ts'
import { loadStored } from './record-store.ts'
import { standardCatalogue } from './registry.ts'
import { removeMany } from './remove-many.ts'
import { removeRecord } from './remove.ts'
import { createRecord, saveMany, updateRecord } from './save.ts'
import { askToUndo, undoOperation } from './undo-operation.ts'
import { outlookOn, skippedOf } from './undo-store.ts'

arrangeHouse()
const database = await testDatabase()
let companies = 0
let company: SmallCompany
let ctx: Ctx

beforeEach(async () => {
  company = await smallCompany(database, { slug: `c${(companies += 1)}` })
  ctx = company.ctx
})

/** One operation of several steps, as bulk edits, merges and imports are. Answers its key. */
async function operation(...acts: readonly ((step: Step) => Promise<unknown>)[]): Promise<string> {
  const operationId = newId()
  for (const act of acts) await inStep(ctx, act, { kind: 'bulk', operationId })
  return operationId
}

const save = (key: string, rows: readonly RowInput[]) => async (step: Step) => {
  const results = await saveMany(step, standardCatalogue().get(key), rows)
  if (results.some((result) => !result.ok)) throw new Error(JSON.stringify(results))
  return results
}

async function undo(operationId: string, by: Ctx = ctx) {
  await askToUndo(by, operationId)
  const undone = await undoOperation(by, operationId)
  const skipped = await inView(ctx, (tx) => skippedOf(tx, ctx, operationId, 100))
  return { ...undone, reasons: skipped.map(({ recordId, faults }) => [recordId, ...faults.map(({ code }) => code)]) }
}

/** The same company with an object that it shaped. */
function withObject(key: string, shape: Partial<ObjectType>): Ctx {
  const objects = ctx.company.catalogue.all().map((object) => (object.key === key ? { ...object, ...shape } : object))
  const catalogue = makeCatalogue(objects)
  return { ...ctx, company: { ...ctx.company, catalogue, wholeCatalogue: catalogue } }
}

const names = async (key: string) =>
  (await queryRecords(ctx, key, { limit: 200 })).rows.map((row) => row['name']).sort()

/** What was signed, by whom. */
async function signed() {
  const { rows } = await inView(ctx, (tx) =>
    sql`
      select person_id as person, sum(numerator)::text as amount from rollup_year
      where metric = 'signed_amount' group by 1 having sum(numerator) <> 0 order by 1`.execute(tx),
  )
  return rows
}

const deal = (name: string, values: RecordValues = {}) =>
  createRecord(ctx, 'opportunity', {
    name,
    stage: company.stages['Won'],
    amount: '100',
    closedOn: '2026-03-05',
    ownerId: company.people['甲'],
    ...values,
  })

describe('undoing an operation', () => {
  it('gives changed records their earlier values again, with history, events and ledger', async () => {
    const [one, other] = [await deal('一'), await deal('二', { note: '注' })]
    const before = await signed()
    const changed = await operation(
      save('opportunity', [
        { id: one.id, values: { amount: '7', ownerId: company.people['丁'], note: '新' } },
        { id: other.id, values: { stage: company.stages['Lost'], note: null } },
      ]),
    )
    expect(await signed()).not.toEqual(before)
    expect(await undo(changed)).toMatchObject({ state: 'done', removed: 0, restored: 2, skipped: 0 })
    expect(await getRecord(ctx, 'opportunity', one.id)).toMatchObject({ amount: '100', note: null, status: 'won' })
    expect(await getRecord(ctx, 'opportunity', other.id)).toMatchObject({ status: 'won', note: '注' })
    expect(await signed()).toEqual(before)
    expect(await verifyLedger(ctx)).toEqual([])
    expect((await historyOf(ctx, 'opportunity', one.id)).entries.map(({ action }) => action)).toEqual([
      'updated',
      'updated',
      'created',
    ])
    const { rows } = await inView(ctx, (tx) =>
      sql`select o.kind, count(*)::int as events from operation o join event e on e.operation_id = o.id
        where o.kind = 'undo' group by 1`.execute(tx),
    )
    expect(rows).toEqual([{ kind: 'undo', events: 2 }])
  })

  it('removes made records that refer to each other, whichever came first', async () => {
    const top = await createRecord(ctx, 'account', { name: '顶' })
    const [a, b, c] = [newId(), newId(), newId()]
    const idOf: Record<string, string> = {}
    const made = await operation(
      async (step) => {
        const results = await save(
          'account',
          [a, b, c].map((name) => ({ values: { name } })),
        )(step)
        for (const [at, name] of [a, b, c].entries()) {
          const result = results[at]
          if (result?.ok) idOf[name] = result.id
        }
      },
      (step) => save('contact', [{ values: { name: '王', account: idOf[a] } }])(step),
      // Each refers to one that was made after it.
      (step) =>
        save('account', [
          { id: idOf[a] ?? '', values: { parent: idOf[b] } },
          { id: idOf[b] ?? '', values: { parent: idOf[c] } },
          { id: top.id, values: { parent: idOf[c] } },
        ])(step),
    )
    expect(await undo(made)).toMatchObject({ state: 'done', removed: 4, restored: 1, skipped: 0 })
    expect(await names('account')).toEqual(['顶'])
    expect(await names('contact')).toEqual([])
  })

  it('brings removed records back before what referred to them', async () => {
    const [main, double] = [await createRecord(ctx, 'account', { name: '主' }), await createRecord(ctx, 'account', { name: '重' })] // prettier-ignore
    const contact = await createRecord(ctx, 'contact', { name: '王', account: double.id })
    const object = standardCatalogue().get('account')
    const merged = await operation(
      save('contact', [{ id: contact.id, values: { account: main.id } }]),
      async (step) => {
        const stored = await loadStored(step, object, [double.id])
        await removeMany(step, [{ object, stored: [...stored.values()] }])
      },
    )
    expect(await names('account')).toEqual(['主'])
    expect(await undo(merged)).toMatchObject({ state: 'done', removed: 0, restored: 2, skipped: 0 })
    expect(await names('account')).toEqual(['主', '重'].sort())
    expect((await getRecord(ctx, 'contact', contact.id))['account']).toBe(double.id)
  })

  it('leaves alone and lists what others changed or removed since, and what refers to it', async () => {
    const ids: string[] = []
    const made = await operation(async (step) => {
      const rows = ['改', '删', '用', '好'].map((name) => ({ values: { name, note: '导入' } }))
      for (const result of await save('account', rows)(step)) if (result.ok) ids.push(result.id)
    })
    const [changed = '', deleted = '', used = '', fine = ''] = ids
    const colleague = company.as('丁', 'administrator')
    await updateRecord(colleague, 'account', changed, { values: { note: '我的' } })
    await removeRecord(colleague, 'account', deleted)
    await createRecord(colleague, 'order', { code: 'O1', account: used, amount: '1', orderedOn: '2026-05-01' })
    expect(await inView(ctx, (tx) => outlookOn(tx, ctx, made))).toEqual({ records: 4, touched: 2 })

    const undone = await undo(made)
    expect(undone).toMatchObject({ state: 'done', removed: 1, restored: 0, skipped: 3 })
    expect(undone.reasons.toSorted()).toEqual(
      [
        [changed, 'changedSince'],
        [deleted, 'deletedSince'],
        [used, 'RECORD_IN_USE'],
      ].toSorted(),
    )
    expect((await getRecord(ctx, 'account', changed))['note']).toBe('我的')
    await expect(getRecord(ctx, 'account', fine)).rejects.toMatchObject({ code: 'RECORD_NOT_FOUND' })
    const [skip] = (await inView(ctx, (tx) => skippedOf(tx, ctx, made, 9))).filter((one) => one.recordId === changed)
    expect(skip?.faults).toMatchObject([{ label: { zh: '之后被{name}修改过' }, params: { name: '丁' } }])
  })

  it('is not held up by a file that came to a record since', async () => {
    const one = await createRecord(ctx, 'account', { name: '一', city: '杭州' })
    const changed = await operation(save('account', [{ id: one.id, values: { city: '宁波' } }]))
    const file = { id: newId(), object: 'account', recordId: one.id, name: '合同.pdf', size: 1 }
    for (const action of ['attached', 'detached', 'reattached'] as const) {
      await inStep(ctx, async (step) => tellOfFile(step, action, file))
    }
    expect(await inView(ctx, (tx) => outlookOn(tx, ctx, changed))).toEqual({ records: 1, touched: 0 })
    expect(await undo(changed)).toMatchObject({ restored: 1, skipped: 0 })
    expect((await getRecord(ctx, 'account', one.id))['city']).toBe('杭州')
  })

  it('keeps what stays because of another that stays', async () => {
    const ids: string[] = []
    const made = await operation(
      async (step) => {
        for (const result of await save('account', [{ values: { name: '上' } }, { values: { name: '下' } }])(step)) {
          if (result.ok) ids.push(result.id)
        }
      },
      (step) => save('account', [{ id: ids[1] ?? '', values: { parent: ids[0] } }])(step),
    )
    await updateRecord(company.as('丁', 'administrator'), 'account', ids[1] ?? '', { values: { note: '我的' } })
    expect(await undo(made)).toMatchObject({
      removed: 0,
      skipped: 2,
      reasons: expect.arrayContaining([[ids[0], 'RECORD_IN_USE'], [ids[1], 'changedSince']]), // prettier-ignore
    })
  })

  it('gives numbers back that records took over from each other', async () => {
    const [one, other] = [await createRecord(ctx, 'account', { name: '一', code: '1' }), await createRecord(ctx, 'account', { name: '二', code: '2' })] // prettier-ignore
    const shifted = await operation(
      save('account', [{ id: one.id, values: { code: '9' } }]),
      save('account', [{ id: other.id, values: { code: '1' } }]),
    )
    expect(await undo(shifted)).toMatchObject({ restored: 2, skipped: 0 })
    expect((await getRecord(ctx, 'account', other.id))['code']).toBe('2')
    expect((await getRecord(ctx, 'account', one.id))['code']).toBe('1')
  })

  it('leaves a number that somebody else has now, and says so', async () => {
    const one = await createRecord(ctx, 'account', { name: '一', code: '1' })
    const changed = await operation(save('account', [{ id: one.id, values: { code: '9' } }]))
    await createRecord(ctx, 'account', { name: '新', code: '1' })
    expect(await undo(changed)).toMatchObject({ restored: 0, skipped: 1, reasons: [[one.id, 'taken']] })
    expect((await getRecord(ctx, 'account', one.id))['code']).toBe('9')
  })

  it('leaves what a rule of the company would refuse by now, and says so', async () => {
    const [one, other] = [await deal('一', { note: '旧' }), await deal('二', { note: '早' })]
    const changed = await operation(
      save('opportunity', [one, other].map(({ id }) => ({ id, values: { note: '新' } }))), // prettier-ignore
    )
    const label = { zh: '旧的不行', en: 'Nothing old' }
    const refuses = { field: 'note', op: 'eq', value: '旧' } as const
    const ruled = withObject('opportunity', {
      rules: [{ id: 'r', name: label, refuses, message: label, field: 'note' }],
    })
    expect(await undo(changed, ruled)).toMatchObject({ restored: 1, skipped: 1, reasons: [[one.id, 'rule:r']] })
    expect((await getRecord(ctx, 'opportunity', one.id))['note']).toBe('新')
    expect((await getRecord(ctx, 'opportunity', other.id))['note']).toBe('早')
  })

  it('leaves what would be the same as another record by now, where a rule blocks that', async () => {
    const [code, free, lost] = ['91330100799655058B', '91110108551385082Q', '914403001922038216']
    const one = await createRecord(ctx, 'account', { name: '一', creditCode: code })
    const changed = await operation(save('account', [{ id: one.id, values: { creditCode: free } }]))
    const gone = await createRecord(ctx, 'account', { name: '三', creditCode: lost })
    const removed = await operation(async (step) => {
      const object = standardCatalogue().get('account')
      const stored = await loadStored(step, object, [gone.id])
      await removeMany(step, [{ object, stored: [...stored.values()] }])
    })
    await createRecord(ctx, 'account', { name: '新一', creditCode: code })
    await createRecord(ctx, 'account', { name: '新三', creditCode: lost })
    expect(await undo(changed)).toMatchObject({ restored: 0, skipped: 1, reasons: [[one.id, 'duplicate']] })
    expect(await undo(removed)).toMatchObject({ restored: 0, skipped: 1, reasons: [[gone.id, 'duplicate']] })
  })

  it('goes on where it was interrupted, does nothing twice, and can be asked for again when it failed', async () => {
    const rows = Array.from({ length: 1100 }, (_, at) => ({ values: { name: `N${at}`, code: `C${at}` } }))
    const made = await operation(save('account', rows.slice(0, 600)), save('account', rows.slice(600)))
    await askToUndo(ctx, made)
    const power = Object.assign(new Error('the power went out'), { code: 'ECONNRESET' })
    const out = () => {
      throw power
    }
    await expect(undoOperation(ctx, made, { onPortion: out })).rejects.toBe(power)
    expect(await names('account')).toHaveLength(200)
    const failing = () => {
      throw new Error('a fault of ours')
    }
    expect(await undoOperation(ctx, made, { onPortion: failing })).toMatchObject({ state: 'failed', removed: 1000 })
    await askToUndo(ctx, made)
    expect(await undoOperation(ctx, made)).toMatchObject({ state: 'done', removed: 1100, entriesDone: 1100 })
    expect(await undo(made)).toMatchObject({ state: 'done', removed: 1100, skipped: 0 })
    expect(await names('account')).toEqual([])
    const { rows: entries } = await inView(ctx, (tx) =>
      sql`select action, count(*)::int as n from audit_entry where object = 'account' group by 1 order by 1`.execute(
        tx,
      ),
    )
    expect(entries).toEqual([
      { action: 'created', n: 1100 },
      { action: 'deleted', n: 1100 },
    ])
  }, 60_000)

  it('reaches as far as who asks, also when a job does it', async () => {
    const manager = company.as('甲', 'manager')
    await sql`update person set role = 'manager' where id = ${company.people['甲']}`.execute(database.owner)
    const made = await operation(
      save('account', [
        { values: { name: '东', ownerId: company.people['乙'] } },
        { values: { name: '西', ownerId: company.people['丁'] } },
      ]),
    )
    await askToUndo(manager, made)
    await allJobs().get('records.undo')?.(ctx, { operationId: made })
    expect(await names('account')).toEqual(['西'])
    const skipped = await inView(ctx, (tx) => skippedOf(tx, ctx, made, 9))
    expect(skipped.flatMap(({ faults }) => faults.map(({ code }) => code))).toEqual(['outOfReach'])
  })
})
