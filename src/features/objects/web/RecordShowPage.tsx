import { useEffect } from 'react'
import { App } from 'antd'
import { RecordPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useGo } from '#web/shell/address.ts'
import { useIsWide } from '#web/kit/use-is-phone.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { titleOf } from './record-title.ts'
import { RecordView } from './RecordView.tsx'
import { mergedInto } from './use-duplicates.ts'
import { useObjects } from './use-objects.ts'
import { useRecord } from './use-records.ts'
import { objectWords } from './words.ts'
import './objects.css'

interface RecordShowPageProps {
  readonly object: string
  readonly id: string
}

/** A record on a page of its own, for addresses that are shared. */
export function RecordShowPage({ object: key, id }: RecordShowPageProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  const language = useLanguage()
  const go = useGo()
  const { message } = App.useApp()
  const { objects, isPending } = useObjects()
  const object = objects.find((known) => known.key === key)
  const record = useRecord(key, id)
  const isWide = useIsWide()
  const into = mergedInto(record.error)
  useEffect(() => {
    if (into === undefined) return
    void message.info(t('mergedHere'))
    go(`/records/${key}/${into}`, {}, { isQuiet: true })
  }, [into, key, go, message, t])
  if (isPending || record.isPending || into !== undefined) return <LoadingState rows={10} />
  if (record.isError) return <ErrorState problem={record.error} onRetry={() => void record.refetch()} />
  if (!object) return <EmptyState title={t('noObject')} />
  return (
    <RecordPage
      title={titleOf(object, record.data, language)}
      crumbs={<PageLink to={`/records/${key}`}>{label(object.labelOfMany)}</PageLink>}
    >
      <Panel>
        <RecordView object={object} row={record.data} isWide={isWide} onRemoved={() => go(`/records/${key}`)} />
      </Panel>
    </RecordPage>
  )
}
