import { useState } from 'react'
import { App, Input, Modal, Segmented } from 'antd'
import { readDecimal, sumOf } from '#engine/money/decimal.ts'
import { grouped } from '#engine/money/short-form.ts'
import { momentText } from '#web/kit/date-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { useAgreementActs, useProposal } from './use-agreements.ts'
import { agreementWords } from './words.ts'

interface ProposalFormProps {
  readonly planId: string
  readonly node: string
  readonly title: string
  /** Adjusting the number of somebody else needs a comment. */
  readonly isOwn: boolean
  readonly onClose: () => void
}

/** A number for the year, for each quarter or for each period, with what was proposed before. */
export function ProposalForm({ planId, node, title, isOwn, onClose }: ProposalFormProps) {
  const t = useWords(agreementWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const language = useLanguage()
  const { message } = App.useApp()
  const { company } = useMe()
  const { propose } = useAgreementActs()
  const open = useProposal(planId, node)
  const [count, setCount] = useState(1)
  const [texts, setTexts] = useState<readonly string[]>([])
  const [comment, setComment] = useState('')
  const { periods = [], topDown = null, proposal = null, history = [] } = open.data ?? {}
  const unit = open.data?.measure === 'money' ? company.currency : undefined
  const length = periods.length / count
  const shown = Array.from({ length: count }, (_, at) => {
    const usual = (proposal?.periods ?? topDown)?.slice(at * length, (at + 1) * length)
    return texts[at] ?? (usual ? sumOf(usual) : '')
  })
  const read = shown.map((text) => readDecimal(text))
  const faults = read.map((one) =>
    one.ok ? (one.value.startsWith('-') ? t('belowZero') : undefined) : t('notANumber'),
  )
  const parts = read.flatMap((one) => (one.ok && !one.value.startsWith('-') ? [one.value] : []))
  const isReady = parts.length === count && (isOwn || comment.trim() !== '')
  const nameOf = (at: number) =>
    count === 1
      ? t('yearTotal')
      : count === periods.length
        ? label(periods[at]?.label ?? { zh: '', en: '' })
        : t('quarter', { n: at + 1 })
  const choices = [
    { value: 1, label: t('asYear') },
    ...(periods.length % 4 === 0 ? [{ value: 4, label: t('asQuarters') }] : []),
    { value: periods.length, label: t('asPeriods') },
  ]
  const save = async () => {
    try {
      await propose.mutateAsync({ planId, node, parts, version: proposal?.version ?? null, comment: comment.trim() })
      void message.success(t('sent'))
      onClose()
    } catch (problem) {
      void message.error(problemText(problem))
      void open.refetch()
    }
  }
  return (
    <Modal
      open
      title={`${t(isOwn ? 'propose' : 'adjust')} · ${title}`}
      okText={k('save')}
      cancelText={k('cancel')}
      okButtonProps={{ disabled: !isReady }}
      confirmLoading={propose.isPending}
      onOk={() => void save()}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      {open.isError ? (
        <ErrorState problem={open.error} onRetry={() => void open.refetch()} />
      ) : !open.data ? (
        <LoadingState rows={4} />
      ) : (
        <div className="proposal-form">
          <Segmented
            value={count}
            options={choices}
            onChange={(next) => {
              setCount(next)
              setTexts([])
            }}
          />
          <p className="muted">
            {topDown && (
              <>
                {t('topDown')}: <span className="num">{grouped(sumOf(topDown))}</span> ·{' '}
              </>
            )}
            {t('lastYear')}:{' '}
            <span className="num">{open.data.lastYear === null ? '—' : grouped(open.data.lastYear)}</span> ·{' '}
            {t('season')}
          </p>
          <div className="proposal-parts">
            {shown.map((text, at) => (
              <label key={nameOf(at)}>
                <span>{nameOf(at)}</span>
                <Input
                  className="num"
                  inputMode="decimal"
                  status={text === '' || faults[at] === undefined ? '' : 'error'}
                  suffix={unit}
                  value={text}
                  onChange={(event) => setTexts(shown.with(at, event.target.value))}
                />
                {text !== '' && faults[at] !== undefined && <span role="alert">{faults[at]}</span>}
              </label>
            ))}
          </div>
          <label>
            <span>{t('comment')}</span>
            <Input maxLength={500} value={comment} onChange={(event) => setComment(event.target.value)} />
          </label>
          {history.length > 0 && (
            <>
              <h3>{t('history')}</h3>
              <ol className="agreement-steps">
                {history.map((one) => (
                  <li key={one.version}>
                    <b className="num">{grouped(one.total)}</b> {one.by?.name ?? '—'} {t(one.kind)}{' '}
                    <span className="muted">
                      {momentText(one.at, language)} {one.comment}
                    </span>
                  </li>
                ))}
              </ol>
            </>
          )}
        </div>
      )}
    </Modal>
  )
}
