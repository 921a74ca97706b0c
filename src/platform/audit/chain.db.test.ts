import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { pino } from 'pino'
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/db/new-id.ts'
import { inStep } from '#platform/db/step.ts'
import { createRecord, updateRecord } from '#platform/records/save.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { entriesByIds } from './chain-store.ts'
import { redactionOf } from './digest.ts'
import { redactEntries, redactOperations } from './redact.ts'
import { sealAudit } from './seal.ts'
import { verifyAudit } from './verify.ts'

const { database } = await testApp()
const { db, owner } = database
let company: SmallCompany
let turn = 0

beforeEach(async () => {
  turn += 1
  company = await smallCompany(database, { slug: `chain-${turn}` })
})

const ctxOf = () => company.ctx
const write = async (name: string) => (await createRecord(ctxOf(), 'account', { name }, { confirmed: true })).id
const misfits = async (kept = {}) =>
  (await verifyAudit(ctxOf(), ...(Object.keys(kept).length > 0 ? [[kept as never]] : []))).misfits

async function redactUnnamed(id: string): Promise<void> {
  await inStep(ctxOf(), async ({ tx, ctx }) => {
    const [entry] = await entriesByIds(tx, ctx, [id])
    if (!entry?.after) throw new Error('no such entry')
    const redaction = redactionOf(entry, { after: { texts: entry.after, erased: ['name'] } })
    const wish = JSON.stringify([{ id, before_keys: [], after_keys: ['name'], redaction }])
    await sql`select redact_audit(${wish}::jsonb)`.execute(tx)
  })
}

/** Behind the step in which the company began six more, the fifth of all with three entries. */
async function sealed(): Promise<readonly { readonly id: string; readonly step_id: string }[]> {
  for (const name of ['一', '二', '三']) await write(name)
  await inStep(ctxOf(), async (step) => {
    for (const name of ['甲', '乙', '丙']) {
      step.audit({ object: 'unit', recordId: newId(), action: 'created', before: null, after: { name, tier: '团队' } })
    }
  })
  await updateRecord(ctxOf(), 'account', await write('四'), { values: { name: '四改', annualRevenue: '10.50' } })
  await sealAudit(ctxOf())
  const { rows } = await sql<{ id: string; step_id: string }>`
    select id, step_id from audit_entry where company_id = ${ctxOf().company.id} and object <> 'stage' order by id`.execute(
    owner,
  )
  return rows
}

