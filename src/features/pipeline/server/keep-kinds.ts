import { sql } from 'kysely'
import { defineErrors } from '#base/errors.ts'
import { inWords, type Label } from '#base/label.ts'
import type { Step } from '#platform/db/step.ts'
import type { Draft, Stored } from '#platform/records/draft.ts'
import { isLastOfKind } from '../last-stage.ts'
import { kinds as kindChoices } from '../objects.ts'
import type { StageKind } from '../settle.ts'

const label: Label = {
  zh: '这是最后一个“{kind}”阶段，至少要保留一个',
  en: 'This is the last stage of the kind “{kind}”; at least one must stay',
}

const stageErrors = defineErrors({ LAST_STAGE_OF_KIND: { status: 409, label } })

/** A stage may go while another of its kind stays. */
export async function keepOneOfKind(step: Step, { id }: Stored): Promise<void> {
  const kinds = await livingKinds(step)
  const own = kinds.get(id)
  if (own === undefined || !isLastOfKind(kinds, id)) return
  const params = { kind: wordOf(own, step) }
  throw stageErrors.LAST_STAGE_OF_KIND(params, [{ field: 'kind', code: 'lastOfKind', label, params }])
}

/** Nor may the last stage of a kind become one of another kind. */
export async function checkKinds(step: Step, drafts: readonly Draft[]): Promise<void> {
  const changed = drafts.filter(({ before, values }) => before === null || before.values['kind'] !== values['kind'])
  if (!changed.some(({ before }) => before !== null)) return
  const kinds = await livingKinds(step)
  // New ones first: a stage may change its kind when its successor comes with it.
  for (const draft of changed.toSorted((one, other) => Number(one.before !== null) - Number(other.before !== null))) {
    const own = kinds.get(draft.id)
    const { kind } = draft.values
    if (own !== undefined && isLastOfKind(kinds, draft.id)) {
      draft.faults.push({ field: 'kind', code: 'lastOfKind', label, params: { kind: wordOf(own, step) } })
    } else if (kind === 'open' || kind === 'won' || kind === 'lost') kinds.set(draft.id, kind)
  }
}

/** Read after whoever else is taking stages away, so that two people cannot take the last two. */
async function livingKinds(step: Step): Promise<Map<string, StageKind>> {
  const company = step.ctx.company.id
  await sql`select pg_advisory_xact_lock(hashtextextended(${`stages ${company}`}, 0))`.execute(step.tx)
  const { rows } = await sql<{ id: string; kind: StageKind }>`
    select id, kind from stage where company_id = ${company} and deleted_at is null`.execute(step.tx)
  return new Map(rows.map((row) => [row.id, row.kind]))
}

function wordOf(kind: StageKind, step: Step): string {
  const choice = kindChoices.find(({ key }) => key === kind)
  return choice ? inWords(choice.label, step.ctx.language) : kind
}
