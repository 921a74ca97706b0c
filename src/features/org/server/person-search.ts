import { sql } from 'kysely'
import type { SearchShape } from '#engine/search/searched.ts'
import {
  keepSearch,
  registerSearched,
  type FoundRecord,
  type HintedRecord,
  type IndexedRecord,
} from '#platform/search/index.ts'
import type { Step } from '#platform/db/step.ts'
import { mayAct } from '#platform/records/scope.ts'
import { readOrg } from '../permissions.ts'

/** People are found by name and number only: e-mails and phones are shown to few. */
const shape: SearchShape = {
  key: 'person',
  title: 'name',
  fields: [
    { key: 'name', type: 'text', label: { zh: '姓名', en: 'Name' }, searched: 'name' },
    { key: 'employeeNo', type: 'text', label: { zh: '工号', en: 'Employee no.' }, searched: 'code' },
  ],
}

interface FoundPerson {
  readonly id: string
  readonly name: string
  readonly employeeNo: string | null
  readonly isActive: boolean
}

/** Keeps the search right when people come, change or are deactivated. */
export async function keepPeopleSearched(
  step: Step,
  changes: readonly { readonly before: FoundPerson | null; readonly after: FoundPerson }[],
): Promise<void> {
  await keepSearch(
    step,
    shape,
    changes.map(({ before, after }) => ({ id: after.id, before: valuesOf(before), after: valuesOf(after) })),
  )
}

const valuesOf = (person: FoundPerson | null) =>
  person?.isActive ? { name: person.name, employeeNo: person.employeeNo } : null

/** Lets the search find active people, for whoever may see the organisation. */
export function registerPeopleSearch(): void {
  registerSearched({
    shape,
    isOpen: true,
    isAllowed: (ctx) => mayAct(ctx, readOrg),
    look: async (tx, ctx, ids) => {
      const { rows } = await sql<HintedRecord>`
        select p.id, null as "ownerId", jsonb_build_object('name', p.name, 'employeeNo', p.employee_no) as values,
          p.created_at as "updatedAt"
        from person p where p.company_id = ${ctx.company.id} and p.id = any(${ids}::uuid[]) and p.is_active`.execute(tx)
      return rows
    },
    read: async (tx, ctx, ids) => {
      const { rows } = await sql<FoundRecord>`
        select p.id, p.name as title, concat_ws(' · ', u.name, a.position) as subtitle, null as "ownerName",
          u.id as "withinId"
        from person p
        left join structure s on s.is_default and s.company_id = p.company_id
        left join assignment a on a.company_id = p.company_id and a.person_id = p.id and a.structure_id = s.id and a.is_main
          and a.from_day <= ${ctx.today}::date and a.to_day > ${ctx.today}::date
        left join unit u on u.company_id = p.company_id and u.id = a.unit_id
        where p.company_id = ${ctx.company.id} and p.id = any(${ids}::uuid[]) and p.is_active`.execute(tx)
      return rows
    },
    page: async (tx, ctx, after, lock) => {
      const { rows } = await sql<IndexedRecord>`
        select p.id, null as "ownerId", jsonb_build_object('name', p.name, 'employeeNo', p.employee_no) as values
        from person p
        where p.company_id = ${ctx.company.id} and p.is_active and (${after}::uuid is null or p.id > ${after})
        order by p.id limit 1000 ${lock ? sql`for share` : sql``}`.execute(tx)
      return rows
    },
  })
}