describe('the chain of the audit', () => {
  it('holds every entry, step by step, and is whole', async () => {
    const entries = await sealed()
    const verdict = await verifyAudit(ctxOf())
    expect(verdict).toMatchObject({ misfits: [], steps: 7, open: 0, head: { number: '7' } })
    expect(entries).toHaveLength(8)
    await write('还没封')
    expect(await verifyAudit(ctxOf())).toMatchObject({ misfits: [], steps: 7, open: 1 })
    expect(await sealAudit(ctxOf())).toBe(1)
    expect(await sealAudit(ctxOf())).toBe(0)
  })

  it('leaves its seals in the log, however little else is written there', async () => {
    const lines: string[] = []
    const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) })
    await sealed()
    await write('再一个')
    await sealAudit({ ...ctxOf(), log })
    const { head } = await verifyAudit(ctxOf())
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ company: ctxOf().company.slug, ...head }])
  })

  it('misses no step that commits after later ones were sealed', async () => {
    let letGo = (): void => undefined
    const late = inStep(ctxOf(), async (step) => {
      step.audit({ object: 'unit', recordId: newId(), action: 'created', before: null, after: { name: '慢' } })
      await sql`select 1`.execute(step.tx)
      await new Promise<void>((resolve) => (letGo = resolve))
    })
    await write('快')
    await sealAudit(ctxOf())
    letGo()
    await late
    expect(await verifyAudit(ctxOf())).toMatchObject({ misfits: [], steps: 2, open: 1 })
    await sealAudit(ctxOf())
    expect(await verifyAudit(ctxOf())).toMatchObject({ misfits: [], steps: 3, open: 0 })
  })

  it('seals each step once, however many try at the same time', async () => {
    for (let at = 0; at < 20; at += 1) await write(`第 ${at}`)
    await Promise.all([sealAudit(ctxOf()), sealAudit(ctxOf()), sealAudit(ctxOf())])
    await sealAudit(ctxOf())
    expect(await verifyAudit(ctxOf())).toMatchObject({ misfits: [], steps: 21, head: { number: '21' } })
  })

  it.each([
    ['a value', sql`update audit_entry set after = after || '{"name": "别的"}' where id = `],
    ['what was there before', sql`update audit_entry set before = '{"name": "x"}' where id = `],
    ['the person', sql`update audit_entry set person_id = gen_random_uuid() where id = `],
    ['the moment', sql`update audit_entry set at = at - interval '1 day' where id = `],
    ['the act', sql`update audit_entry set action = 'updated' where id = `],
    ['the record', sql`update audit_entry set record_id = gen_random_uuid() where id = `],
  ])('tells which entry was altered in %s', async (_what, change) => {
    const entries = await sealed()
    const altered = entries[4]?.id ?? ''
    await sql`${change} ${altered}`.execute(owner)
    expect(await misfits()).toEqual([{ number: '5', entryId: altered, what: 'altered' }])
  })

  it('tells where an entry, or a whole step, was deleted', async () => {
    const entries = await sealed()
    await sql`delete from audit_entry where id = ${entries[4]?.id}`.execute(owner)
    expect(await misfits()).toEqual([{ number: '5', entryId: null, what: 'missing' }])
    await sql`delete from audit_entry where step_id = ${entries[1]?.step_id}`.execute(owner)
    await sql`delete from audit_step where id = ${entries[1]?.step_id}`.execute(owner)
    expect((await misfits())[0]).toMatchObject({ number: '4', what: 'gap' })
  })

  it('tells which entry was put in', async () => {
    const entries = await sealed()
    const copy = (id: string, step: string | undefined) => sql`
      insert into audit_entry (company_id, id, operation_id, step_id, object, record_id, action)
      select company_id, ${id}, operation_id, ${step}, object, record_id, 'deleted' from audit_entry where id = ${entries[3]?.id}`
    const between = `${entries[3]?.id.slice(0, -1)}${entries[3]?.id.endsWith('f') ? 'e' : 'f'}`
    const isInside = between > (entries[3]?.id ?? '') && between < (entries[5]?.id ?? '')
    await copy(between, entries[3]?.step_id).execute(owner)
    expect((await misfits())[0]).toMatchObject({ entryId: between, what: isInside ? 'added' : 'stray' })
    await sql`delete from audit_entry where id = ${between}`.execute(owner)
    const loose = newId()
    await copy(loose, newId()).execute(owner)
    expect(await misfits()).toEqual([{ number: null, entryId: loose, what: 'stray' }])
  })

  it('tells that entries or steps changed places', async () => {
    const entries = await sealed()
    const [one, other] = [entries[3]?.id, entries[4]?.id]
    await sql`
      update audit_entry e set after = o.after, record_id = o.record_id, salt = o.salt from audit_entry o
      where e.id in (${one}, ${other}) and o.id in (${one}, ${other}) and o.id <> e.id`.execute(owner)
    expect((await misfits()).map(({ number, what }) => [number, what])).toEqual([
      ['5', 'altered'],
      ['5', 'altered'],
    ])
    await sql`
      update audit_entry e set after = o.after, record_id = o.record_id, salt = o.salt from audit_entry o
      where e.id in (${one}, ${other}) and o.id in (${one}, ${other}) and o.id <> e.id`.execute(owner)
    expect(await misfits()).toEqual([])
    const renumber = (from: number, to: number) =>
      sql`update audit_step set number = ${to} where company_id = ${ctxOf().company.id} and number = ${from}`.execute(
        owner,
      )
    await renumber(2, 100)
    await renumber(3, 2)
    await renumber(100, 3)
    expect((await misfits())[0]).toMatchObject({ number: '2', what: 'chain' })
  })

  it('tells that an act was altered: who, from where, why', async () => {
    await sealed()
    await sql`update operation set reason = '另有原因' where company_id = ${ctxOf().company.id}`.execute(owner)
    expect((await misfits()).every(({ what }) => what === 'operation')).toBe(true)
  })

  it('breaks behind a step whose own hash was written anew', async () => {
    await sealed()
    await sql`update audit_step set hash = sha256('neu') where company_id = ${ctxOf().company.id} and number = 2`.execute(
      owner,
    )
    expect((await misfits()).map(({ number, what }) => [number, what])).toEqual([
      ['2', 'chain'],
      ['3', 'chain'],
    ])
  })

  it('tells that its end was cut off, by a seal that was kept elsewhere', async () => {
    await sealed()
    const { head } = await verifyAudit(ctxOf())
    await sql`
      delete from audit_entry where step_id in (
        select id from audit_step where company_id = ${ctxOf().company.id} and number > 5)`.execute(owner)
    await sql`delete from audit_step where company_id = ${ctxOf().company.id} and number > 5`.execute(owner)
    expect(await misfits()).toEqual([])
    expect(await misfits(head)).toEqual([{ number: '7', entryId: null, what: 'cut' }])
    // Written anew up to the same length it is another chain.
    await write('新五')
    await write('新六')
    await sealAudit(ctxOf())
    expect(await misfits(head)).toEqual([{ number: '7', entryId: null, what: 'cut' }])
  })
})

