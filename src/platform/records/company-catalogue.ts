import type { Catalogue } from '#engine/model/catalogue.ts'
import { shapedCatalogue } from '#engine/model/shape.ts'
import type { Db } from '#platform/db/connect.ts'
import { enter } from '#platform/db/step.ts'
import { standardCatalogue } from './registry.ts'
import { readShape } from './shape-store.ts'

const remembered = new Map<string, Promise<Catalogue>>()
const mostRemembered = 500

/** The company's business objects as of a version of its definitions; remembered for the next who asks. */
export async function companyCatalogue(
  db: Db,
  { id, shapeVersion }: { readonly id: string; readonly shapeVersion: string },
): Promise<Catalogue> {
  if (shapeVersion === '0') return standardCatalogue()
  const key = `${id} ${shapeVersion}`
  const known = remembered.get(key)
  if (known) return known
  const asked = load(db, id)
  remembered.set(key, asked)
  asked.catch(() => remembered.delete(key))
  if (remembered.size > mostRemembered) forgetOldest()
  return asked
}

async function load(db: Db, id: string): Promise<Catalogue> {
  const shape = await db.transaction().execute(async (tx) => {
    await enter(tx, { company: { id } })
    return readShape(tx)
  })
  return shapedCatalogue(standardCatalogue(), shape)
}

function forgetOldest(): void {
  const [oldest] = remembered.keys()
  if (oldest !== undefined) remembered.delete(oldest)
}
