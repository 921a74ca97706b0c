import { Select } from 'antd'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { ScreenField } from '../use-objects.ts'
import { objectWords } from '../words.ts'
import { offeredChoices } from './choices.ts'
import type { ControlProps } from './control.ts'

interface ChoicesInputProps extends ControlProps {
  readonly field: ScreenField
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[] | null) => void
}

/** Several of the choices of a field. */
export function ChoicesInput({ field, value, onChange, ...rest }: ChoicesInputProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  return (
    <Select<string[]>
      {...rest}
      mode="multiple"
      value={[...value]}
      allowClear
      placeholder={t('choose')}
      options={offeredChoices(field, value).map((choice) => ({ value: choice.key, label: label(choice.label) }))}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(keys: string[]) => onChange(keys.length > 0 ? keys : null)}
    />
  )
}
