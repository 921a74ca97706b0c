import { Button, Input } from 'antd'
import { isNumbering, writeNumber } from '#engine/model/numbering.ts'
import { useMe } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { FaultLine } from './LabelInput.tsx'
import { shapeWords } from './words.ts'

interface NumberingInputProps {
  readonly id: string
  readonly value: string
  readonly fault: string | undefined
  readonly onChange: (numbering: string) => void
}

const parts = ['{YYYY}', '{MM}', '{DD}', '{0000}'] as const

/** How numbers are written, with the first one as an example. */
export function NumberingInput({ id, value, fault, onChange }: NumberingInputProps) {
  const t = useWords(shapeWords)
  const { today } = useMe()
  const isFine = isNumbering(value)
  return (
    <div className="shape-field">
      <label htmlFor={id}>{t('numbering')}</label>
      <Input
        id={id}
        value={value}
        maxLength={100}
        {...(fault ? { status: 'error' as const } : {})}
        onChange={(event) => onChange(event.target.value)}
      />
      <div className="shape-inserts">
        {parts.map((part) => (
          <Button
            key={part}
            size="small"
            aria-label={t('insert', { text: part })}
            onClick={() => onChange(value + part)}
          >
            {part}
          </Button>
        ))}
      </div>
      <span role="status" className={isFine ? 'shape-fine' : 'shape-fault'}>
        {isFine
          ? t('numberingExample', { text: writeNumber(value, today, 1) })
          : t('numberingWrong', { pattern: '{0000}' })}
      </span>
      <FaultLine id={id} fault={isFine ? fault : undefined} />
    </div>
  )
}
