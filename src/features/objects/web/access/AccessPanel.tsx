import { useState } from 'react'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useMay } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { recordExplain } from '../../contract.ts'
import { OwnerPicker } from '../OwnerPicker.tsx'
import { useWhy, useWhyOf } from './use-access.ts'
import { accessWords } from './words.ts'
import './access.css'

interface AccessPanelProps {
  readonly object: string
  readonly id: string
}

/** Why I see this record, and for administrators why others do or do not. */
export function AccessPanel({ object, id }: AccessPanelProps) {
  const t = useWords(accessWords)
  const mayAsk = useMay(recordExplain)
  const why = useWhy(object, id)
  if (why.isPending) return <LoadingState rows={2} />
  if (why.isError) return <ErrorState problem={why.error} onRetry={() => void why.refetch()} />
  return (
    <div className="access">
      <Reasons title={t('mine')} words={why.data.map(({ words }) => words)} />
      {mayAsk && <OfOthers object={object} id={id} />}
    </div>
  )
}

function OfOthers({ object, id }: AccessPanelProps) {
  const t = useWords(accessWords)
  const [person, setPerson] = useState<string | null>(null)
  const why = useWhyOf(object, id, person)
  return (
    <section aria-label={t('ofOthers')}>
      <h2>{t('ofOthers')}</h2>
      <OwnerPicker aria-label={t('person')} value={person} onChange={setPerson} />
      <div aria-live="polite">
        {person !== null && why.isPending && <LoadingState rows={1} />}
        {why.isError && <ErrorState problem={why.error} />}
        {why.data && (
          <Reasons
            title={t(why.data.obstacle === null ? 'sees' : 'seesNot', { name: why.data.person.name })}
            words={why.data.obstacle === null ? why.data.reasons.map(({ words }) => words) : [why.data.obstacle]}
          />
        )}
      </div>
    </section>
  )
}

function Reasons({ title, words }: { readonly title: string; readonly words: readonly string[] }) {
  return (
    <>
      <p>{title}</p>
      <ul>
        {words.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </>
  )
}
