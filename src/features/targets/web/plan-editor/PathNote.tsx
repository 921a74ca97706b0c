import { InfoCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { momentText } from '#web/kit/date-text.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { OpenPlan } from './use-plan.ts'
import type { Path } from './use-plan-path.ts'
import { pathWords } from './path-words.ts'

interface PathNoteProps {
  readonly plan: OpenPlan['plan']
  readonly path: Path | undefined
}

/** Why the plan stands where it does, and what may be done about it; nothing where it is simply being worked on. */
export function PathNote({ plan, path }: PathNoteProps) {
  const t = useWords(pathWords)
  const language = useLanguage()
  if (!path) return null
  const { last, options } = path
  const told = last && { name: last.by?.name ?? '—', when: momentText(last.at, language), reason: last.reason ?? '' }
  const isBack = plan.status === 'draft' && (last?.kind === 'sent-back' || last?.kind === 'reopened')
  const text = () => {
    if (plan.status === 'locked') return t('lockedNote')
    if (plan.status === 'published') return options.asksReview && plan.can.manage ? t('publishedNote') : null
    if (!told) return null
    if (isBack) return t(last?.kind === 'reopened' ? 'reopenedNote' : 'sentBackNote', told)
    if (plan.status === 'in_review') return t('inReviewNote', told)
    return plan.status === 'approved' ? t('approvedNote', told) : null
  }
  const note = text()
  return (
    note && (
      <p className="plan-path-note" data-asks={isBack}>
        {isBack ? <WarningOutlined aria-hidden /> : <InfoCircleOutlined aria-hidden />} {note}
      </p>
    )
  )
}
