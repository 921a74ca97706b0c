import type { ObjectType } from '#engine/model/object-type.ts'
import { personOf } from '#features/org/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isLostConnection } from '#platform/db/lost-connection.ts'
import { isId, newId } from '#platform/db/new-id.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { contextOfPerson } from '#platform/db/system.ts'
import { enqueueJob, registerJob, type JobPayload } from '#platform/jobs/jobs.ts'
import { registerBelonging } from '#platform/merge/belongings.ts'
import { erase, erasureParts, previewErasure } from '#platform/personal/index.ts'
import { colleague, type PersonalRun } from '../contract.ts'
import { privacyErrors } from '../errors.ts'
import { colleagueType, isPersonal } from '../personal-objects.ts'
import { storeArchive } from './archive.ts'
import { countsOfColleague, eraseColleague } from './colleague.ts'
import { gather } from './gather.ts'
import { endRun, insertRun, markParts, runById, runsOf, type Run } from './run-store.ts'

interface Place {
  readonly object: string
  readonly id: string
}

const task = 'privacy.run'

/** Called once when the app is put together. */
export function registerPrivacy(): void {
  registerJob(task, runInBackground, { isAwaited: true })
  registerBelonging('consent')
}

/** What an erasure would touch. */
export async function showErasure(ctx: Ctx, place: Place) {
  const object = subjectType(ctx, place)
  if (object === colleagueType) {
    const { name } = await inView(ctx, (tx) => personOf(tx, place.id))
    const counts = await inView(ctx, (tx) => countsOfColleague(tx, ctx, place.id))
    return { name, fields: colleagueType.fields.map(({ key }) => key), counts }
  }
  const preview = await previewErasure(ctx, object, place.id)
  if (!preview) throw privacyErrors.SUBJECT_NOT_FOUND()
  return { ...preview, fields: [...preview.fields], counts: { ...preview.counts } }
}

/** Begins to erase a person, once the name was typed again. */
export async function startErasure(
  ctx: Ctx,
  place: Place,
  { reason, confirm }: { readonly reason: string; readonly confirm: string },
): Promise<PersonalRun> {
  const object = subjectType(ctx, place)
  const { name } = await showErasure(ctx, place)
  if (object === colleagueType && (await inView(ctx, (tx) => personOf(tx, place.id))).isActive) {
    throw privacyErrors.STILL_ACTIVE({ name })
  }
  if (confirm.trim() !== name.trim()) throw privacyErrors.NOT_CONFIRMED()
  return start(ctx, { act: 'erasure', object: object.key, recordId: place.id, reason })
}

/** Begins to gather everything about a person. */
export async function startExport(ctx: Ctx, place: Place, reason: string | undefined): Promise<PersonalRun> {
  const object = subjectType(ctx, place)
  return start(ctx, { act: 'export', object: object.key, recordId: place.id, reason: reason || null })
}

function subjectType(ctx: Ctx, { object: key, id }: Place): ObjectType {
  const object = key === colleague ? colleagueType : ctx.company.wholeCatalogue.find(key)
  if (!object || !isPersonal(object) || !isId(id)) throw privacyErrors.SUBJECT_NOT_FOUND()
  return object
}

async function start(ctx: Ctx, wanted: Pick<Run, 'act' | 'object' | 'recordId' | 'reason'>): Promise<PersonalRun> {
  const id = newId()
  await inStep(
    { ...ctx, ...(wanted.reason ? { reason: wanted.reason } : {}) },
    async (step) => {
      const known = await runsOf(step.tx, ctx, wanted.object, wanted.recordId)
      const isUnderWay = known.some(
        ({ act, state }) => act === 'erasure' && (state === 'queued' || state === 'running'),
      )
      if (isUnderWay) throw privacyErrors.ERASURE_UNDER_WAY()
      const partsTotal = wanted.act === 'erasure' ? erasureParts : 2
      await insertRun(step.tx, ctx, { ...wanted, id, partsTotal, operationId: newId() })
      if (wanted.act === 'export') {
        step.audit({
          object: wanted.object,
          recordId: wanted.recordId,
          action: 'exported',
          before: null,
          after: { personal: true },
        })
      }
      await enqueueJob(step, task, { runId: id }, `${task}:${id}`)
    },
    { kind: `personal.${wanted.act}` },
  )
  return showRun(ctx, id)
}