describe('the entries of the audit', () => {
  it('are neither changed nor removed by the app, nor are the acts and steps', async () => {
    await sealed()
    const inCompany = (act: ReturnType<typeof sql>) => inStep(ctxOf(), ({ tx }) => act.execute(tx))
    for (const table of ['audit_entry', 'audit_step', 'operation']) {
      await expect(inCompany(sql`delete from ${sql.table(table)}`)).rejects.toThrow(/permission denied/)
      await expect(inCompany(sql`update ${sql.table(table)} set at = now()`)).rejects.toThrow(/permission denied/)
    }
    // A seal that is there stays.
    const before = await verifyAudit(ctxOf())
    const { rows } = await sql<{ id: string }>`
      select id from audit_step where company_id = ${ctxOf().company.id} and number = 1`.execute(owner)
    const seal = JSON.stringify([{ id: rows[0]?.id, number: '9', digests: '00', hash: '00' }])
    await inCompany(sql`select seal_audit(${seal}::jsonb)`)
    expect(await verifyAudit(ctxOf())).toEqual(before)
  })

  it('lose values by redaction alone, and the chain stays whole; values put back do not fit', async () => {
    const entries = await sealed()
    const id = entries[3]?.id ?? ''
    await inStep(ctxOf(), (step) => redactEntries(step, [{ id, before: [], after: ['name'] }]))
    const look = async () =>
      (await sql<any>`select after, salt, redaction from audit_entry where id = ${id}`.execute(owner)).rows[0]
    expect(await look()).toMatchObject({ after: { name: null, tier: '团队' }, salt: null })
    expect(JSON.stringify((await look()).redaction)).not.toContain('甲')
    expect(await misfits()).toEqual([])
    await inStep(ctxOf(), (step) => redactEntries(step, [{ id, before: [], after: ['tier'] }]))
    expect((await look()).after).toEqual({ name: null, tier: null })
    expect(await misfits()).toEqual([])
    await sql`update audit_entry set after = '{"name": "甲", "tier": null}' where id = ${id}`.execute(owner)
    expect(await misfits()).toEqual([{ number: '5', entryId: id, what: 'altered' }])
  })

  it('lose nothing unnoticed: what no erasure of the audit names counts', async () => {
    const entries = await sealed()
    const id = entries[3]?.id ?? ''
    await redactUnnamed(id)
    expect(await misfits()).toEqual([{ number: '5', entryId: id, what: 'redacted' }])
  })

  it('that lost something before acts named it are named by the migration', async () => {
    const entries = await sealed()
    await redactUnnamed(entries[3]?.id ?? '')
    const migration = new URL('../../../migrations/0061_redactions_named.sql', import.meta.url)
    await sql.raw(readFileSync(migration, 'utf8')).execute(owner)
    expect(await misfits()).toEqual([])
    await sealAudit(ctxOf())
    expect(await verifyAudit(ctxOf())).toMatchObject({ misfits: [], steps: 8, open: 0 })
  })

  it('name what an erasure took out of them and of acts, and that itself can no more go unnoticed', async () => {
    const entries = await sealed()
    const id = entries[3]?.id ?? ''
    const { rows } = await sql<{ operation_id: string }>`
      select operation_id from audit_entry where id = ${id}`.execute(owner)
    await inStep(ctxOf(), async (step) => {
      await redactEntries(step, [{ id, before: [], after: ['name'] }])
      await redactOperations(step, [{ id: rows[0]?.operation_id ?? '', keys: ['reason'] }])
    })
    await sealAudit(ctxOf())
    expect(await misfits()).toEqual([])
    await sql`delete from audit_entry where action = 'redacted' and company_id = ${ctxOf().company.id}`.execute(owner)
    expect((await misfits()).map(({ what }) => what)).toEqual(['redacted', 'missing'])
  })

  it('of another company are out of reach of a redaction', async () => {
    const entries = await sealed()
    const other = await smallCompany(database, { slug: `other-${turn}` })
    const wish = JSON.stringify([{ id: entries[0]?.id, before_keys: [], after_keys: ['name'], redaction: {} }])
    await inStep(other.ctx, ({ tx }) => sql`select redact_audit(${wish}::jsonb)`.execute(tx))
    expect(await misfits()).toEqual([])
    await expect(sql`select seal_audit('[]'::jsonb)`.execute(db)).resolves.toBeDefined()
  })
})
