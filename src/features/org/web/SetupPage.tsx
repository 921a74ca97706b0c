import { useState } from 'react'
import { Alert, Button, Progress } from 'antd'
import { ApartmentOutlined, PlayCircleOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { loadDemoRoute, setupRoute, type SetupState } from '#engine/contract/setup.ts'
import { call } from '#web/api/call.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { CompanyWizard } from './CompanyWizard.tsx'
import { EntryFrame } from '#web/shell/entry/EntryFrame.tsx'
import { entryWords } from './entry-words.ts'
import { Personas } from '#web/shell/entry/Personas.tsx'

/** The first page of a new installation: two doors. */
export function SetupPage() {
  const t = useWords(entryWords)
  const [isCreating, setCreating] = useState(false)
  const setup = useQuery({
    queryKey: ['setup'],
    queryFn: () => call(setupRoute, {}),
    refetchInterval: ({ state }) => (state.data?.demoLoading && !state.data.demoLoading.failed ? 700 : false),
  })
  if (setup.isPending) return <LoadingState rows={8} />
  if (setup.isError) return <ErrorState problem={setup.error} onRetry={() => void setup.refetch()} />
  const state = setup.data
  // The wizard stays after the company exists, because its last step says what comes next.
  if (isCreating) return <CompanyWizard tokenNeeded={state.tokenNeeded} onLeave={() => setCreating(false)} />
  if (!state.canCreate && !state.demoPersonas) return <Navigate to={'/sign-in'} replace />
  return (
    <EntryFrame title={t('welcome')} text={t('welcomeText')} isWide>
      <div className="entry-doors">
        {state.canCreate && (
          <section className="entry-door">
            <ApartmentOutlined className="entry-door-icon" aria-hidden />
            <h2>{t('createOwn')}</h2>
            <p>{t('ownText')}</p>
            <Button type="primary" size="large" onClick={() => setCreating(true)}>
              {t('begin')}
            </Button>
          </section>
        )}
        <DemoDoor state={state} />
      </div>
      {!state.needed && (
        <p className="entry-note">
          <PageLink to="/sign-in">{t('toSignIn')}</PageLink>
        </p>
      )}
    </EntryFrame>
  )
}

function DemoDoor({ state }: { readonly state: SetupState }) {
  const t = useWords(entryWords)
  const label = useLabel()
  const client = useQueryClient()
  const load = useMutation({
    mutationFn: () => call(loadDemoRoute, {}),
    onSuccess: () => client.invalidateQueries({ queryKey: ['setup'] }),
  })
  const loading = state.demoLoading
  return (
    <section className="entry-door">
      <PlayCircleOutlined className="entry-door-icon entry-door-gold" aria-hidden />
      <h2>{t('tryDemo')}</h2>
      {state.demoPersonas ? (
        <Personas personas={state.demoPersonas} />
      ) : (
        <>
          <p>{state.demoAllowed ? t('demoText') : t('demoElsewhere')}</p>
          {load.isError && <Alert type="error" showIcon title={problemText(load.error)} />}
          {loading?.failed && <Alert type="error" showIcon title={label(loading.words)} />}
          {loading && !loading.failed ? (
            <div role="status">
              <Progress
                percent={Math.round(loading.progress * 100)}
                strokeColor="var(--primary)"
                aria-label={t('tryDemo')}
              />
              <span className="muted">{label(loading.words)}</span>
            </div>
          ) : (
            <Button size="large" disabled={!state.demoAllowed} loading={load.isPending} onClick={() => load.mutate()}>
              {t(loading?.failed ? 'loadAgain' : 'load')}
            </Button>
          )}
        </>
      )}
    </section>
  )
}
