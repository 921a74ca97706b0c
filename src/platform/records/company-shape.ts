import type { Catalogue } from '#engine/model/catalogue.ts'
import { shapedCatalogue } from '#engine/model/shape.ts'
import type { Metrics } from '#engine/metrics/metrics.ts'
import { metricsWith } from '#engine/metrics/metrics-with.ts'
import type { Db } from '#platform/db/connect.ts'
import { enter, type Tx } from '#platform/db/step.ts'
import { ownMetrics } from '#platform/ledger/own-metric-store.ts'
import { standardMetrics } from '#platform/ledger/registry.ts'
import { standardCatalogue } from './registry.ts'
import { readShape } from './shape-store.ts'

/** What a company works with: the objects and metrics of the product, and its own. */
export interface CompanyShape {
  readonly catalogue: Catalogue
  readonly metrics: Metrics
  /** Differs after every change of them. */
  readonly shapeVersion: string
}

/** Of a company that added nothing. */
export function standardShape(): CompanyShape {
  return { catalogue: standardCatalogue(), metrics: standardMetrics(), shapeVersion: '0' }
}

const remembered = new Map<string, Promise<CompanyShape>>()
const mostRemembered = 500

/** The company's objects and metrics as of a version of its definitions; remembered for the next who asks. */
export async function companyShape(
  db: Db,
  { id, shapeVersion }: { readonly id: string; readonly shapeVersion: string },
): Promise<CompanyShape> {
  if (shapeVersion === '0') return standardShape()
  const key = `${id} ${shapeVersion}`
  const known = remembered.get(key)
  if (known) return known
  const asked = load(db, id, shapeVersion)
  remembered.set(key, asked)
  asked.catch(() => remembered.delete(key))
  if (remembered.size > mostRemembered) forgetOldest()
  return asked
}

async function load(db: Db, id: string, shapeVersion: string): Promise<CompanyShape> {
  return db.transaction().execute(async (tx) => {
    await enter(tx, { company: { id } })
    return { ...(await shapeIn(tx)), shapeVersion }
  })
}

/** The same as the transaction sees it. */
export async function shapeIn(tx: Tx): Promise<Omit<CompanyShape, 'shapeVersion'>> {
  const catalogue = shapedCatalogue(standardCatalogue(), await readShape(tx))
  return { catalogue, metrics: metricsWith(standardMetrics(), await ownMetrics(tx), catalogue) }
}

function forgetOldest(): void {
  const [oldest] = remembered.keys()
  if (oldest !== undefined) remembered.delete(oldest)
}
