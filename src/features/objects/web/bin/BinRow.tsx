import { Button, Checkbox } from 'antd'
import { dayText, momentText } from '#web/kit/date-text.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { objectWords } from '../words.ts'
import { useObjectNames } from './use-object-names.ts'
import type { BinnedRow } from './use-bin.ts'
import { binWords } from './words.ts'

interface BinRowProps {
  readonly row: BinnedRow
  readonly isSelected: boolean
  readonly isBusy: boolean
  readonly onSelect: (isOn: boolean) => void
  readonly onRestore: () => void
}

/** A deleted record: who deleted it when, until when it is kept, what went with it. */
export function BinRow({ row, isSelected, isBusy, onSelect, onRestore }: BinRowProps) {
  const t = useWords(binWords)
  const o = useWords(objectWords)
  const language = useLanguage()
  const nameOf = useObjectNames()
  const companions = row.companions
    .map(({ object, count }) => t('counted', { object: nameOf(object), n: count.toLocaleString('en-US') }))
    .join(language === 'zh' ? '、' : ', ')
  return (
    <li className="bin-row">
      <Checkbox
        aria-label={t('select', { title: row.title })}
        checked={isSelected}
        onChange={(event) => onSelect(event.target.checked)}
      />
      <div className="bin-text">
        <b>{row.title}</b>
        <span className="muted">
          {t('wentOn', { name: row.deletedBy ?? o('system'), at: momentText(String(row.deletedAt), language) })}
        </span>
        {row.with && <span className="muted">{t('goneWith', { title: row.with.title })}</span>}
        {companions !== '' && <span className="muted">{t('cameWith', { what: companions })}</span>}
      </div>
      <span className="muted bin-until">{t('goneOn', { day: dayText(String(row.goneAt), language) })}</span>
      <Button loading={isBusy} aria-label={t('restoreOne', { title: row.title })} onClick={onRestore}>
        {t('restore')}
      </Button>
    </li>
  )
}
