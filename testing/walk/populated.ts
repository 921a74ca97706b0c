import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll } from 'vitest'
import type { Role } from '#engine/policy/role.ts'
import { newId } from '#platform/db/new-id.ts'
import { createRecord } from '#platform/records/save.ts'
import { folderStore, keepContentIn } from '#platform/files/index.ts'
import { keepFilesIn } from '#platform/transfer/file-store.ts'
import { publishedPlan } from '#testing/published-plan.ts'
import { smallCompany, type SmallCompany } from '#testing/small-company.ts'
import type { Somebody, TestClient } from '#testing/test-app.ts'
import { uploadTo } from '#testing/upload.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import type { TestDatabase } from '#testing/test-database.ts'

const files = mkdtempSync(join(temporaryFolder(), 'terrace-walk-'))
afterAll(() => rmSync(files, { recursive: true, force: true }))

/** Role of each person: 甲 and 乙 stand in 东一队, 丙 in 东二队, 丁 in 西一队, 管 and 营 nowhere. */
const roleOf = {
  甲: 'representative',
  乙: 'manager',
  丙: 'representative',
  丁: 'director',
  管: 'administrator',
  营: 'operations',
} as const satisfies Record<string, Role>

export type Name = keyof typeof roleOf
export const names = Object.keys(roleOf) as Name[]

/** A company whose every table holds something, each text of its records marked with company and owner. */
export interface Populated {
  readonly company: SmallCompany
  readonly people: Readonly<Record<Name, string>>
  /** Id of a record by object and owner; stages and products stand under every name. */
  readonly records: Readonly<Record<string, Readonly<Record<Name, string>>>>
  readonly planId: string
  /** Ids of a file and of a comment by the owner of their record. */
  readonly files: Readonly<Record<string, string>>
  readonly comments: Readonly<Record<string, string>>
  somebody(name: Name): Somebody
}

const owners: readonly Name[] = ['甲', '乙', '丙', '丁']

/** What no other company, and no colleague out of reach, may ever read. */
export const markOf = (slug: string, owner: Name): string => `秘密-${slug}-${owner}`

export async function populated(
  database: TestDatabase,
  slug: string,
  clientOf: (person: Somebody) => TestClient,
): Promise<Populated> {
  keepFilesIn(files)
  keepContentIn({
    store: folderStore(files),
    arrivals: join(files, 'arriving'),
    mostBytesPerFile: 1_000_000,
    mostBytes: null,
  })
  const company = await smallCompany(database, { slug })
  const companyId = company.ctx.company.id
  const people = await appoint(database, company)
  const records = await fill(company, slug, people)
  const somebody = (name: Name) => ({ companyId, personId: people[name] })
  const office = clientOf(somebody('管'))
  await office.put('/rates/USD/2026-01-01', { rate: '7' })
  const plan = await publishedPlan(office, { metric: 'signed_amount', year: 2026, total: '1200' })
  const said = await talk(slug, records, (name) => clientOf(somebody(name)))
  return { company, people, records, ...said, planId: plan.id, somebody }
}

/** Each owner attaches a file to an own record and says something about it; names and words are secrets too. */
async function talk(slug: string, records: Populated['records'], clientOf: (name: Name) => TestClient) {
  const ids = { files: {} as Record<string, string>, comments: {} as Record<string, string> }
  for (const owner of owners) {
    const path = `/records/account/${records['account']?.[owner]}`
    const mark = markOf(slug, owner)
    const file = await uploadTo(clientOf(owner), `${path}/files`, `${mark}.txt`, mark)
    const said = await clientOf(owner).post(`${path}/comments`, { text: mark })
    ids.files[owner] = file.body.id
    ids.comments[owner] = said.body.id
  }
  return ids
}

async function appoint(database: TestDatabase, { ctx, people }: SmallCompany): Promise<Record<Name, string>> {
  const ids = Object.fromEntries(names.map((name) => [name, people[name] ?? newId()])) as Record<Name, string>
  for (const name of names) {
    await sql`insert into person (company_id, id, name, role, email, phone)
      values (${ctx.company.id}, ${ids[name]}, ${name}, ${roleOf[name]}, ${`${ids[name]}@example.com`}, ${`138${ids[name].slice(-8)}`})
      on conflict (company_id, id) do update set role = excluded.role, email = excluded.email, phone = excluded.phone`.execute(
      database.owner,
    )
  }
  return ids
}

async function fill(company: SmallCompany, slug: string, people: Readonly<Record<Name, string>>) {
  const records: Record<string, Record<string, string>> = {}
  const add = async (object: string, owner: Name, values: Record<string, unknown>) => {
    const row = await createRecord(company.ctx, object, values)
    records[object] = { ...records[object], [owner]: row.id }
    return row.id
  }
  const product = await add('product', '甲', { name: `产品-${slug}`, listPrice: '10' })
  for (const name of names) records['product'] = { ...records['product'], [name]: product }
  for (const name of names) records['stage'] = { ...records['stage'], [name]: company.stages['Proposal'] ?? '' }
  for (const owner of owners) {
    const note = markOf(slug, owner)
    const own = { ownerId: people[owner], note }
    const code = `${note}-编号`
    const account = await add('account', owner, { ...own, name: note, code, annualRevenue: '123456.78' })
    const contact = await add('contact', owner, { ...own, name: note, account, wechat: note })
    const deal = { ...own, name: note, code, account, product, engagedOn: '2026-01-05' }
    const won = { stage: company.stages['Won'], amount: '100', closedOn: '2026-03-05' }
    const opportunity = await add('opportunity', owner, { ...deal, ...won })
    const order = await add('order', owner, {
      ...own,
      code,
      account,
      opportunity,
      amount: '90',
      orderedOn: '2026-03-06',
    })
    await add('payment', owner, { ...own, code, order, amount: '80', receivedOn: '2026-03-07' })
    await add('refund', owner, {
      ownerId: people[owner],
      reason: note,
      code,
      order,
      amount: '7',
      refundedOn: '2026-03-08',
    })
    await add('activity', owner, {
      ...own,
      kind: 'visit',
      subject: note,
      account,
      contact,
      opportunity,
      doneOn: '2026-03-01',
    })
    await add('task', owner, { ...own, subject: note, account, opportunity, dueOn: '2026-07-01' })
  }
  return records as Readonly<Record<string, Readonly<Record<Name, string>>>>
}
