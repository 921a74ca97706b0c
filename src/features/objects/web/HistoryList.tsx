import { useState } from 'react'
import { Button } from 'antd'
import { momentText } from '#web/kit/date-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { entriesOf } from './fields/control.ts'
import { useValueText } from './fields/use-value-text.ts'
import { useFileNames } from './files/use-files.ts'
import { OperationDialog } from './history/OperationDialog.tsx'
import { useSharedWords } from './history/use-shared-words.ts'
import { sourceWord } from './history/source-words.ts'
import { UndoChange } from './history/UndoChange.tsx'
import type { HistoryEntry } from './history/use-trace.ts'
import { historyWords } from './history/words.ts'
import { useRecordNames } from './use-names.ts'
import type { ScreenField, ScreenObject } from './use-objects.ts'
import { useHistory, type RecordRow } from './use-records.ts'
import { objectWords } from './words.ts'

interface HistoryListProps {
  readonly object: ScreenObject
  readonly row: RecordRow
}

const actionWords = [
  ['created', 'actionCreate'],
  ['updated', 'actionUpdate'],
  ['deleted', 'actionDelete'],
  ['restored', 'actionRestore'],
  ['merged', 'actionMerge'],
  ['erased', 'actionErase'],
] as const

const fileWordsOf = {
  attached: 'actionAttach',
  detached: 'actionDetach',
  reattached: 'actionReattach',
} as const

/** A file that came, went or came back; such an entry names no fields. */
function fileIn({ action, before, after }: HistoryEntry) {
  const word = Object.hasOwn(fileWordsOf, action) ? fileWordsOf[action as keyof typeof fileWordsOf] : undefined
  const file = (after ?? before)?.['file']
  const isNamed = typeof file === 'object' && file !== null && 'name' in file
  return word && { word, name: isNamed ? String(file.name) : '' }
}

/** Who changed what, when and from where, newest first, each change with a way back. */
export function HistoryList({ object, row }: HistoryListProps) {
  const t = useWords(objectWords)
  const k = useWords(kitWords)
  const history = useHistory(object.key, row.id)
  const place = { object: object.key, id: row.id }
  const files = useFileNames(
    place,
    object.fields.some(({ type }) => type === 'file'),
  )
  const records = useRecordNames(recordsNamed(object, history.data?.entries ?? []))
  const shown = useValueText(new Map([...records, ...files]))
  if (history.isPending) return <LoadingState rows={4} />
  if (history.isError) return <ErrorState problem={history.error} onRetry={() => void history.refetch()} />
  const { entries, hasMore } = history.data
  if (entries.length === 0) return <EmptyState title={t('noHistory')} />
  return (
    <>
      <ol className="history">
        {entries.map((entry) => (
          <Entry key={entry.id} object={object} row={row} entry={entry} shown={shown} />
        ))}
      </ol>
      {hasMore && <p className="muted">{k('newestOnly', { n: entries.length })}</p>}
    </>
  )
}

interface EntryProps extends HistoryListProps {
  readonly entry: HistoryEntry
  readonly shown: (field: ScreenField, value: unknown) => string
}

function Entry({ object, row, entry, shown }: EntryProps) {
  const t = useWords(objectWords)
  const h = useWords(historyWords)
  const label = useLabel()
  const language = useLanguage()
  const [isWhole, setWhole] = useState(false)
  const file = fileIn(entry)
  const shared = useSharedWords(object, entry)
  const word = file?.word ?? actionWords.find(([action]) => entry.action.endsWith(action))?.[1] ?? 'actionOther'
  const source = sourceWord(entry)
  const isChange = entry.action === 'updated' && entry.before !== null && entry.erased.length === 0
  const changed = entry.before ? object.fields.filter((field) => entry.after && field.key in entry.after) : []
  return (
    <li>
      <div className="history-head">
        <b>{entry.personName ?? t('system')}</b> {shared ?? t(word, { name: file?.name ?? '' })}{' '}
        <span className="muted num">{momentText(String(entry.at), language)}</span>
        {source && <span className="muted"> · {h(source)}</span>}
        {entry.run && (
          <Button size="small" type="link" onClick={() => setWhole(true)}>
            {h('wholeOperation')}
          </Button>
        )}
        {isChange && object.can.update && changed.length > 0 && (
          <UndoChange object={object} row={row} entry={entry} shown={shown} />
        )}
      </div>
      {changed.map((field) => (
        <div key={field.key} className="history-line">
          {entry.erased.includes(field.key)
            ? t('fieldErased', { field: label(field.label) })
            : t('fieldFrom', {
                field: label(field.label),
                before: shown(field, entry.before?.[field.key]),
                after: shown(field, entry.after?.[field.key]),
              })}
        </div>
      ))}
      {isWhole && entry.run && <OperationDialog id={entry.run.operationId} onClose={() => setWhole(false)} />}
    </li>
  )
}

type Entries = NonNullable<ReturnType<typeof useHistory>['data']>['entries']

/** The records that values of the history point at, by object. */
function recordsNamed(object: ScreenObject, entries: Entries): ReadonlyMap<string, ReadonlySet<string>> {
  const wanted = new Map<string, Set<string>>()
  for (const { key, type, to } of object.fields) {
    if (to === undefined || (type !== 'reference' && type !== 'multi_reference')) continue
    const ids = wanted.get(to) ?? new Set()
    for (const value of entries.flatMap(({ before, after }) => [before?.[key], after?.[key]])) {
      for (const id of typeof value === 'string' ? [value] : entriesOf(value)) ids.add(id)
    }
    wanted.set(to, ids)
  }
  return wanted
}
