import { isDeepStrictEqual } from 'node:util'
import type { FieldFault } from '#base/errors.ts'
import { inWords } from '#base/label.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { checkOwnMetric } from '#engine/metrics/check-own-metric.ts'
import { checkShape, type ShapeFault } from '#engine/model/check-shape.ts'
import { shapedCatalogue } from '#engine/model/shape.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import { ownMetrics } from '#platform/ledger/index.ts'
import { standardCatalogue } from '#platform/records/registry.ts'
import { openShape, readShape } from '#platform/records/shape-store.ts'
import { shapeChanged, shapingErrors } from '../errors.ts'

/** What a change is about: faults of anything else mean that it is still used there. */
interface Target {
  /** Key of the object, dot, key of the field; an object alone covers all of its parts, nothing covers everything. */
  readonly at: string
  readonly kind: string
}

/**
 * One change of the company's definitions, checked as a whole before it is kept. Throws SHAPE_REFUSED naming what does
 * not hold, here or in what depends on it. `act` gets the catalogue as it is when its turn comes: another change may have
 * been kept since the request began.
 */
export async function changeShape<T>(
  ctx: Ctx,
  { at, kind }: Target,
  act: (step: Step, before: Catalogue) => Promise<T>,
): Promise<T> {
  return inStep(
    ctx,
    async (step) => {
      await openShape(step)
      const before = await catalogueNow(step)
      const result = await act(step, before)
      const catalogue = await catalogueNow(step)
      const faults = [
        ...newFaults(before, catalogue).map((one) => told(ctx, one, at, catalogue)),
        ...(await usesInMetrics(step, before, catalogue)),
      ]
      if (faults.length > 0) throw shapingErrors.SHAPE_REFUSED({}, once(faults))
      step.tell({ name: shapeChanged, payload: { at, kind } })
      return result
    },
    { kind: `shape.${kind}` },
  )
}

async function catalogueNow({ tx }: Step): Promise<Catalogue> {
  return shapedCatalogue(standardCatalogue(), await readShape(tx))
}

/** What stood there before with the same fault, and was not touched, does not hold up other changes. */
function newFaults(before: Catalogue, after: Catalogue): readonly ShapeFault[] {
  const known = checkShape(before)
  return checkShape(after).filter(
    (fault) =>
      !known.some((one) => isDeepStrictEqual(one, fault)) ||
      !isDeepStrictEqual(partAt(before, fault.at), partAt(after, fault.at)),
  )
}

function partAt(catalogue: Catalogue, at: string) {
  const [object = '', part = ''] = at.split('.')
  const holder = catalogue.find(object)
  if (!holder || part === 'label' || part === 'layouts') {
    return { label: holder?.label, layouts: holder?.layouts, recordType: holder?.recordTypeField }
  }
  return (
    holder.fields.find((field) => field.key === part) ??
    [...(holder.rules ?? []), ...(holder.duplicates ?? [])].find(({ id }) => id === part)
  )
}

const stillUsed = {
  zh: '“{user}”还在使用它，请先修改“{user}”',
  en: '“{user}” still uses it; change that first',
}
const usedByMetric = { zh: '指标 {name}', en: 'The metric {name}' }

/** What metrics of the company need and this change takes away; one that did not fit before stands in no way. */
async function usesInMetrics({ ctx, tx }: Step, was: Catalogue, is: Catalogue): Promise<readonly FieldFault[]> {
  return (await ownMetrics(tx)).flatMap(({ definition }) => {
    const before = new Set(checkOwnMetric(definition, was, ctx.company).map(faultOf))
    if (checkOwnMetric(definition, is, ctx.company).every((fault) => before.has(faultOf(fault)))) return []
    const user = inWords(usedByMetric, ctx.language, { name: inWords(definition.label, ctx.language) })
    return [{ field: '', code: 'used', label: stillUsed, params: { user } }]
  })
}

const faultOf = ({ field, code }: FieldFault) => `${field} ${code}`

function told(ctx: Ctx, found: ShapeFault, at: string, catalogue: Catalogue): FieldFault {
  const { at: where, ...fault } = found
  if (at === '' || where === at || where.startsWith(`${at}.`)) return fault
  const [object = '', part = ''] = where.split('.')
  const holder = catalogue.find(object)
  const name =
    holder?.fields.find((field) => field.key === part)?.label ??
    [...(holder?.rules ?? []), ...(holder?.duplicates ?? [])].find(({ id }) => id === part)?.name ??
    holder?.label
  return {
    field: '',
    code: 'used',
    label: stillUsed,
    params: { user: name ? inWords(name, ctx.language) : where },
  }
}

/** The same thing may use another in several ways; it is named once. */
function once(faults: readonly FieldFault[]): readonly FieldFault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()]
}
