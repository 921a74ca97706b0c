import { Button, Drawer } from 'antd'
import { exactNumber, type NumberUnit } from '#web/kit/number-text.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { reasonWord } from './reason-word.ts'
import { useReason, type ChangedRow, type ChangeReason } from './use-room.ts'
import { attainmentWords } from './words.ts'

interface ReasonDrawerProps {
  readonly figure: { readonly metric: string; readonly period: string; readonly node: string }
  readonly since: string
  readonly reason: ChangeReason
  readonly unit: NumberUnit
  readonly currency: string
  readonly onClose: () => void
}

/** The records of one reason, each with what it was and what it is. */
export function ReasonDrawer({ figure, since, reason, unit, currency, onClose }: ReasonDrawerProps) {
  const t = useWords(attainmentWords)
  const k = useWords(kitWords)
  const openRecord = useOpenRecord()
  const records = useReason(figure, since, reason)
  const rows = records.data?.pages.flatMap((page) => page.rows) ?? []
  const first = records.data?.pages[0]
  return (
    <Drawer
      open
      onClose={onClose}
      size="min(720px, 100vw)"
      closable={{ 'aria-label': k('close') }}
      title={t(reasonWord[reason])}
      extra={first && <Figure value={first.total} unit={unit} currency={currency} exact />}
      styles={{ body: { padding: 0 } }}
    >
      {records.isPending && <LoadingState rows={6} />}
      {records.isError && <ErrorState problem={records.error} onRetry={() => void records.refetch()} />}
      <ul className="changed-rows">
        {rows.map((row, at) => (
          <li key={row.recordId ?? `out-${at}`}>
            {row.recordId === null ? (
              <span className="muted">{t('outOfSight')}</span>
            ) : (
              <button
                type="button"
                className="plain-button ellipsis"
                onClick={() => openRecord(row.object, row.recordId ?? '')}
              >
                {row.title ?? t('untitled')}
              </button>
            )}
            <Figure value={row.amount} unit={unit} currency={currency} exact />
            <Side name={t('before')} rows={row.before} unit={unit} currency={currency} />
            <Side name={t('after')} rows={row.after} unit={unit} currency={currency} />
          </li>
        ))}
      </ul>
      {records.hasNextPage && (
        <Button type="link" loading={records.isFetchingNextPage} onClick={() => void records.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Drawer>
  )
}

interface SideProps {
  readonly name: string
  readonly rows: ChangedRow['before']
  readonly unit: NumberUnit
  readonly currency: string
}

function Side({ name, rows, unit, currency }: SideProps) {
  const t = useWords(attainmentWords)
  const language = useLanguage()
  const texts = rows.map(({ isOut, day, value, amount, currency: own, personName, unitName }) => {
    if (isOut) return t('outOfSight')
    const inOwn =
      own !== null && own !== currency && amount !== null
        ? ` (${exactNumber(amount, { unit, language, currency: own })})`
        : ''
    return [day, `${exactNumber(value, { unit, language, currency })}${inOwn}`, personName, unitName]
      .filter(Boolean)
      .join(' · ')
  })
  return (
    <span className="changed-side num">
      {name}：{texts.length > 0 ? texts.join('；') : t('nothing')}
    </span>
  )
}
