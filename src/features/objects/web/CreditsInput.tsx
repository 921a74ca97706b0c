import { Button } from 'antd'
import type { Credit } from '#engine/model/object-type.ts'
import { sumOf } from '#engine/money/decimal.ts'
import { useWords } from '#web/words/use-words.ts'
import { AmountInput } from './AmountInput.tsx'
import { OwnerPicker } from './OwnerPicker.tsx'
import { objectWords } from './words.ts'

interface CreditsInputProps {
  readonly id: string
  readonly value: readonly Credit[]
  readonly onChange: (value: readonly Credit[] | null) => void
}

function sumText(credits: readonly Credit[]): string {
  return sumOf(credits.map((credit) => (/^\d+(\.\d+)?$/.test(credit.percent) ? credit.percent : '0')))
}

/** Who shares the result, in percent; the sum is watched while typing. */
export function CreditsInput({ id, value, onChange }: CreditsInputProps) {
  const t = useWords(objectWords)
  const put = (at: number, change: Partial<Credit>) =>
    onChange(value.map((credit, place) => (place === at ? { ...credit, ...change } : credit)))
  const sum = sumText(value)
  return (
    <div className="credits" id={id}>
      {value.map((credit, at) => (
        <div key={at} className="credits-row">
          <OwnerPicker
            aria-label={t('choosePerson')}
            value={credit.person || null}
            onChange={(person) => put(at, { person: person ?? '' })}
          />
          <AmountInput
            aria-label={t('percentOf')}
            value={credit.percent}
            suffix="%"
            onChange={(percent) => put(at, { percent: percent ?? '' })}
          />
          <Button
            aria-label={t('removeCredit')}
            onClick={() => {
              const rest = value.filter((_credit, place) => place !== at)
              onChange(rest.length > 0 ? rest : null)
            }}
          >
            ×
          </Button>
        </div>
      ))}
      {value.length > 0 && sum !== '100' && (
        <span role="status" className="field-fault">
          {t('creditSum', { sum })}
        </span>
      )}
      <Button onClick={() => onChange([...value, { person: '', percent: value.length === 0 ? '100' : '' }])}>
        {t('addCredit')}
      </Button>
    </div>
  )
}
