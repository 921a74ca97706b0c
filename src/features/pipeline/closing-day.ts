import type { FieldFault } from '#base/errors.ts'
import type { Label } from '#base/label.ts'

interface Dates {
  readonly engagedOn?: unknown
  readonly closedOn?: unknown
}

const labels = {
  closesAhead: {
    zh: '赢单或输单的关闭日期不能晚于今天（{day}）',
    en: 'A deal that is won or lost cannot close after today ({day})',
  },
  closesTooEarly: {
    zh: '不能早于开始日期（{day}）',
    en: 'Must not be before the day it was engaged on ({day})',
  },
} satisfies Record<string, Label>

/**
 * What is wrong with the day on which a deal closes: it has come by now, and not before the deal began. Days that stood
 * there before and stay are left alone, so that nothing else about an old deal is held up.
 */
export function faultOfClosing(deal: Dates, before: Dates | null, today: string): FieldFault | undefined {
  const { engagedOn, closedOn } = deal
  if (typeof closedOn !== 'string') return undefined
  const isMoved = before === null || before.closedOn !== closedOn
  if (isMoved && closedOn > today) return fault('closesAhead', today)
  if (typeof engagedOn !== 'string' || closedOn >= engagedOn) return undefined
  return isMoved || before.engagedOn !== engagedOn ? fault('closesTooEarly', engagedOn) : undefined
}

function fault(code: keyof typeof labels, day: string): FieldFault {
  return { field: 'closedOn', code, label: labels[code], params: { day } }
}
