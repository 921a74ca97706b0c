import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import { newId } from '#platform/db/new-id.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'

arrangeHouse()
const database = await testDatabase()
const { db, owner } = database

/** The tables that belong to no company. Whoever adds one says here why. */
const withoutCompany = new Set([
  'company', // read before anybody entered one
  'login', // one person may work in several companies
  'session', // looked up by its token before the company is known
  'api_key', // likewise
  'sign_in_attempt', // counts what need not exist
  'backup_run', // backups are of the whole installation
  'sign_in_link', // looked up by its token before the company is known
  'second_factor', // a login's, and so of all its companies
  'recovery_code', // likewise
  'migration', // the schema's own; the app has no right to it
])

interface Table {
  readonly name: string
  readonly sealed: boolean
  readonly key: readonly string[]
  readonly policy: string | null
  readonly owner: string
}

const { rows: tables } = await sql<Table>`
  select c.relname as name, c.relrowsecurity as sealed, pg_get_userbyid(c.relowner) as owner,
    (select array_agg(a.attname::text order by k.place) from pg_index i
      cross join lateral unnest(i.indkey::int[]) with ordinality as k(column_number, place)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.column_number
      where i.indrelid = c.oid and i.indisprimary) as key,
    (select pg_get_expr(p.polqual, p.polrelid) || ' / ' || pg_get_expr(p.polwithcheck, p.polrelid)
      from pg_policy p where p.polrelid = c.oid) as policy
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname
`.execute(owner)
const sealedTables = tables.filter((table) => !withoutCompany.has(table.name))

describe('the schema', () => {
  it('has tables to look at, and knows every table that belongs to no company', () => {
    expect(sealedTables.length).toBeGreaterThan(20)
    for (const name of withoutCompany) expect(tables.map((table) => table.name)).toContain(name)
  })

  it.each(sealedTables)('seals $name by company', (table) => {
    expect(table.sealed).toBe(true)
    expect(table.key[0]).toBe('company_id')
    expect(table.policy?.match(/company_id = \( SELECT current_company\(\)/g)).toHaveLength(2)
  })

  it('lets no temporary table of a caller stand before the tables of what runs as the owner', async () => {
    const { rows } = await sql<{ name: string; path: string | null }>`
      select proname as name, proconfig::text as path from pg_proc
      where prosecdef and pronamespace = 'public'::regnamespace order by 1`.execute(owner)
    expect(rows.length).toBeGreaterThan(5)
    expect(rows.filter(({ path }) => !/, pg_temp"?}$/.test(path ?? ''))).toEqual([])
  })

  it('keeps references inside the company', async () => {
    const { rows } = await sql<{ name: string; first: string; to: string }>`
      select c.conrelid::regclass::text as name, c.confrelid::regclass::text as to,
        (select attname::text from pg_attribute where attrelid = c.conrelid and attnum = c.conkey[1]) as first
      from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace
    `.execute(owner)
    const open = rows.filter((row) => row.first !== 'company_id' && row.to !== 'login')
    expect(open).toEqual([])
  })

  it('keeps what is unique unique inside the company only', async () => {
    const { rows } = await sql<{ name: string; table: string; first: string }>`
      select i.indexrelid::regclass::text as name, c.relname as table,
        (select attname::text from pg_attribute where attrelid = c.oid and attnum = i.indkey[0]) as first
      from pg_index i join pg_class c on c.oid = i.indrelid
      where i.indisunique and c.relnamespace = 'public'::regnamespace
    `.execute(owner)
    const open = rows.filter((row) => row.first !== 'company_id' && !withoutCompany.has(row.table))
    expect(open).toEqual([])
  })
})

describe("the app's role", () => {
  it('is no superuser, cannot bypass the seal, owns nothing and cannot become the owner', async () => {
    const { rows } = await sql<Record<string, unknown>>`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
        (select count(*)::int from pg_class where relowner = r.oid) as owned,
        (select count(*)::int from pg_auth_members where member = r.oid) as memberships
      from pg_roles r where rolname = current_user
    `.execute(db)
    expect(rows[0]).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      owned: 0,
      memberships: 0,
    })
  })

  it('cannot take a seal off', async () => {
    await expect(sql`alter table person disable row level security`.execute(db)).rejects.toThrow(/must be owner/)
    await expect(sql`drop policy sealed on person`.execute(db)).rejects.toThrow(/must be owner/)
    await expect(sql`set session_replication_role = replica`.execute(db)).rejects.toThrow(/permission denied/)
  })
})

describe('a second company', () => {
  it('sees no row of the first, in any table, and neither does nobody', async () => {
    const first = await smallCompany(database, { slug: 'first' })
    const second = newId()
    await sql`insert into company (id, slug, name) values (${second}, 'second', 'second')`.execute(db)
    for (const { name } of sealedTables) {
      const rowsOf = (company: string) =>
        db.transaction().execute(async (tx) => {
          await sql`select set_config('app.company', ${company}, true)`.execute(tx)
          const { rows } = await sql<{ count: string }>`select count(*) from ${sql.ref(name)}`.execute(tx)
          return Number(rows[0]?.count)
        })
      expect([name, await rowsOf(second), await rowsOf('')]).toEqual([name, 0, 0])
      const { rows } = await sql<{ count: string }>`select count(*) from ${sql.ref(name)}`.execute(owner)
      expect([name, await rowsOf(first.ctx.company.id)]).toEqual([name, Number(rows[0]?.count)])
    }
  })

  it('can neither change nor write rows of the first', async () => {
    const first = await smallCompany(database, { slug: 'third' })
    const second = newId()
    await sql`insert into company (id, slug, name) values (${second}, 'fourth', 'fourth')`.execute(db)
    await db.transaction().execute(async (tx) => {
      await sql`select set_config('app.company', ${second}, true)`.execute(tx)
      expect((await sql`update person set name = 'stolen'`.execute(tx)).numAffectedRows).toBe(0n)
      expect((await sql`delete from assignment`.execute(tx)).numAffectedRows).toBe(0n)
    })
    const smuggled = db.transaction().execute(async (tx) => {
      await sql`select set_config('app.company', ${second}, true)`.execute(tx)
      await sql`insert into person (company_id, id, name) values (${first.ctx.company.id}, ${newId()}, 'x')`.execute(tx)
    })
    await expect(smuggled).rejects.toThrow(/row-level security/)
  })

  it('is not left set on a connection for the next caller', async () => {
    await db.transaction().execute(async (tx) => {
      await sql`select set_config('app.company', ${newId()}, true)`.execute(tx)
    })
    const { rows } = await sql<{ company: string | null }>`select current_company()::text as company`.execute(db)
    expect(rows[0]?.company).toBeNull()
  })
})
