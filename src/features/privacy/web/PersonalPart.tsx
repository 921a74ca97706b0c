import { useState } from 'react'
import { Button, Tag } from 'antd'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { plainDay } from '#web/kit/date-text.ts'
import { useMay } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { consentChannelLabels, consentKindLabels, personalErase, personalExport, type Consent } from '../contract.ts'
import { ConsentDialog } from './ConsentDialog.tsx'
import { Rights } from './Rights.tsx'
import { useConsents, type PersonPlace } from './use-privacy.ts'
import { privacyWords } from './words.ts'
import './privacy.css'

/** What a person agreed to, and their rights to have a copy and to be forgotten. */
export function PersonalPart({ object, id }: PersonPlace) {
  const t = useWords(privacyWords)
  const place = { object, id }
  const consents = useConsents(place)
  const [mayExport, mayErase] = [useMay(personalExport), useMay(personalErase)]
  const mayRights = mayExport || mayErase
  const [isRecording, setRecording] = useState(false)
  if (consents.isPending) return <LoadingState rows={3} />
  if (consents.isError) return <ErrorState problem={consents.error} onRetry={() => void consents.refetch()} />
  const { canRecord } = consents.data
  const add = canRecord && <Button onClick={() => setRecording(true)}>{t('record')}</Button>
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
      {mayRights && <h3>{t('rights')}</h3>}
      <Rights object={object} id={id} />
      {isRecording && <ConsentDialog place={place} onClose={() => setRecording(false)} />}
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
