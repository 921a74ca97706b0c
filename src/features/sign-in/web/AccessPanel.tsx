import { Alert, Button, Space, Typography } from 'antd'
import { call } from '#web/api/call.ts'
import { useWords } from '#web/words/use-words.ts'
import { activatePersonRoute, deactivatePersonRoute, resetPasswordRoute, type PersonReply } from '../contract.ts'
import { orgWords } from './org-words.ts'
import { useOrgAct } from './use-org.ts'

/** Lets a person in by a one-time password, or takes access away. */
export function AccessPanel({ person }: { readonly person: PersonReply }) {
  const t = useWords(orgWords)
  const params = { id: person.id }
  const reset = useOrgAct((_: undefined) => call(resetPasswordRoute, { params }))
  const activity = useOrgAct((_: undefined) =>
    call(person.isActive ? deactivatePersonRoute : activatePersonRoute, { params }),
  )
  return (
    <Space orientation="vertical" size="middle">
      <span>{t(person.canSignIn ? 'canSignIn' : 'cannotSignIn')}</span>
      {person.isActive && (
        <div>
          <Button loading={reset.isPending} onClick={() => reset.mutate(undefined)}>
            {t('invite')}
          </Button>
          <p className="muted">{t('resetHint')}</p>
        </div>
      )}
      {reset.data && (
        <Alert
          type="success"
          title={t('oneTime')}
          description={
            <Typography.Paragraph
              copyable={{ text: `${reset.data.identifier}\n${reset.data.password}` }}
              className="org-secret"
            >
              {reset.data.identifier}
              <br />
              <code>{reset.data.password}</code>
            </Typography.Paragraph>
          }
        />
      )}
      <div>
        <Button danger={person.isActive} loading={activity.isPending} onClick={() => activity.mutate(undefined)}>
          {t(person.isActive ? 'deactivate' : 'activate')}
        </Button>
        {person.isActive && <p className="muted">{t('deactivateHint')}</p>}
      </div>
    </Space>
  )
}
