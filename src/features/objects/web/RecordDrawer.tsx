import { useEffect } from 'react'
import { Drawer } from 'antd'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useChangeAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { titleOf } from './record-title.ts'
import { RecordView } from './RecordView.tsx'
import { mergedInto } from './use-duplicates.ts'
import { useObject } from './use-objects.ts'
import { useRecord } from './use-records.ts'
import { objectWords } from './words.ts'

interface RecordDrawerProps {
  readonly object: string
  readonly id: string
}

/** A record over the page that it was opened from. */
export function RecordDrawer({ object: key, id }: RecordDrawerProps) {
  const t = useWords(objectWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const language = useLanguage()
  const change = useChangeAddress()
  const object = useObject(key)
  const record = useRecord(key, id)
  const into = mergedInto(record.error)
  useEffect(() => {
    if (into !== undefined) change({ record: `${key}:${into}` }, { isQuiet: true })
  }, [into, key, change])
  const close = () => change({ record: undefined, part: undefined })
  return (
    <Drawer
      open
      onClose={close}
      size="min(720px, 100vw)"
      closable={{ 'aria-label': k('close') }}
      title={
        <span className="drawer-title">
          {object && record.data ? titleOf(object, record.data, language) : '…'}
          {object && <small className="muted">{label(object.label)}</small>}
        </span>
      }
      extra={
        <PageLink to={`/records/${key}/${id}`} search={{ record: undefined }}>
          {t('openPage')}
        </PageLink>
      }
    >
      {record.isError && into === undefined && (
        <ErrorState problem={record.error} onRetry={() => void record.refetch()} />
      )}
      {(record.isPending || into !== undefined) && <LoadingState rows={8} />}
      {object && record.data && <RecordView object={object} row={record.data} onRemoved={close} />}
    </Drawer>
  )
}
