import { Radio } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { objectWords } from './words.ts'
import './objects.css'

interface CreditChoiceProps {
  readonly keeps: boolean
  readonly onChange: (keeps: boolean) => void
}

/** Whose results that were made are, once records change hands. */
export function CreditChoice({ keeps, onChange }: CreditChoiceProps) {
  const t = useWords(objectWords)
  return (
    <fieldset className="credit-choice">
      <legend>{t('creditOfDone')}</legend>
      <Radio.Group
        value={keeps}
        onChange={(event) => onChange(event.target.value === true)}
        options={[
          { value: true, label: t('creditStays') },
          { value: false, label: t('creditMoves') },
        ]}
      />
    </fieldset>
  )
}
