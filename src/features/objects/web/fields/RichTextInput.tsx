import { Suspense, useState } from 'react'
import { Input, Segmented } from 'antd'
import { lazyPart } from '#web/kit/lazy-part.ts'
import { useWords } from '#web/words/use-words.ts'
import { objectWords } from '../words.ts'
import type { ControlProps } from './control.ts'

const RichText = lazyPart(() => import('./RichText.tsx'), 'RichText')

interface RichTextInputProps extends ControlProps {
  readonly value: string
  readonly maxLength: number
  readonly onChange: (value: string | null) => void
}

/** Markdown as it is typed, and as it will read. */
export function RichTextInput({ value, maxLength, onChange, ...rest }: RichTextInputProps) {
  const t = useWords(objectWords)
  const [side, setSide] = useState<'write' | 'preview'>('write')
  return (
    <div className="rich-input">
      <Segmented
        size="small"
        value={side}
        onChange={setSide}
        options={[
          { value: 'write', label: t('richWrite') },
          { value: 'preview', label: t('richPreview') },
        ]}
      />
      {side === 'write' ? (
        <Input.TextArea
          {...rest}
          value={value}
          autoSize={{ minRows: 4, maxRows: 14 }}
          maxLength={maxLength}
          placeholder={t('richHint')}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        />
      ) : (
        <div className="rich-preview" id={rest.id}>
          <Suspense fallback={null}>{value ? <RichText text={value} /> : <span className="muted">—</span>}</Suspense>
        </div>
      )}
    </div>
  )
}
