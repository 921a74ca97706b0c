import { useState } from 'react'
import { Alert, App, Button, Input, Segmented } from 'antd'
import { readDecimal } from '#engine/money/decimal.ts'
import { grouped } from '#engine/money/short-form.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import type { Carry } from '#features/targets/contract.ts'
import type { Appeal } from '../contract.ts'
import { useAgreementActs, useDecisionPreview } from './use-agreements.ts'
import { agreementWords } from './words.ts'

type Verdict = 'granted' | 'partly' | 'refused'

/** Decides an appeal; who carries the difference is seen before. */
export function DecisionForm({ appeal, onDone }: { readonly appeal: Appeal; readonly onDone: () => void }) {
  const t = useWords(agreementWords)
  const { message } = App.useApp()
  const acts = useAgreementActs()
  const [verdict, setVerdict] = useState<Verdict>('granted')
  const [carry, setCarry] = useState<Carry>('siblings')
  const [text, setText] = useState(appeal.asked)
  const [reason, setReason] = useState('')
  const read = readDecimal(text)
  const total = verdict === 'granted' ? appeal.asked : read.ok ? read.value : null
  const preview = useDecisionPreview(
    appeal.id,
    !appeal.can.decide || verdict === 'refused' || total === null ? null : { total, carry },
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
          carry,
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
  const isShown = verdict === 'refused' || preview.data !== undefined
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
            onChange={setVerdict}
          />
          {verdict === 'partly' && (
            <label>
              <span>{t('grantedTotal')}</span>
              <Input
                className="num"
                inputMode="decimal"
                status={read.ok ? '' : 'error'}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </label>
          )}
          {verdict !== 'refused' && (
            <>
              <div>
                <span>{t('carry')}</span>{' '}
                <Segmented<Carry>
                  value={carry}
                  aria-label={t('carry')}
                  options={[
                    { value: 'siblings', label: t('siblings') },
                    { value: 'parents', label: t('parents') },
                  ]}
                  onChange={setCarry}
                />
                <p className="muted">{t(carry === 'siblings' ? 'siblingsHint' : 'parentsHint')}</p>
              </div>
              {preview.isError && <Alert type="warning" showIcon title={problemText(preview.error)} />}
              {preview.data && (
                <table className="decision-effect" aria-label={t('effect')}>
                  <caption>{t('effect')}</caption>
                  <tbody>
                    {preview.data.rows.slice(0, 30).map((row) => (
                      <tr key={row.node}>
                        <th scope="row">{row.name}</th>
                        <td className="num">{grouped(row.before)}</td>
                        <td className="num">→ {grouped(row.after)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
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
