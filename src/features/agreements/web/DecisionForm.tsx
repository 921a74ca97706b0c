import { useState } from 'react'
import { Alert, App, Button, Input, Segmented } from 'antd'
import { amountToEdit, typedAmount } from '#web/kit/amount-text.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import type { Carry } from '#features/targets/contract.ts'
import type { Appeal } from '../contract.ts'
import { CarryChoice } from '#features/targets/web/index.tsx'
import { DecisionEffects } from './DecisionEffects.tsx'
import { useAgreementActs, useDecisionPreview } from './use-agreements.ts'
import { agreementWords } from './words.ts'

type Verdict = 'granted' | 'partly' | 'refused'

/** Decides an appeal; who carries the difference is seen before. */
export function DecisionForm({ appeal, onDone }: { readonly appeal: Appeal; readonly onDone: () => void }) {
  const t = useWords(agreementWords)
  const { message } = App.useApp()
  const acts = useAgreementActs()
  const [verdict, setVerdict] = useState<Verdict>('granted')
  const [carry, setCarry] = useState<Carry>()
  const [text, setText] = useState(() => amountToEdit(appeal.asked, appeal.plan.measure))
  const [reason, setReason] = useState('')
  const part = typedAmount(text, appeal.plan.measure)
  const total = verdict === 'granted' ? appeal.asked : part
  const preview = useDecisionPreview(
    appeal.id,
    !appeal.can.decide || verdict === 'refused' || total === null
      ? null
      : { total, ...(carry === undefined ? {} : { carry }) },
  )
  const attempt = async (act: () => Promise<unknown>, words: string) => {
    try {
      await act()
      void message.success(words)
      onDone()
    } catch (problem) {
      void message.error(problemText(problem))
      void preview.refetch()
    }
  }
  const decide = () =>
    attempt(
      () =>
        acts.decide.mutateAsync({
          id: appeal.id,
          version: appeal.version,
          verdict,
          ...(preview.data ? { carry: preview.data.carry } : {}),
          reason: reason.trim(),
          ...(verdict === 'partly' && total !== null ? { total } : {}),
          ...(preview.data && verdict !== 'refused' ? { planVersion: preview.data.version } : {}),
        }),
      t('done'),
    )
  const escalate = () =>
    attempt(
      () => acts.escalate.mutateAsync({ id: appeal.id, version: appeal.version, comment: reason.trim() }),
      t('escalated'),
    )
  const isShown = verdict === 'refused' || (preview.isSuccess && !preview.isPlaceholderData)
  return (
    <section className="decision" aria-label={t('decide')}>
      <h3>{t('decide')}</h3>
      {appeal.can.decide && (
        <>
          <Segmented<Verdict>
            block
            value={verdict}
            options={[
              { value: 'granted', label: t('grant') },
              { value: 'partly', label: t('part') },
              { value: 'refused', label: t('refuse') },
            ]}
            onChange={(next) => {
              setVerdict(next)
              setCarry(undefined)
            }}
          />
          {verdict === 'partly' && (
            <label>
              <span>{t('grantedTotal')}</span>
              <Input
                className="num"
                inputMode="decimal"
                status={part === null ? 'error' : ''}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </label>
          )}
          {verdict !== 'refused' && (
            <>
              <CarryChoice plan={appeal.plan} preview={preview.data} chosen={carry} onChoose={setCarry} />
              {preview.isError ? (
                <Alert type="warning" showIcon title={problemText(preview.error)} />
              ) : (
                preview.data && <DecisionEffects preview={preview.data} measure={appeal.plan.measure} />
              )}
            </>
          )}
        </>
      )}
      <label>
        <span>{t('verdictReason')}</span>
        <Input.TextArea rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      <div className="own-target-acts">
        {appeal.can.decide && (
          <Button
            type="primary"
            disabled={reason.trim() === '' || !isShown}
            loading={acts.decide.isPending}
            onClick={() => void decide()}
          >
            {t('decide')}
          </Button>
        )}
        {appeal.can.escalate && (
          <Button disabled={reason.trim() === ''} loading={acts.escalate.isPending} onClick={() => void escalate()}>
            {t('escalate')}
          </Button>
        )}
      </div>
    </section>
  )
}
