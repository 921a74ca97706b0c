import { sql } from 'kysely'
import { z } from 'zod'
import type { WrittenFacts } from '#features/org/server/index.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { draftStep, type DraftStep } from '../draft-step.ts'
import type { DrawnAssignment, DrawnUnit } from '../drawing.ts'
import { reorganisationErrors } from '../errors.ts'

export interface Draft {
  readonly id: string
  readonly structureId: string
  readonly name: string
  readonly effectiveOn: string
  readonly status: 'draft' | 'confirmed' | 'revoked'
  readonly steps: readonly DraftStep[]
  readonly version: number
  readonly changedBy: string | null
  readonly changedAt: Date
  readonly confirmedBy: string | null
  readonly confirmedAt: Date | null
  /** The organisation of its day as it was set up when it was confirmed. */
  readonly drawn: KeptDrawing | null
}

export interface KeptDrawing {
  readonly units: readonly DrawnUnit[]
  readonly assignments: readonly DrawnAssignment[]
}

type Stored = Omit<Draft, 'steps'> & { readonly steps: unknown }

const columns = sql`r.id, r.structure_id as "structureId", r.name, r.effective_on as "effectiveOn", r.status, r.steps, r.version,
  (select p.name from person p where p.company_id = r.company_id and p.id = r.changed_by) as "changedBy",
  r.changed_at as "changedAt",
  (select p.name from person p where p.company_id = r.company_id and p.id = r.confirmed_by) as "confirmedBy",
  r.confirmed_at as "confirmedAt", r.drawn`

const steps = z.array(draftStep)
const parsed = (row: Stored): Draft => ({ ...row, steps: steps.parse(row.steps) })

export const draftStore = {
  async all(tx: Tx): Promise<readonly Draft[]> {
    const { rows } = await sql<Stored>`
      select ${columns} from reorganisation r order by (r.status = 'draft') desc, r.effective_on desc, r.id desc`.execute(
      tx,
    )
    return rows.map(parsed)
  },

  /** The draft, or REORGANISATION_NOT_FOUND. */
  async one(tx: Tx, id: string, lock = false): Promise<Draft> {
    const { rows } = await sql<Stored>`
      select ${columns} from reorganisation r where r.id = ${id} ${lock ? sql`for update of r` : sql``}`.execute(tx)
    if (!rows[0]) throw reorganisationErrors.REORGANISATION_NOT_FOUND()
    return parsed(rows[0])
  },

  async insert(step: Step, draft: Pick<Draft, 'structureId' | 'name' | 'effectiveOn' | 'steps'>): Promise<string> {
    const id = newId()
    await sql`
      insert into reorganisation (company_id, id, structure_id, name, effective_on, steps, changed_by)
      values (${step.ctx.company.id}, ${id}, ${draft.structureId}, ${draft.name}, ${draft.effectiveOn},
        ${JSON.stringify(draft.steps)}::jsonb, ${step.ctx.actor.personId})`.execute(step.tx)
    await keepRevision(step, id, 'created')
    return id
  },

  /** The caller holds the draft locked at the version it was asked for. */
  async save(step: Step, id: string, draft: Pick<Draft, 'name' | 'effectiveOn' | 'steps'>): Promise<void> {
    await sql`
      update reorganisation set name = ${draft.name}, effective_on = ${draft.effectiveOn},
        steps = ${JSON.stringify(draft.steps)}::jsonb, version = version + 1,
        changed_by = ${step.ctx.actor.personId}, changed_at = now()
      where id = ${id}`.execute(step.tx)
    await keepRevision(step, id, 'changed')
  },

  async saveConfirmed(step: Step, id: string, facts: WrittenFacts, drawn: KeptDrawing): Promise<void> {
    await sql`
      update reorganisation set status = 'confirmed', version = version + 1, confirmed_by = ${step.ctx.actor.personId},
        confirmed_at = now(), facts_before = ${JSON.stringify(facts.before)}::jsonb,
        facts_after = ${JSON.stringify(facts.after)}::jsonb, touched = ${JSON.stringify(facts.touched)}::jsonb,
        drawn = ${JSON.stringify(drawn)}::jsonb
      where id = ${id}`.execute(step.tx)
    await keepRevision(step, id, 'confirmed')
  },

  async saveRevoked(step: Step, id: string): Promise<void> {
    await sql`update reorganisation set status = 'revoked', version = version + 1 where id = ${id}`.execute(step.tx)
    await keepRevision(step, id, 'revoked')
  },

  async facts(tx: Tx, id: string): Promise<WrittenFacts> {
    const { rows } = await sql<WrittenFacts>`
      select facts_before as before, facts_after as after, touched from reorganisation where id = ${id}`.execute(tx)
    if (!rows[0]) throw reorganisationErrors.REORGANISATION_NOT_FOUND()
    return rows[0]
  },

  async remove(step: Step, id: string): Promise<void> {
    await sql`delete from reorganisation where id = ${id}`.execute(step.tx)
  },

  async revisions(tx: Tx, id: string) {
    const { rows } = await sql<{
      version: number
      kind: 'created' | 'changed' | 'confirmed' | 'revoked'
      name: string
      effectiveOn: string
      steps: unknown
      by: string | null
      at: Date
    }>`
      select v.version, v.kind, v.name, v.effective_on as "effectiveOn", v.steps, p.name as by, v.at
      from reorganisation_revision v left join person p on p.company_id = v.company_id and p.id = v.by_person
      where v.reorganisation_id = ${id} order by v.version desc`.execute(tx)
    return rows.map((row) => ({ ...row, steps: steps.parse(row.steps), at: row.at.toISOString() }))
  },
}

async function keepRevision(step: Step, id: string, kind: string): Promise<void> {
  await sql`
    insert into reorganisation_revision (company_id, reorganisation_id, version, kind, name, effective_on, steps, by_person)
    select company_id, id, version, ${kind}, name, effective_on, steps, ${step.ctx.actor.personId}
    from reorganisation where id = ${id}`.execute(step.tx)
}
