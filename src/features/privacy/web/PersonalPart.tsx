import { useState } from 'react'
import { Button, Tag } from 'antd'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { plainDay } from '#web/kit/date-text.ts'
import { useMay } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { consentChannelLabels, consentKindLabels, personalErase, personalExport, type Consent } from '../contract.ts'
import { ConsentDialog } from './ConsentDialog.tsx'
import { EraseDialog } from './EraseDialog.tsx'
import { RunList } from './RunList.tsx'
import { useConsents, usePrivacyActs, type PersonPlace } from './use-privacy.ts'
import { privacyWords } from './words.ts'
import './privacy.css'

/** What a person agreed to, and their rights to have a copy and to be forgotten. */
export function PersonalPart({ object, id }: PersonPlace) {
  const t = useWords(privacyWords)
  const place = { object, id }
  const consents = useConsents(place)
  const acts = usePrivacyActs(place)
  const mayExport = useMay(personalExport)
  const mayErase = useMay(personalErase)
  const [opened, setOpened] = useState<'consent' | 'erase'>()
  const close = () => setOpened(undefined)
  if (consents.isPending) return <LoadingState rows={3} />
  if (consents.isError) return <ErrorState problem={consents.error} onRetry={() => void consents.refetch()} />
  const { canRecord } = consents.data
  const add = canRecord && <Button onClick={() => setOpened('consent')}>{t('record')}</Button>
  return (
    <div className="privacy">
      <div className="privacy-head">
        <h3>{t('consents')}</h3>
        {consents.data.consents.length > 0 && add}
      </div>
      {consents.data.consents.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneText')} action={add} />
      ) : (
        <ol className="privacy-list">
          {consents.data.consents.map((one) => (
            <ConsentLine key={one.id} consent={one} />
          ))}
        </ol>
      )}
      {(mayExport || mayErase) && (
        <>
          <h3>{t('rights')}</h3>
          <div className="privacy-acts">
            {mayExport && (
              <Button loading={acts.exportAll.isPending} onClick={() => acts.exportAll.mutate()}>
                {t('exportAll')}
              </Button>
            )}
            {mayErase && (
              <Button danger onClick={() => setOpened('erase')}>
                {t('erase')}
              </Button>
            )}
          </div>
          {mayExport && <RunList place={place} />}
        </>
      )}
      {opened === 'consent' && <ConsentDialog place={place} onClose={close} />}
      {opened === 'erase' && <EraseDialog place={place} onClose={close} />}
    </div>
  )
}

function ConsentLine({ consent }: { readonly consent: Consent }) {
  const t = useWords(privacyWords)
  const label = useLabel()
  const { kind, state, saidOn, channel, textVersion, note, recordedBy } = consent
  const details = [label(consentChannelLabels[channel]), textVersion, note].filter((part) => part !== null)
  return (
    <li>
      <Tag color={state === 'given' ? 'green' : 'orange'}>{t(state)}</Tag>
      <b>{label(consentKindLabels[kind])}</b> <span className="num">{plainDay(saidOn)}</span>{' '}
      <span className="muted">
        {details.join(' · ')}
        {recordedBy !== null && ` · ${t('by', { name: recordedBy })}`}
      </span>
    </li>
  )
}