export async function listRuns(ctx: Ctx, place: Place) {
  const object = subjectType(ctx, place)
  const runs = await inView(ctx, (tx) => runsOf(tx, ctx, object.key, place.id))
  return { runs: runs.map(viewOf) }
}

export async function showRun(ctx: Ctx, id: string): Promise<PersonalRun> {
  return viewOf(await knownRun(ctx, id))
}

/** The key of the archive, as long as it is kept. */
export async function archiveOf(ctx: Ctx, id: string): Promise<{ readonly fileId: string; readonly run: PersonalRun }> {
  const run = await knownRun(ctx, id)
  if (run.fileId === null) throw privacyErrors.RUN_NOT_FOUND()
  await inStep(
    ctx,
    async (step) =>
      step.audit({
        object: run.object,
        recordId: run.recordId,
        action: 'downloaded',
        before: null,
        after: { personal: true },
      }),
    { kind: 'personal.download' },
  )
  return { fileId: run.fileId, run: viewOf(run) }
}

async function knownRun(ctx: Ctx, id: string): Promise<Run> {
  const run = isId(id) ? await inView(ctx, (tx) => runById(tx, ctx, id)) : undefined
  if (!run) throw privacyErrors.RUN_NOT_FOUND()
  return run
}

function viewOf({
  reason: _reason,
  operationId: _operation,
  createdById: _by,
  fileId: _file,
  ...shown
}: Run): PersonalRun {
  return shown
}

async function runInBackground(system: Ctx, payload: JobPayload): Promise<void> {
  const run = await inView(system, (tx) => runById(tx, system, String(payload['runId'])))
  if (!run || run.state === 'done' || run.state === 'failed') return
  const asked = run.createdById === null ? system : await contextOfPerson(system, run.createdById)
  if (!asked) return inStep(system, ({ tx }) => endRun(tx, system, run.id, { state: 'failed' }))
  const ctx = { ...asked, ...(run.reason ? { reason: run.reason } : {}) }
  try {
    await (run.act === 'erasure' ? performErasure(ctx, run) : performExport(ctx, run))
  } catch (error) {
    if (isLostConnection(error)) throw error
    ctx.log.error({ err: error, run: run.id }, 'a run about personal data failed')
    await inStep(ctx, ({ tx }) => endRun(tx, ctx, run.id, { state: 'failed' }))
  }
}

async function performErasure(ctx: Ctx, run: Run): Promise<void> {
  const onPart = (done: number) => inStep(ctx, ({ tx }) => markParts(tx, ctx, run.id, done))
  const object = subjectType(ctx, { object: run.object, id: run.recordId })
  const counts =
    object === colleagueType ? await eraseColleague(ctx, run, onPart) : await erase(ctx, { ...run, object }, onPart)
  await inStep(ctx, ({ tx }) => endRun(tx, ctx, run.id, counts ? { state: 'done', counts } : { state: 'failed' }))
}

async function performExport(ctx: Ctx, run: Run): Promise<void> {
  const object = subjectType(ctx, { object: run.object, id: run.recordId })
  const gathered = await inStep(ctx, (step) => gather(step, object, run.recordId))
  if (!gathered) return inStep(ctx, ({ tx }) => endRun(tx, ctx, run.id, { state: 'failed' }))
  await inStep(ctx, ({ tx }) => markParts(tx, ctx, run.id, 1))
  const fileId = await storeArchive(ctx, gathered)
  const counts = Object.fromEntries(Object.entries(gathered.parts).map(([name, rows]) => [name, rows.length]))
  await inStep(ctx, async ({ tx }) => {
    await markParts(tx, ctx, run.id, run.partsTotal)
    await endRun(tx, ctx, run.id, { state: 'done', counts, fileId })
  })
}
