import { useId, useState, type ReactNode } from 'react'
import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons'
import { App, Button, Input, Popover, Typography } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { revealRoute } from '#engine/contract/reveal.ts'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { ScreenField } from './use-objects.ts'
import { objectWords } from './words.ts'

interface MaskedValueProps {
  readonly object: string
  readonly id: string
  readonly field: ScreenField
  /** What is shown of it. */
  readonly text: string
  /** The whole value as such a field is shown. */
  readonly children: (value: string) => ReactNode
}

/** A value that is shown in part; shown whole for this look only, which stands in the history of the record. */
export function MaskedValue({ object, id, field, text, children }: MaskedValueProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  const client = useQueryClient()
  const { message } = App.useApp()
  const inputId = useId()
  const [isAsking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [whole, setWhole] = useState<string>()
  const name = label(field.label)
  const reveal = async () => {
    setBusy(true)
    try {
      const body = { field: field.key, ...(reason.trim() ? { reason: reason.trim() } : {}) }
      const { value } = await call(revealRoute, { params: { object, id }, body })
      setWhole(value ?? '')
      setAsking(false)
      setReason('')
      void client.invalidateQueries({ queryKey: ['records', object, 'history', id] })
    } catch (problem) {
      void message.error(problemText(problem))
    } finally {
      setBusy(false)
    }
  }
  if (whole !== undefined) {
    return (
      <span className="masked">
        {children(whole)}
        <Typography.Text
          copyable={{ text: whole, tooltips: [t('copy'), t('copied')] }}
          aria-label={t('copyOf', { field: name })}
        />
        <Button
          type="text"
          size="small"
          icon={<EyeInvisibleOutlined />}
          title={t('hideAgain')}
          aria-label={t('hideOf', { field: name })}
          onClick={() => setWhole(undefined)}
        />
      </span>
    )
  }
  const asking = (
    <form className="masked-ask" onSubmit={(event) => (event.preventDefault(), void reveal())}>
      <label htmlFor={inputId}>{t('revealReason')}</label>
      <Input
        id={inputId}
        value={reason}
        maxLength={200}
        autoFocus
        autoComplete="off"
        placeholder={t('revealExample')}
        onChange={(event) => setReason(event.target.value)}
      />
      <span className="muted">{t('revealNote')}</span>
      <Button type="primary" htmlType="submit" loading={isBusy}>
        {t('reveal')}
      </Button>
    </form>
  )
  return (
    <span className="masked">
      <span className="num">{text}</span>
      <Popover
        trigger="click"
        placement="bottomLeft"
        open={isAsking}
        onOpenChange={setAsking}
        content={asking}
        destroyOnHidden
      >
        <Button size="small" icon={<EyeOutlined />} aria-label={t('revealOf', { field: name })}>
          {t('reveal')}
        </Button>
      </Popover>
    </span>
  )
}
