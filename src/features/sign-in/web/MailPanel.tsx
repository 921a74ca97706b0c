import { Alert, App, Button } from 'antd'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { momentText } from '#web/kit/date-text.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { testMailRoute, type SignInSettings } from '../contract.ts'
import { settingsWords } from './settings-words.ts'

/** Whether letters leave, when the last one did, and what went wrong. */
export function MailPanel({ mail }: Pick<SignInSettings, 'mail'>) {
  const t = useWords(settingsWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const client = useQueryClient()
  const test = useMutation({
    mutationFn: () => call(testMailRoute, {}),
    onSuccess: () => {
      void message.success(t('mailTested'))
      return client.invalidateQueries({ queryKey: ['sign-in', 'settings'] })
    },
    onError: (problem) => void message.error(problemText(problem)),
  })
  const at = (instant: unknown) => momentText(String(instant), language)
  const facts = [
    mail.lastSentAt ? t('lastSuccess', { at: at(mail.lastSentAt) }) : t('never'),
    ...(mail.waiting > 0 ? [t('mailWaiting', { n: mail.waiting })] : []),
    ...(mail.lastProblem ? [t('lastProblem', { at: at(mail.lastProblemAt), problem: mail.lastProblem })] : []),
  ]
  return (
    <Panel title={t('mail')}>
      {mail.isConnected ? (
        <>
          <p className="security-text">{t('mailConnected', { from: mail.from ?? '' })}</p>
          <p className="muted security-text">{facts.join(' · ')}</p>
          <div>
            <Button loading={test.isPending} onClick={() => test.mutate()}>
              {t('mailTest')}
            </Button>
          </div>
        </>
      ) : (
        <Alert type="warning" showIcon title={t('mailMissing')} />
      )}
    </Panel>
  )
}
