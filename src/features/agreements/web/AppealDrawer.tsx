import { App, Button, Drawer, Tag } from 'antd'
import { amountText } from '#web/kit/amount-text.ts'
import type { NumberUnit } from '#web/kit/number-text.ts'
import { momentText } from '#web/kit/date-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { Evidence } from '../contract.ts'
import { DecisionForm } from './DecisionForm.tsx'
import { stateNames } from './state-names.ts'
import { useAgreementActs, useAppeal } from './use-agreements.ts'
import { agreementWords } from './words.ts'

/** One appeal: what it asks and why, its evidence, what happened; who decides it does so here. */
export function AppealDrawer({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useWords(agreementWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const { message } = App.useApp()
  const open = useAppeal(id)
  const { withdraw } = useAgreementActs()
  const appeal = open.data?.appeal
  const takeBack = async (version: number) => {
    try {
      await withdraw.mutateAsync({ id, version })
      void message.success(t('withdrawn'))
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  return (
    <Drawer open size={560} title={t('appeal')} onClose={onClose} closable={{ 'aria-label': k('close') }}>
      {open.isError ? (
        <ErrorState problem={open.error} onRetry={() => void open.refetch()} />
      ) : !open.data || !appeal ? (
        <LoadingState rows={6} />
      ) : (
        <div className="appeal-open">
          <p>
            <b>{appeal.name}</b> · {label(appeal.plan.metricLabel)} · {label(appeal.plan.yearLabel)}{' '}
            <Tag>{t(stateNames[appeal.state])}</Tag>
          </p>
          <p className="num">
            {t('asks', {
              period: label(appeal.fromLabel),
              standing: amountText(appeal.standing, appeal.plan.measure),
              asked: amountText(appeal.asked, appeal.plan.measure),
            })}
          </p>
          <blockquote>{open.data.reasons}</blockquote>
          {open.data.evidence.map((one) => (
            <EvidenceTable key={one.year} evidence={one} unit={appeal.plan.measure} />
          ))}
          <Steps steps={open.data.steps} />
          {(appeal.can.decide || appeal.can.escalate) && <DecisionForm appeal={appeal} onDone={onClose} />}
          {appeal.can.withdraw && (
            <Button danger loading={withdraw.isPending} onClick={() => void takeBack(appeal.version)}>
              {t('withdraw')}
            </Button>
          )}
        </div>
      )}
    </Drawer>
  )
}

function EvidenceTable({ evidence, unit }: { readonly evidence: Evidence; readonly unit: NumberUnit }) {
  const t = useWords(agreementWords)
  const shown = (value: string | null) => (value === null ? '—' : amountText(value, unit))
  return (
    <details className="own-target-periods" open>
      <summary>{t('evidence', { year: evidence.year })}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('period')}</th>
            <th scope="col">{t('target')}</th>
            <th scope="col">{t('actual')}</th>
          </tr>
        </thead>
        <tbody>
          {evidence.periods.map(({ key, target, actual }) => (
            <tr key={key}>
              <th scope="row">{key}</th>
              <td className="num">{shown(target)}</td>
              <td className="num">{shown(actual)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

const stepNames = { ...stateNames, lodged: 'stepLodged', escalated: 'stepEscalated' } as const

interface StepsProps {
  readonly steps: readonly {
    readonly kind: keyof typeof stepNames
    readonly by: { readonly name: string } | null
    readonly at: string
    readonly comment: string | null
  }[]
}

function Steps({ steps }: StepsProps) {
  const t = useWords(agreementWords)
  const language = useLanguage()
  return (
    <>
      <h3>{t('steps')}</h3>
      <ol className="agreement-steps">
        {steps.map((step) => (
          <li key={`${step.kind} ${step.at}`}>
            {step.by?.name ?? '—'} {t(stepNames[step.kind])}{' '}
            <span className="muted">{momentText(step.at, language)}</span>
            {step.kind !== 'lodged' && step.comment && <div>{step.comment}</div>}
          </li>
        ))}
      </ol>
    </>
  )
}
