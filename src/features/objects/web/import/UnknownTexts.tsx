import { useState } from 'react'
import { AutoComplete, Button, Select } from 'antd'
import type { ImportPreview } from '#engine/transfer/import-preview.ts'
import type { TargetView } from '#engine/transfer/target-view.ts'
import { fold } from '#engine/transfer/fold.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { importWords } from './words.ts'

interface UnknownTextsProps {
  readonly view: ImportPreview
  readonly target: TargetView
  readonly onApply: (meanings: Readonly<Record<string, Record<string, string>>>) => void
}

/** "GTXPro" means "GTX Pro": texts that lead nowhere, with what was perhaps meant already filled in. */
export function UnknownTexts({ view, target, onApply }: UnknownTextsProps) {
  const t = useWords(importWords)
  const label = useLabel()
  const [meanings, setMeanings] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(view.unknown.flatMap((one) => (one.suggestion ? [[keyOf(one), one.suggestion]] : []))),
  )
  if (view.unknown.length === 0) return null
  const set = (key: string, value: string) => setMeanings((before) => ({ ...before, [key]: value }))
  const apply = () => {
    const byField: Record<string, Record<string, string>> = {}
    for (const one of view.unknown) {
      const meaning = meanings[keyOf(one)]
      if (meaning) (byField[one.field] ??= {})[one.text] = meaning
    }
    onApply(byField)
  }
  return (
    <section className="import-others">
      <h2>{t('unknown')}</h2>
      <p className="muted">{t('unknownHint')}</p>
      {view.unknown.slice(0, 30).map((one) => {
        const field = target.fields.find((candidate) => candidate.key === one.field)
        const choices = field?.choices
        const name = `${one.text} ${t('means')}`
        return (
          <div className="import-unknown" key={keyOf(one)}>
            <span>
              <span className="muted">{field ? label(field.label) : one.field}</span> <strong>{one.text}</strong>{' '}
              <span className="muted">{t('rowsOf', { n: one.rows })}</span>
            </span>
            <span className="import-arrow" aria-hidden>
              →
            </span>
            {choices ? (
              <Select
                aria-label={name}
                placeholder={t('means')}
                value={meanings[keyOf(one)] ?? null}
                options={choices.map((choice) => ({ value: choice.key, label: label(choice.label) }))}
                onChange={(value) => set(keyOf(one), value ?? '')}
              />
            ) : (
              <AutoComplete
                aria-label={name}
                placeholder={t('means')}
                value={meanings[keyOf(one)] ?? ''}
                options={(view.candidates[one.field] ?? []).map((title) => ({ value: title }))}
                showSearch={{ filterOption: (typed, option) => fold(option?.value ?? '').includes(fold(typed)) }}
                onChange={(value) => set(keyOf(one), value)}
              />
            )}
          </div>
        )
      })}
      <Button disabled={Object.values(meanings).every((meaning) => meaning === '')} onClick={apply}>
        {t('applyValues')}
      </Button>
    </section>
  )
}

function keyOf({ field, text }: { readonly field: string; readonly text: string }): string {
  return `${field}\n${text}`
}
