import { useId, useState } from 'react'
import { App, Button, Input, Modal } from 'antd'
import { readAmount, writeAmount } from '#engine/metrics/metric.ts'
import { readDecimal } from '#engine/money/decimal.ts'
import { AmountInput } from '#features/objects/web/index.tsx'
import { shortNumber } from '#web/kit/number-text.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { ForecastNode } from '../contract.ts'
import { saidAs } from '../roll-up.ts'
import { useForecastActs, type Forecast } from './use-forecast.ts'
import { forecastWords } from './words.ts'

interface SayDialogProps {
  readonly kind: 'submission' | 'override'
  readonly node: ForecastNode
  readonly forecast: Forecast
  readonly onClose: () => void
}

/** Says a commit and a best case: of the own deals, or in the place of what was said below. Filled in already. */
export function SayDialog({ kind, node, forecast, onClose }: SayDialogProps) {
  const t = useWords(forecastWords)
  const label = useLabel()
  const language = useLanguage()
  const { person } = useMe()
  const { message } = App.useApp()
  const { submit, override } = useForecastActs()
  const ids = { commit: useId(), best: useId(), note: useId() }
  const isOverride = kind === 'override'
  const start = isOverride ? (node.override ?? node.submitted) : null
  const [commit, setCommit] = useState<string | null>(start?.commit ?? node.system.committed)
  const [best, setBest] = useState<string | null>(start?.bestCase ?? node.system.bestCase)
  const [note, setNote] = useState('')
  const [isTried, setTried] = useState(false)
  const values = { commit: commit ?? '0', bestCase: best ?? '0' }
  const isReadable = (text: string) => {
    const read = readDecimal(text)
    return read.ok && !read.value.startsWith('-')
  }
  const lacksComment = isOverride && note.trim() === ''
  const style = { unit: 'money' as const, language, currency: forecast.currency }
  const period = forecast.period.key

  const save = () => {
    setTried(true)
    if (lacksComment || !isReadable(values.commit) || !isReadable(values.bestCase)) return
    const act = isOverride
      ? override.mutateAsync({ period, node: node.id, values, comment: note })
      : submit.mutateAsync({ period, ...values, ...(note.trim() ? { note } : {}) })
    void act.then(
      () => {
        void message.success(
          isOverride ? t('overridden', { name: node.name }) : t('submitted', { period: label(forecast.period.label) }),
        )
        onClose()
      },
      () => undefined,
    )
  }
  const withdraw = () =>
    void override
      .mutateAsync({ period, node: node.id, values: null, comment: note.trim() || t('withdraw') })
      .then(onClose, () => undefined)
  const landing = () => {
    if (!isReadable(values.commit) || !isReadable(values.bestCase)) return ''
    const said = { closed: node.system.closed, commit: plain(values.commit), bestCase: plain(values.bestCase) }
    const { commit: lands, bestCase } = saidAs('cumulative', said)
    return t('landing', { commit: shortNumber(lands, style), best: shortNumber(bestCase, style) })
  }
  const isBusy = submit.isPending || override.isPending
  return (
    <Modal
      open
      title={isOverride ? t('overrideOf', { name: node.name }) : `${t('submit')} · ${label(forecast.period.label)}`}
      onCancel={onClose}
      footer={[
        isOverride && node.override?.by === person.id && (
          <Button key="withdraw" loading={isBusy} onClick={withdraw}>
            {t('withdraw')}
          </Button>
        ),
        <Button key="cancel" onClick={onClose}>
          {t('cancel')}
        </Button>,
        <Button key="save" type="primary" loading={isBusy} onClick={save}>
          {t(isOverride ? 'keep' : 'confirm')}
        </Button>,
      ]}
    >
      <p className="muted">{t('prefilled')}</p>
      <div className="forecast-fields">
        <label htmlFor={ids.commit}>{t('commitField')}</label>
        <AmountInput
          id={ids.commit}
          value={commit ?? ''}
          suffix={forecast.currency}
          onChange={setCommit}
          {...(isTried && !isReadable(values.commit) ? { status: 'error' as const } : {})}
        />
        <label htmlFor={ids.best}>{t('bestField')}</label>
        <AmountInput
          id={ids.best}
          value={best ?? ''}
          suffix={forecast.currency}
          onChange={setBest}
          {...(isTried && !isReadable(values.bestCase) ? { status: 'error' as const } : {})}
        />
        <p className="forecast-landing">{landing()}</p>
        <label htmlFor={ids.note}>{t(isOverride ? 'comment' : 'note')}</label>
        <Input.TextArea
          id={ids.note}
          value={note}
          maxLength={1000}
          rows={2}
          placeholder={t('noteExample')}
          aria-invalid={isTried && lacksComment}
          onChange={(event) => setNote(event.target.value)}
        />
        {isTried && lacksComment && (
          <p role="alert" className="forecast-warn">
            {t('needComment')}
          </p>
        )}
      </div>
    </Modal>
  )
}

const plain = (text: string) => {
  const read = readDecimal(text)
  return read.ok ? writeAmount(readAmount(read.value)) : '0'
}
