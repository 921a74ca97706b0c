import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { newId } from '#platform/db/new-id.ts'
import { testApp } from '#testing/test-app.ts'
import { populated } from './populated.ts'

const now = () => new Date('2026-06-15T04:00:00Z')
const { database, as } = await testApp({ now })

it('forty managers who look and write at once, right after the organisation changed, all get through', async () => {
  const here = await populated(database, 'here', as)
  const companyId = here.company.ctx.company.id
  const managers = Array.from({ length: 40 }, () => newId())
  for (const id of managers) {
    await sql`insert into person (company_id, id, name, role) values (${companyId}, ${id}, '经理', 'manager')`.execute(
      database.owner,
    )
    await sql`insert into assignment (company_id, id, structure_id, person_id, unit_id)
      select ${companyId}, ${newId()}, s.id, ${id}, ${here.company.units['东一队']} from structure s
      where s.company_id = ${companyId} and s.is_default`.execute(database.owner)
  }
  const clients = managers.map((personId) => as({ companyId, personId }))
  await Promise.all(clients.map((client) => client.get('/me')))
  await sql`update company set org_version = org_version + 1 where id = ${companyId}`.execute(database.owner)
  const path = `/records/account/${here.records['account']?.['甲']}`
  const answers = await Promise.all(
    clients.map((client, at) =>
      at % 2 === 0
        ? client.get('/metrics/signed_amount/tree?period=2026')
        : client.patch(path, { values: { city: `城市${at}` } }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(clients.map(() => 200))
}, 20_000)
