import { Alert, App, Button } from 'antd'
import { useState } from 'react'
import { momentText } from '#web/kit/date-text.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { Revision } from '../../contract.ts'
import { readGrid, usePlanActs, type OpenPlan } from './use-plan.ts'
import { planWords } from './words.ts'

/** What the server tells about a plan that changed meanwhile. */
export interface Conflict {
  readonly version: number
  readonly revisions: readonly Revision[]
}

interface ConflictNoticeProps {
  readonly planId: string
  readonly conflict: Conflict
  readonly onRedo: (newest: OpenPlan) => void
  readonly onDrop: () => void
}

/** Who changed what meanwhile; nothing is overwritten, nothing is lost. */
export function ConflictNotice({ planId, conflict, onRedo, onDrop }: ConflictNoticeProps) {
  const t = useWords(planWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const { refetch } = usePlanActs()
  const [isBusy, setBusy] = useState(false)
  const names = [...new Set(conflict.revisions.map((revision) => revision.by?.name ?? '—'))].join('、')
  const redo = async () => {
    setBusy(true)
    try {
      const newest = await readGrid(planId)
      await refetch()
      onRedo(newest)
    } catch (problem) {
      void message.error(problemText(problem))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Alert
      className="plan-conflict"
      type="warning"
      showIcon
      title={t('conflictTitle', { names })}
      description={
        <ul>
          {conflict.revisions.map((revision) => (
            <li key={revision.version}>
              {t('conflictRow', {
                n: revision.version,
                name: revision.by?.name ?? '—',
                when: momentText(revision.at, language),
                rows: revision.rows,
                reason: revision.reason ?? t(revision.isHidden ? 'notTold' : 'noReason'),
              })}
            </li>
          ))}
        </ul>
      }
      action={
        <div className="plan-conflict-actions">
          <Button size="small" type="primary" loading={isBusy} onClick={() => void redo()}>
            {t('conflictRedo')}
          </Button>
          <Button
            size="small"
            onClick={() => {
              onDrop()
              void refetch()
            }}
          >
            {t('conflictDrop')}
          </Button>
        </div>
      }
    />
  )
}
