import { useState } from 'react'
import { Button } from 'antd'
import { momentText } from '#web/kit/date-text.ts'
import { useChangeAddress } from '#web/shell/address.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { AuditEntryView } from '../contract.ts'
import { auditWords } from './words.ts'

const fewChanges = 3

/** One entry: who did what to which record, from where, and what changed. */
export function AuditEntry({ entry }: { readonly entry: AuditEntryView }) {
  const t = useWords(auditWords)
  const language = useLanguage()
  const open = useOpenRecord()
  const change = useChangeAddress()
  const [isWhole, setWhole] = useState(false)
  const { changes, title } = entry
  const shown = isWhole ? changes : changes.slice(0, fewChanges)
  const from = [t(entry.origin), entry.agent, entry.address].filter((part) => part !== null).join(' · ')
  return (
    <li className="audit-entry">
      <div className="audit-head">
        <time className="muted num">{momentText(String(entry.at), language)}</time>
        <b>{entry.personName ?? t('system')}</b>
        <span>
          {entry.actionLabel} {entry.objectLabel}
        </span>
        {title !== null &&
          (entry.canOpen ? (
            <Button type="link" size="small" className="audit-title" onClick={() => open(entry.object, entry.recordId)}>
              {title}
            </Button>
          ) : (
            <span>{title}</span>
          ))}
        <span className="audit-gap" />
        <span className="muted">{entry.seal === null ? t('notSealed') : t('seal', { number: entry.seal })}</span>
        <Button type="text" size="small" onClick={() => change({ object: entry.object, target: entry.recordId })}>
          {t('ofRecord')}
        </Button>
      </div>
      {shown.map((one) => (
        <ChangeLine key={one.field} change={one} isNew={entry.action === 'created'} />
      ))}
      {!isWhole && changes.length > fewChanges && (
        <Button type="link" size="small" className="audit-title" onClick={() => setWhole(true)}>
          {t('moreChanges', { n: changes.length - fewChanges })}
        </Button>
      )}
      {entry.reason !== null && <div className="audit-line">{t('reason', { reason: entry.reason })}</div>}
      <div className="audit-line muted">{from}</div>
    </li>
  )
}

function ChangeLine({
  change,
  isNew,
}: {
  readonly change: AuditEntryView['changes'][number]
  readonly isNew: boolean
}) {
  const t = useWords(auditWords)
  const { label: field, before, after, isErased } = change
  const words = isErased
    ? t('is', { field, value: t('erased') })
    : isNew || (before === null && after !== null)
      ? t('is', { field, value: after ?? t('empty') })
      : t('fromTo', { field, before: before ?? t('empty'), after: after ?? t('empty') })
  return <div className="audit-line">{words}</div>
}
