import { useState } from 'react'
import { Input } from 'antd'
import { readDecimal } from '#engine/money/decimal.ts'
import { grouped } from '#engine/money/short-form.ts'

interface AmountInputProps {
  readonly id?: string
  readonly value: string
  readonly suffix?: string | undefined
  readonly status?: 'error'
  readonly placeholder?: string
  readonly 'aria-label'?: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: boolean
  readonly onChange: (value: string | null) => void
}

/** A number as people write it: 1,200 · 1.2万 · ¥300. What cannot be read stays as it is and the server says so. */
export function AmountInput({ value, suffix, onChange, ...rest }: AmountInputProps) {
  const [draft, setDraft] = useState<string>()
  const write = (text: string) => {
    setDraft(text)
    const read = readDecimal(text)
    onChange(read.ok ? read.value : text.trim() === '' ? null : text)
  }
  // What was typed stays as typed until the field is left; then it is written out in full.
  const settle = () => setDraft(undefined)
  return (
    <Input
      {...rest}
      className="num"
      inputMode="decimal"
      value={draft ?? grouped(value)}
      {...(suffix ? { suffix } : {})}
      onChange={(event) => write(event.target.value)}
      onBlur={settle}
      onPressEnter={settle}
    />
  )
}
