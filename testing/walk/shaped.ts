import fc from 'fast-check'
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { CustomFieldDefinition } from '#engine/model/shape.ts'
import type { RecordValues } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep } from '#platform/db/step.ts'
import { findCompany } from '#platform/db/system.ts'
import { saveMany } from '#platform/records/save.ts'
import type { TestDatabase } from '#testing/test-database.ts'
import type { Name, Populated } from './populated.ts'

const label = (text: string) => ({ zh: text, en: text })
const choices = ['s', 'm', 'l'].map((key) => ({ key, label: label(key.toUpperCase()) }))

/** Fields of every type, most of them twice: found by index, and not. */
const siteFields: Readonly<Record<string, CustomFieldDefinition>> = {
  code__c: { type: 'text', label: label('代号'), oftenFiltered: true },
  remark__c: { type: 'long_text', label: label('说明'), oftenFiltered: true },
  note__c: { type: 'rich_text', label: label('备注') },
  rent__c: { type: 'money', label: label('租金'), oftenFiltered: true },
  floors__c: { type: 'number', label: label('楼层') },
  share__c: { type: 'percent', label: label('占比') },
  stars__c: { type: 'rating', label: label('星级'), oftenFiltered: true },
  opened__c: { type: 'date', label: label('开业'), oftenFiltered: true },
  closed__c: { type: 'date', label: label('关闭') },
  seen__c: { type: 'date_time', label: label('巡店'), oftenFiltered: true },
  told__c: { type: 'date_time', label: label('上报') },
  active__c: { type: 'yes_no', label: label('营业'), oftenFiltered: true },
  size__c: { type: 'choice', label: label('规模'), choices, oftenFiltered: true },
  kinds__c: { type: 'multi_choice', label: label('业态'), choices, oftenFiltered: true },
  sizes__c: { type: 'multi_choice', label: label('规格'), choices },
  tags__c: { type: 'tags', label: label('标签') },
  account__c: { type: 'reference', to: 'account', label: label('客户') },
  partners__c: { type: 'multi_reference', to: 'account', label: label('伙伴') },
  keeper__c: { type: 'owner', label: label('店长') },
  area__c: { type: 'region', label: label('地区'), oftenFiltered: true },
  from__c: { type: 'region', label: label('来源') },
  double__c: { type: 'formula', label: label('两倍'), formula: { expression: 'floors__c * 2', result: 'number' } },
}

const accountFields: Readonly<Record<string, CustomFieldDefinition>> = {
  level__c: { type: 'choice', label: label('等级'), choices, oftenFiltered: true },
  main__c: { type: 'reference', to: 'site__c', label: label('主门店') },
  places__c: {
    type: 'rollup',
    label: label('门店数'),
    rollup: { of: 'site__c', via: 'account__c', aggregate: 'count', result: 'number' },
  },
}

export const texts = ['华为', '华为技术', 'HUAWEI', 'Huawei', '100%', 'a_b', 'a\\b', "o'neil", '𠮷野家', 'ΣΑΣ', 'σας', 'İstanbul', 'Straße', `${'长'.repeat(198)}𠮷尾`] // prettier-ignore
const short = texts.filter((text) => text.length <= 40)
export const numbers = ['0', '1', '1.5', '99.9999', '100', '100.0001', '-3', '123456789.01', '999999999999999']
export const days = ['2025-12-31', '2026-03-31', '2026-05-16', '2026-05-17', '2026-06-12', '2026-06-14', '2026-06-15', '2026-06-16', '2026-07-01', '2026-07-15'] // prettier-ignore
const instants = ['2026-06-14T15:59:59.999Z', '2026-06-14T16:00:00.000Z', '2026-06-15T15:59:59.000Z', '2026-06-15T16:00:00.000Z', '2026-05-16T16:00:00.000Z', '2025-01-01T00:00:00.000Z'] // prettier-ignore
export const regionCodes = ['33', '3301', '330106', '330110', '3302', '11', '110108', '39', 'CN', 'NO', 'US']
const owners: readonly (Name | null)[] = ['甲', '甲', '乙', '丙', '丁', null]

