import { defineErrors } from '#base/errors.ts'
import type { ChoiceChanges, NoticeChoices } from '#engine/contract/notices.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { isMailConnected } from '#platform/mail/index.ts'
import { rhythmsOf, waysOf, writeRhythm, writeWays, type Whose } from './choice-store.ts'
import { allNoticeKinds, mayBeTold, noticeKind, standardWays } from './kinds.ts'
import { mailAddressOf } from './letter-store.ts'
import { standardRhythm } from './rhythm.ts'

const choiceErrors = defineErrors({
  NOTICE_CHOICE_INVALID: { status: 422, label: { zh: '通知方式有误', en: 'This way of being told is not possible' } },
})

/** By which ways the actor, or the company unless its people choose, is told of what. */
export async function showChoices(ctx: Ctx, whose: 'mine' | 'company'): Promise<NoticeChoices> {
  const person = ctx.actor.personId
  return inView(ctx, async (tx) => {
    const company = await waysOf(tx, ctx, 'company')
    const own = whose === 'company' ? company : person === null ? new Map() : await waysOf(tx, ctx, person)
    const rhythms = await rhythmsOf(tx, ctx, person === null ? [] : [person])
    const ownRhythm = rhythms.get(whose === 'company' ? 'company' : (person ?? 'company'))
    const kinds = allNoticeKinds()
      .filter((kind) => whose === 'company' || mayBeTold(ctx, kind))
      .map((kind) => ({
        kind: kind.key,
        group: kind.group,
        label: kind.label,
        isUrgent: kind.isUrgent === true,
        ways: own.get(kind.key) ?? company.get(kind.key) ?? standardWays(kind),
        isOwn: own.has(kind.key),
      }))
    return {
      kinds,
      rhythm: ownRhythm ?? rhythms.get('company') ?? standardRhythm,
      isOwnRhythm: ownRhythm !== undefined,
      hasMail: isMailConnected(),
      hasAddress: whose === 'company' || (await mailAddressOf(tx, ctx, ctx.actor.personId)) !== null,
    }
  })
}

/** Changes what was chosen; what is not named stays. */
export async function changeChoices(
  ctx: Ctx,
  whose: 'mine' | 'company',
  changes: ChoiceChanges,
): Promise<NoticeChoices> {
  refuseUnknown(changes)
  const target: Whose | null = whose === 'company' ? 'company' : ctx.actor.personId
  if (target !== null) {
    await inStep(
      ctx,
      async (step) => {
        const chosen = Object.entries(changes.kinds ?? {})
        for (const [kind, ways] of chosen) await writeWays(step, target, kind, ways)
        if (changes.rhythm !== undefined) await writeRhythm(step, target, changes.rhythm)
        if (target === 'company') {
          step.audit({ object: 'notices', recordId: ctx.company.id, action: 'updated', before: null, after: changes })
        }
      },
      { kind: 'notice.choose' },
    )
  }
  return showChoices(ctx, whose)
}

function refuseUnknown({ kinds = {}, rhythm }: ChoiceChanges): void {
  const noKind = { zh: '没有这种通知', en: 'There is no such notice' }
  const noZone = { zh: '没有这个时区', en: 'There is no such time zone' }
  const faults = Object.keys(kinds).flatMap((kind) =>
    noticeKind(kind) ? [] : [{ field: `kinds.${kind}`.slice(0, 200), code: 'unknown', label: noKind }],
  )
  if (rhythm?.zone && !isZone(rhythm.zone)) faults.push({ field: 'rhythm.zone', code: 'unknown', label: noZone })
  if (faults.length > 0) throw choiceErrors.NOTICE_CHOICE_INVALID({}, faults.slice(0, 50))
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
