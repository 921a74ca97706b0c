import { Alert, Button, Progress } from 'antd'
import type { ImportView, UndoView } from '#engine/transfer/import-view.ts'
import { inWords } from '#base/label.ts'
import { grouped } from '#engine/money/short-form.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { isUndoUnderWay, useUndoView } from './use-imports.ts'
import { importWords } from './words.ts'

interface UndoOutcomeProps {
  readonly run: ImportView
  readonly undo: NonNullable<ImportView['undo']>
  readonly onAgain: () => void
}

/** How far an undo is, and what came of it. */
export function UndoOutcome({ run, undo, onAgain }: UndoOutcomeProps) {
  const t = useWords(importWords)
  const language = useLanguage()
  const { state, entriesTotal, entriesDone, removed, restored, skipped } = undo
  const count = (number: number) => grouped(String(number))
  if (isUndoUnderWay(run)) {
    return (
      <Progress
        aria-label={t('undoing')}
        percent={entriesTotal === 0 ? 0 : Math.floor((entriesDone / entriesTotal) * 100)}
        status="active"
        format={() => `${t('undoing')} ${count(entriesDone)} / ${count(entriesTotal)}`}
      />
    )
  }
  const told = t('undoneCounts', { removed: count(removed), restored: count(restored) })
  return (
    <div className="import-summary" aria-live="polite">
      <Alert
        type={state === 'failed' ? 'error' : 'success'}
        showIcon
        title={`${state === 'failed' ? t('undoFailed') : t('undone')}${language === 'zh' ? '：' : ': '}${told}`}
        action={state === 'failed' && <Button onClick={onAgain}>{t('undoAgain')}</Button>}
      />
      {skipped > 0 && <SkippedRecords id={run.id} count={skipped} />}
    </div>
  )
}

/** The records that stayed as they are, each with the reason. */
function SkippedRecords({ id, count }: { readonly id: string; readonly count: number }) {
  const t = useWords(importWords)
  const view = useUndoView(id)
  const shown = view.data?.skipped ?? []
  return (
    <>
      <Alert type="warning" showIcon title={t('undoSkipped', { n: grouped(String(count)) })} />
      <ul className="import-skipped">
        {shown.map((one) => (
          <SkippedRecord key={one.recordId} record={one} />
        ))}
        {shown.length > 0 && shown.length < count && (
          <li className="muted">{t('undoMore', { n: grouped(String(count - shown.length)) })}</li>
        )}
      </ul>
    </>
  )
}

function SkippedRecord({ record }: { readonly record: UndoView['skipped'][number] }) {
  const language = useLanguage()
  const { object, recordId, title, faults } = record
  const isThere = title !== null && !faults.some(({ code }) => code === 'deletedSince')
  return (
    <li>
      {isThere ? <PageLink to={`/records/${object}/${recordId}`}>{title}</PageLink> : (title ?? '—')}{' '}
      <span className="muted">{faults.map((one) => inWords(one.label, language, one.params)).join('；')}</span>
    </li>
  )
}
