import type { Catalogue } from '#engine/model/catalogue.ts'
import { shapedCatalogue } from '#engine/model/shape.ts'
import type { Metrics } from '#engine/metrics/metrics.ts'
import { rolesWith, type CompanyRole, type Roles } from '#engine/policy/company-role.ts'
import type { SharingRule } from '#engine/policy/sharing.ts'
import { catalogueFor } from '#engine/policy/view.ts'
import { metricsWith } from '#engine/metrics/metrics-with.ts'
import { checkFilter } from '#engine/query/check.ts'
import type { Db } from '#platform/db/connect.ts'
import { enter, type Tx } from '#platform/db/step.ts'
import { ownMetrics } from '#platform/ledger/own-metric-store.ts'
import { standardMetrics } from '#platform/ledger/registry.ts'
import { standardCatalogue } from './registry.ts'
import { ownRoles, sharingRules } from './role-store.ts'
import { readShape } from './shape-store.ts'

/** What a company works with: the objects, metrics and roles of the product, and its own. */
export interface CompanyShape {
  readonly wholeCatalogue: Catalogue
  readonly metrics: Metrics
  readonly roles: Roles
  readonly sharingRules: readonly SharingRule[]
  /** Differs after every change of them. */
  readonly shapeVersion: string
}

/** The catalogue of a shape as a role knows it. */
export function inRole(
  shape: Pick<CompanyShape, 'wholeCatalogue'>,
  role: CompanyRole,
): { readonly catalogue: Catalogue } {
  const known = views.get(role) ?? new WeakMap<Catalogue, Catalogue>()
  views.set(role, known)
  const view = known.get(shape.wholeCatalogue) ?? catalogueFor(role, shape.wholeCatalogue)
  known.set(shape.wholeCatalogue, view)
  return { catalogue: view }
}

const views = new WeakMap<CompanyRole, WeakMap<Catalogue, Catalogue>>()

/** Of a company that added nothing. */
export function standardShape(): CompanyShape {
  return {
    wholeCatalogue: standardCatalogue(),
    metrics: standardMetrics(),
    roles: standardRoles,
    sharingRules: [],
    shapeVersion: '0',
  }
}

const standardRoles = rolesWith([])

const remembered = new Map<string, Promise<CompanyShape>>()
const mostRemembered = 500

/** The company's definitions as of a version of its definitions; remembered for the next who asks. */
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
  const wholeCatalogue = shapedCatalogue(standardCatalogue(), await readShape(tx))
  return {
    wholeCatalogue,
    metrics: metricsWith(standardMetrics(), await ownMetrics(tx), wholeCatalogue),
    roles: rolesWith(await ownRoles(tx)),
    sharingRules: (await sharingRules(tx)).filter((rule) => isSound(rule, wholeCatalogue)),
  }
}

/** A rule that no longer fits the objects shares nothing. */
function isSound({ object: key, filter }: SharingRule, catalogue: Catalogue): boolean {
  const object = catalogue.find(key)
  return object !== undefined && checkFilter(filter, object, catalogue).length === 0
}

function forgetOldest(): void {
  const [oldest] = remembered.keys()
  if (oldest !== undefined) remembered.delete(oldest)
}
