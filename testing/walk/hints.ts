import fc from 'fast-check'
import { standardMetrics } from '#platform/ledger/index.ts'
import { standardCatalogue } from '#platform/records/registry.ts'
import { names, type Populated } from './populated.ts'
import type { Hints } from './requests.ts'

/** Ids of people, units, plans and records of these companies, besides ids of nothing. */
export function hintsFor(companies: readonly Populated[]): Hints {
  const ids = companies.flatMap(({ company, records, people, planId, files, comments }) => [
    ...Object.values(company.units),
    ...names.filter((name) => name !== '管').map((name) => people[name]),
    ...Object.values(records).flatMap((byName) => Object.values(byName)),
    planId,
    ...Object.values(files),
    ...Object.values(comments),
  ])
  const id = fc.oneof(fc.constantFrom(...ids), fc.uuid())
  const plan = fc.oneof(fc.constantFrom(...companies.map(({ planId }) => planId)), fc.uuid())
  // Nobody takes the right to go on walking away from 管.
  const walkers = names.filter((name) => name !== '管')
  const person = fc.constantFrom(...companies.flatMap(({ people }) => walkers.map((name) => people[name])))
  const unit = fc.constantFrom(...companies.flatMap(({ company }) => Object.values(company.units)))
  const objects = standardCatalogue().all()
  const fields = objects.flatMap((object) => object.fields)
  const path = fc.oneof(
    fc.constantFrom(
      ...fields.map((field) => field.key),
      'createdAt',
      'id',
      'account.name',
      'account.parent.city',
      'order.account.ownerId',
    ),
    fc.string({ maxLength: 8 }),
  )
  return {
    ...{
      id,
      planId: plan,
      personId: person,
      headId: person,
      toId: person,
      unitId: unit,
      parentId: unit,
      intoId: unit,
      node: unit,
    },
    object: fc.constantFrom(...objects.map((object) => object.key), 'nothing'),
    metric: fc.constantFrom(
      ...standardMetrics()
        .all()
        .map((metric) => metric.key),
      'nothing',
    ),
    ...{ field: path, groupBy: path },
    values: recordValues(id, companies),
    version: fc.constantFrom(1, 2, 3),
    period: fc.constantFrom('2026', '2026-Q2', '2026-M04', '1990', '2100-Q4'),
    ...{ on: someDay, from: fc.oneof(someDay, fc.constant(null)) },
    // Nobody on a walk calls the world outside.
    server: fc.constant('https://127.0.0.1:1'),
    slug: fc.constantFrom('here', 'elsewhere'),
  }
}

const someDay = fc.constantFrom('2026-01-01', '2026-06-15', '2027-01-01', '0001-01-01', '9999-12-31')

/** Values by field key that may fit, whatever the object. */
function recordValues(
  id: fc.Arbitrary<string>,
  companies: readonly Populated[],
): fc.Arbitrary<Record<string, unknown>> {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  const amount = fc.constantFrom('1', '0', '-1', '999999999999999', '0.0001', 12.5, '1e3')
  const own = {
    name: text,
    code: text,
    note: text,
    amount,
    ownerId: id,
    account: id,
    order: id,
    stage: fc.constantFrom(...companies.flatMap(({ company }) => Object.values(company.stages))),
  }
  const more = {
    subject: text,
    kind: fc.constantFrom('visit', 'won'),
    doneOn: someDay,
    orderedOn: someDay,
    receivedOn: someDay,
    refundedOn: someDay,
    closedOn: someDay,
  }
  const credits = fc.array(fc.record({ person: id, percent: fc.constantFrom('50', '100', '0', 'x') }), { maxLength: 2 })
  return fc.record({ ...own, ...more, credits, currency: fc.constantFrom('CNY', 'USD', 'x') }, { requiredKeys: [] })
}