/** A company that made an object of its own with fields of every type, gave fields to accounts, and filled them. */
export async function shaped(database: TestDatabase, here: Populated, seed: number): Promise<Ctx> {
  const companyId = here.company.ctx.company.id
  await define(database, companyId)
  const company = await findCompany(database.db, { id: companyId })
  if (!company) throw new Error('the company is gone')
  const ctx: Ctx = { ...here.company.ctx, company }
  await fill(ctx, here, seed)
  return ctx
}

async function define({ owner }: TestDatabase, companyId: string): Promise<void> {
  const object = { label: label('门店'), labelOfMany: label('门店'), nameLabel: label('店名') }
  await sql`insert into custom_object (company_id, id, key, definition)
    values (${companyId}, ${newId()}, 'site__c', ${JSON.stringify(object)}::jsonb)`.execute(owner)
  const fields = [
    ...Object.entries(siteFields).map(([key, definition]) => ({ object: 'site__c', key, definition })),
    ...Object.entries(accountFields).map(([key, definition]) => ({ object: 'account', key, definition })),
  ]
  for (const [position, { object: of, key, definition }] of fields.entries()) {
    await sql`insert into custom_field (company_id, id, object, key, definition, position, index_state)
      values (${companyId}, ${newId()}, ${of}, ${key}, ${JSON.stringify(definition)}::jsonb, ${position}, 'ready')`.execute(
      owner,
    )
  }
  await sql`update company set shape_version = shape_version + 1 where id = ${companyId}`.execute(owner)
}

async function fill(ctx: Ctx, here: Populated, seed: number): Promise<void> {
  const ownerOf = (name: Name | null) => (name === null ? null : here.people[name])
  const some = <Value>(values: readonly Value[]) => fc.constantFrom<Value | null>(...values, ...values, null)
  const draw = <Value>(one: fc.Arbitrary<Value>, numRuns: number) => fc.sample(one, { seed, numRuns })
  const owner = fc.constantFrom(...owners).map(ownerOf)
  const list = <Value>(values: readonly Value[]) => fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 })) // prettier-ignore

  const firms = draw(
    fc.record({
      name: fc.constantFrom(...short),
      city: some(['杭州', 'Oslo']),
      annualRevenue: some(numbers.filter((number) => Number(number) >= 0)),
      ownerId: owner,
      level__c: some(['s', 'm']),
    }),
    24,
  )
  const accounts = await save(ctx, 'account', firms)
  const sites = draw(
    fc.record({
      name: fc.constantFrom(...short),
      ownerId: owner,
      code__c: some(short),
      remark__c: some(texts),
      note__c: some(texts),
      rent__c: some(numbers),
      floors__c: some(numbers),
      share__c: some(['0', '50', '99.5']),
      stars__c: some(['1', '3', '5']),
      opened__c: some(days),
      closed__c: some(days),
      seen__c: some(instants),
      told__c: some(instants),
      active__c: some([true, false]),
      size__c: some(['s', 'm', 'l']),
      kinds__c: list(['s', 'm', 'l']),
      sizes__c: list(['s', 'm', 'l']),
      tags__c: list(short),
      account__c: some(accounts),
      partners__c: list(accounts),
      keeper__c: some(Object.values(here.people)),
      area__c: some(regionCodes),
      from__c: some(regionCodes),
    }),
    70,
  )
  const siteIds = await save(ctx, 'site__c', sites)
  for (const [at, id] of accounts.entries()) {
    if (at % 3 === 0) await save(ctx, 'account', [{ main__c: siteIds[at], parent: accounts[at + 1] ?? null }], id)
  }
  const calls = draw(
    fc.record({
      kind: fc.constantFrom('call', 'visit'),
      subject: fc.constantFrom(...short),
      account: some(accounts),
      doneOn: fc.constantFrom(...days),
      ownerId: owner,
    }),
    60,
  )
  await save(ctx, 'activity', calls)
}

async function save(ctx: Ctx, object: string, rows: readonly RecordValues[], id?: string): Promise<readonly string[]> {
  const results = await inStep(ctx, (step) =>
    saveMany(
      step,
      ctx.company.catalogue.get(object),
      rows.map((values) => ({ values, ...(id === undefined ? {} : { id }) })),
      { onWarning: 'allow' },
    ),
  )
  return results.map((result) => (result.ok ? result.id : expect.fail(JSON.stringify(result.faults))))
}
