import { sql } from 'kysely'
import type { Demo, DemoPersona } from '#features/org/server/index.ts'
import type { Db } from '#platform/db/connect.ts'
import { inView } from '#platform/db/step.ts'
import { systemContext } from '#platform/db/system.ts'
import type { Logger } from 'pino'
import { finishedDemo } from './demo-store.ts'
import { loadDemo } from './load-demo.ts'
import { personas, type Persona } from './personas.ts'

interface House {
  readonly db: Db
  readonly log: Logger
  readonly now?: () => Date
}

/** The demo as the setup page knows it. */
export function demoOf(house: House): Demo {
  return {
    personas: () => personasIn(house),
    load: async (report) => void (await loadDemo(house, report)),
  }
}

async function personasIn(house: House): Promise<readonly DemoPersona[]> {
  const company = await finishedDemo(house.db)
  if (!company) return []
  const wanted: readonly Persona[] = Object.values(personas)
  const names = wanted.map(({ name }) => name)
  const idOf = await inView(systemContext(house, company), async (tx) => {
    const { rows } = await sql<{ id: string; name: string }>`
      select id, name from person where name = any(${names}::text[]) and is_active`.execute(tx)
    return new Map(rows.map(({ id, name }) => [name, id]))
  })
  return wanted.flatMap(({ key, name, title, role }) => {
    const personId = idOf.get(name)
    return personId === undefined ? [] : [{ key, name, title, role, companyId: company.id, personId }]
  })
}
