import { Tooltip } from 'antd'
import type { ImportPreview } from '#engine/transfer/import-preview.ts'
import type { TargetFieldView, TargetView } from '#engine/transfer/target-view.ts'
import { inWords } from '#base/label.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { fieldsFedBy } from './draft.ts'
import { importWords } from './words.ts'

interface PreviewTableProps {
  readonly view: ImportPreview
  readonly target: TargetView
}

type Row = ImportPreview['rows'][number]

/** The first rows as they would be saved, each error in its cell. */
export function PreviewTable({ view, target }: PreviewTableProps) {
  const t = useWords(importWords)
  const label = useLabel()
  const fed = new Set([...fieldsFedBy(view.mapping), ...Object.keys(view.mapping.defaults)])
  const faulty = new Set(view.rows.flatMap((row) => row.faults.map((fault) => fault.field)))
  const fields = target.fields.filter((field) => fed.has(field.key) || faulty.has(field.key))
  return (
    <section className="import-others">
      <h2>{t('preview')}</h2>
      {/* Wide: scrolls by itself, also with the keyboard. On a phone each row is a card. */}
      <div className="import-table" role="region" aria-label={t('preview')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('line')}</th>
              {fields.map((field) => (
                <th key={field.key} scope="col">
                  {label(field.label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.rows.map((row) => (
              <PreviewLine key={row.line} row={row} fields={fields} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function PreviewLine({ row, fields }: { readonly row: Row; readonly fields: readonly TargetFieldView[] }) {
  const language = useLanguage()
  const label = useLabel()
  const t = useWords(importWords)
  const whole = row.faults.filter((fault) => !fields.some((field) => field.key === fault.field))
  const words = (list: Row['faults']) =>
    list.map((fault) => inWords(fault.label, language, fault.params)).join(language === 'zh' ? '；' : '; ')
  return (
    <tr className={row.faults.length > 0 ? 'import-bad-row' : ''}>
      <td className="number" data-label={t('line')}>
        {row.line}
        {whole.length > 0 && <span className="import-bad">✕ {words(whole)}</span>}
      </td>
      {fields.map((field) => {
        const faults = row.faults.filter((fault) => fault.field === field.key)
        const doubts = row.doubts.filter((doubt) => doubt.field === field.key)
        if (faults.length > 0) {
          return (
            <td key={field.key} className="import-bad" data-label={label(field.label)}>
              ✕ {words(faults)}
            </td>
          )
        }
        const text = textOf(row.values[field.key], field, language)
        return (
          <td
            key={field.key}
            className={field.type === 'money' || field.type === 'number' ? 'number' : ''}
            data-label={label(field.label)}
            data-empty={text === ''}
          >
            {doubts.length > 0 ? (
              <Tooltip title={words(doubts)}>
                <span className="import-doubt" tabIndex={0}>
                  ? {text}
                </span>
              </Tooltip>
            ) : (
              text
            )}
          </td>
        )
      })}
    </tr>
  )
}

function textOf(value: unknown, field: TargetFieldView, language: 'zh' | 'en'): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return inWords(value ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' }, language)
  if (Array.isArray(value)) {
    const entries = value.map((entry: unknown) =>
      isShare(entry) ? `${entry.person} ${entry.percent}%` : textOf(entry, field, language),
    )
    return entries.join(language === 'zh' ? '、' : '; ')
  }
  const choice = field.choices?.find((one) => one.key === value)
  if (choice) return inWords(choice.label, language)
  return String(value)
}

function isShare(entry: unknown): entry is { readonly person: string; readonly percent: string } {
  return typeof entry === 'object' && entry !== null && 'person' in entry && 'percent' in entry
}
