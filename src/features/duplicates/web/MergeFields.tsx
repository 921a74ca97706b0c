import { useId } from 'react'
import { Button } from 'antd'
import { FieldValue, type ScreenField, type ScreenObject } from '#features/objects/web/index.tsx'
import { momentText } from '#web/kit/date-text.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { ProtectButton } from './ProtectButton.tsx'
import type { Compared } from './use-duplicates.ts'
import { UsesText } from './UsesText.tsx'
import { duplicateWords } from './words.ts'

interface MergeFieldsProps {
  readonly object: ScreenObject
  readonly records: readonly Compared[]
  readonly titles: readonly string[]
  readonly winnerId: string
  readonly canProtect: boolean
  readonly differing: readonly ScreenField[]
  readonly same: readonly ScreenField[]
  /** Whose value a field keeps, by its key. */
  readonly from: (key: string) => string
  readonly onWinner: (id: string) => void
  /** The others are merged without it; offered as long as two would be left. */
  readonly onLeaveOut: (id: string) => void
  readonly onChoose: (key: string, id: string) => void
}

/** One column per record; on a phone the values of a field stand below each other. */
export function MergeFields(props: MergeFieldsProps) {
  const { object, records, titles, winnerId, canProtect, differing, same, from, onWinner, onLeaveOut, onChoose } = props
  const t = useWords(duplicateWords)
  const label = useLabel()
  const language = useLanguage()
  return (
    <div className="merge" style={{ '--records': records.length } as React.CSSProperties}>
      <Choice
        name={t('winner')}
        records={records}
        chosen={winnerId}
        onChoose={onWinner}
        isHead
        show={({ row, protection, uses }, at) => (
          <span className="merge-head">
            <b>{titles[at]}</b>
            <small className="muted">{t('changedAt', { at: momentText(String(row.updatedAt), language) })}</small>
            <small className="muted">
              {t('uses')}: <UsesText uses={uses} />
            </small>
            {protection && <small className="merge-protected">{t('protectedBy', { reason: protection.reason })}</small>}
          </span>
        )}
        below={({ row, protection }, at) => (
          <span className="merge-acts">
            {records.length > 2 && (
              <Button
                size="small"
                type="text"
                aria-label={t('leaveOutOf', { title: titles[at] ?? '' })}
                onClick={() => onLeaveOut(row.id)}
              >
                {t('leaveOut')}
              </Button>
            )}
            {canProtect && (
              <ProtectButton
                object={object.key}
                id={row.id}
                title={titles[at] ?? ''}
                isProtected={protection !== null}
              />
            )}
          </span>
        )}
      />
      {differing.map((field) => (
        <Choice
          key={field.key}
          name={label(field.label)}
          records={records}
          chosen={from(field.key)}
          onChoose={(id) => onChoose(field.key, id)}
          show={({ row }) => <FieldValue field={field} row={row} isDense />}
        />
      ))}
      {same.length > 0 && (
        <details className="merge-same">
          <summary>{t('same', { n: same.length })}</summary>
          <dl className="record-fields">
            {same.map((field) => (
              <div key={field.key}>
                <dt>{label(field.label)}</dt>
                <dd>{records[0] && <FieldValue field={field} row={records[0].row} isDense />}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly records: readonly Compared[]
  readonly chosen: string
  readonly isHead?: boolean
  readonly show: (record: Compared, at: number) => React.ReactNode
  readonly below?: (record: Compared, at: number) => React.ReactNode
  readonly onChoose: (id: string) => void
}

function Choice({ name, records, chosen, isHead = false, show, below, onChoose }: ChoiceProps) {
  const group = useId()
  return (
    <fieldset className="merge-field" data-head={isHead}>
      <legend>{name}</legend>
      {records.map((record, at) => (
        <div key={record.row.id} className="merge-value" data-chosen={record.row.id === chosen}>
          <label>
            <input
              type="radio"
              name={group}
              checked={record.row.id === chosen}
              onChange={() => onChoose(record.row.id)}
            />
            <span>{show(record, at)}</span>
          </label>
          {below?.(record, at)}
        </div>
      ))}
    </fieldset>
  )
}
