import { sql } from 'kysely'
import { defineErrors } from '#base/errors.ts'
import type { Db } from '#platform/db/connect.ts'
import type { Company } from '#platform/db/ctx.ts'
import { findCompany } from '#platform/db/system.ts'

/** The slug of the finished demo, and the one it bears while it is loaded: so a loading that broke off is known. */
export const demoSlug = 'hetian'
export const loadingSlug = 'hetian-loading'

export const demoErrors = defineErrors({
  DEMO_IS_LOADING: { status: 409, label: { zh: '演示公司正在载入', en: 'The demo company is being loaded' } },
})

/** Any number: whoever loads the demo holds it. */
const loadingLock = 7_425_303

export async function finishedDemo(db: Db): Promise<Company | undefined> {
  const company = await findCompany(db, { slug: demoSlug })
  return company?.demo ? company : undefined
}

/** Does the work while nobody else loads the demo; undefined, and nothing done, if somebody does. */
export async function whileAlone<T extends object>(db: Db, work: () => Promise<T>): Promise<T | undefined> {
  return db.connection().execute(async (held) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${loadingLock}) as mine`.execute(held)
    if (!rows[0]?.mine) return undefined
    try {
      return await work()
    } finally {
      await sql`select pg_advisory_unlock(${loadingLock})`.execute(held)
    }
  })
}

/** Removes what a loading left that broke off. */
export async function removeUnfinished(db: Db): Promise<void> {
  await sql`select remove_unfinished_demo()`.execute(db)
}

/** From now on the demo counts as one whose loading broke off. */
export async function giveUp(db: Db): Promise<void> {
  await sql`update company set slug = ${loadingSlug} where slug = ${demoSlug} and demo`.execute(db)
}

/** From now on the demo is there for everybody. */
export async function finish(db: Db, company: Company): Promise<Company> {
  await sql`update company set slug = ${demoSlug} where id = ${company.id}`.execute(db)
  return { ...company, slug: demoSlug }
}
