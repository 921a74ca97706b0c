import { Alert, App, Button, Space, Typography } from 'antd'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  activatePersonRoute,
  deactivatePersonRoute,
  resetPasswordRoute,
  type PersonReply,
} from '#features/org/contract.ts'
import { useOrgAct } from '#features/org/web/index.tsx'
import { call } from '#web/api/call.ts'
import { momentText } from '#web/kit/date-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import {
  endSessionsRoute,
  inviteRoute,
  personSignInRoute,
  resetSecondFactorRoute,
  unlockRoute,
  type PersonSignIn,
} from '../contract.ts'
import { SessionList } from './SessionList.tsx'
import { securityWords } from './security-words.ts'
import './sign-in.css'

/** How a person comes in: invitation or one-time password, second factor, pauses, sessions; or takes access away. */
export function AccessPanel({ person }: { readonly person: PersonReply }) {
  const standing = useQuery({
    queryKey: ['sign-in', 'person', person.id],
    queryFn: ({ signal }) => call(personSignInRoute, { params: { id: person.id }, signal }),
  })
  if (standing.isPending) return <LoadingState rows={4} />
  if (standing.isError) return <ErrorState problem={standing.error} onRetry={() => void standing.refetch()} />
  return (
    <Space orientation="vertical" size="middle" className="access-panel">
      <Marks person={person} standing={standing.data} />
      {person.isActive && <Invite id={person.id} canMail={standing.data.canMail} />}
      {person.isActive && <OneTimePassword id={person.id} />}
      <Repairs id={person.id} standing={standing.data} />
      <Activity person={person} />
    </Space>
  )
}

interface StandingProps {
  readonly standing: PersonSignIn
}

function Marks({ person, standing }: StandingProps & { readonly person: PersonReply }) {
  const t = useWords(securityWords)
  const language = useLanguage()
  const { invitedUntil, hasSecondFactor, pausedUntil } = standing
  const at = (instant: unknown) => momentText(String(instant), language)
  return (
    <div className="sign-in-marks">
      <span className="sign-in-mark">{t(person.canSignIn ? 'canSignIn' : 'cannotSignIn')}</span>
      {hasSecondFactor && <span className="sign-in-mark">{t('hasFactor')}</span>}
      {invitedUntil && <span className="sign-in-mark">{t('invited', { at: at(invitedUntil) })}</span>}
      {pausedUntil && <span className="sign-in-mark">{t('paused', { at: at(pausedUntil) })}</span>}
    </div>
  )
}

function Invite({ id, canMail }: { readonly id: string; readonly canMail: boolean }) {
  const t = useWords(securityWords)
  const { message } = App.useApp()
  const client = useQueryClient()
  const invite = useMutation({
    mutationFn: (byMail: boolean) => call(inviteRoute, { params: { id }, body: { byMail } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sign-in', 'person', id] }),
    onError: (problem) => void message.error(problemText(problem)),
  })
  return (
    <div>
      <Space wrap>
        {canMail && (
          <Button type="primary" loading={invite.isPending} onClick={() => invite.mutate(true)}>
            {t('inviteByMail')}
          </Button>
        )}
        <Button loading={invite.isPending} onClick={() => invite.mutate(false)}>
          {t('inviteByLink')}
        </Button>
      </Space>
      {!canMail && <p className="muted">{t('noMail')}</p>}
      {invite.data?.mailedTo && <Alert type="success" title={t('mailed', { to: invite.data.mailedTo })} />}
      {invite.data?.link && (
        <Alert
          type="success"
          title={t('linkOnce')}
          description={
            <Typography.Paragraph copyable className="access-secret">
              {invite.data.link}
            </Typography.Paragraph>
          }
        />
      )}
    </div>
  )
}

function OneTimePassword({ id }: { readonly id: string }) {
  const t = useWords(securityWords)
  const reset = useOrgAct((_: undefined) => call(resetPasswordRoute, { params: { id } }))
  return (
    <div>
      <Button loading={reset.isPending} onClick={() => reset.mutate(undefined)}>
        {t('oneTimePassword')}
      </Button>
      <p className="muted">{t('oneTimeHint')}</p>
      {reset.data && (
        <Alert
          type="success"
          title={t('oneTime')}
          description={
            <Typography.Paragraph
              copyable={{ text: `${reset.data.identifier}\n${reset.data.password}` }}
              className="access-secret"
            >
              {reset.data.identifier}
              <br />
              <code>{reset.data.password}</code>
            </Typography.Paragraph>
          }
        />
      )}
    </div>
  )
}

function Repairs({ id, standing }: StandingProps & { readonly id: string }) {
  const t = useWords(securityWords)
  const params = { id }
  const unlock = useOrgAct((_: undefined) => call(unlockRoute, { params }), { text: t('unlocked') })
  const resetFactor = useOrgAct((_: undefined) => call(resetSecondFactorRoute, { params }), {
    text: t('factorWasReset'),
  })
  const endAll = useOrgAct((_: undefined) => call(endSessionsRoute, { params }), { text: t('endedOne') })
  return (
    <>
      {standing.pausedUntil && (
        <Button loading={unlock.isPending} onClick={() => unlock.mutate(undefined)}>
          {t('unlock')}
        </Button>
      )}
      {standing.hasSecondFactor && (
        <div>
          <Button loading={resetFactor.isPending} onClick={() => resetFactor.mutate(undefined)}>
            {t('resetFactor')}
          </Button>
          <p className="muted">{t('resetFactorHint')}</p>
        </div>
      )}
      <SessionList sessions={standing.sessions} />
      {standing.sessions.length > 0 && (
        <Button loading={endAll.isPending} onClick={() => endAll.mutate(undefined)}>
          {t('endAll')}
        </Button>
      )}
    </>
  )
}

function Activity({ person }: { readonly person: PersonReply }) {
  const t = useWords(securityWords)
  const params = { id: person.id }
  const activity = useOrgAct((_: undefined) =>
    call(person.isActive ? deactivatePersonRoute : activatePersonRoute, { params }),
  )
  return (
    <div>
      <Button danger={person.isActive} loading={activity.isPending} onClick={() => activity.mutate(undefined)}>
        {t(person.isActive ? 'deactivate' : 'activate')}
      </Button>
      {person.isActive && <p className="muted">{t('deactivateHint')}</p>}
    </div>
  )
}
