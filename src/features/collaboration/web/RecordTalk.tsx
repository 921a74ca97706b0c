import type { ReactElement } from 'react'
import { Button } from 'antd'
import { textOf, useObject, useRecordQuery, type RecordRow, type ScreenObject } from '#features/objects/web/index.tsx'
import { localToday, nearDayText } from '#web/kit/date-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useMe } from '#web/session/me.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { CommentBox } from './CommentBox.tsx'
import { CommentEntry } from './CommentEntry.tsx'
import { layTalk, momentOf, type Timed } from './lay-talk.ts'
import { useCommentActs, useComments, type RecordPlace } from './use-comments.ts'
import { talkWords } from './words.ts'
import './talk.css'

interface RecordTalkProps {
  readonly object: ScreenObject
  readonly row: RecordRow
}

/** What was said about a record and done for it, newest first. */
export function RecordTalk({ object, row }: RecordTalkProps) {
  const t = useWords(talkWords)
  const place: RecordPlace = { object: object.key, id: row.id }
  const { write } = useCommentActs(place)
  const comments = useComments(place)
  const activities = useActivities(place)
  const said = (comments.data?.pages ?? []).flatMap((page) => page.comments)
  const entries = layTalk<ReactElement>(
    said.map((comment) => ({
      at: String(comment.createdAt),
      item: <CommentEntry key={comment.id} place={place} comment={comment} />,
    })),
    activities,
    comments.hasNextPage,
  )
  return (
    <div className="talk">
      <CommentBox place={place} onSend={(draft) => write.mutateAsync(draft)} />
      {comments.isPending && <LoadingState rows={3} />}
      {comments.isError && <ErrorState problem={comments.error} onRetry={() => void comments.refetch()} />}
      {comments.data && entries.length === 0 && <EmptyState title={t('empty')} text={t('emptyText')} />}
      <ol className="talk-entries">{entries}</ol>
      {comments.hasNextPage && (
        <Button block loading={comments.isFetchingNextPage} onClick={() => void comments.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </div>
  )
}

const mostActivities = 100

/** The activities that refer to the record. */
function useActivities({ object, id }: RecordPlace): readonly Timed<ReactElement>[] {
  const activity = useObject('activity')
  const references = (activity?.fields ?? []).filter(({ type, to }) => type === 'reference' && to === object)
  const any = references.map(({ key }) => ({ field: key, op: 'eq' as const, value: id }))
  const { data } = useRecordQuery(
    'activity',
    { filter: { or: any }, sort: [{ field: 'doneOn', descending: true }], limit: mostActivities },
    any.length > 0,
  )
  if (!activity || any.length === 0) return []
  return (data?.rows ?? []).map((row) => ({
    at: momentOf(textOf(row, 'doneOn'), String(row.createdAt), (instant) => localToday(new Date(instant))),
    item: <ActivityEntry key={row.id} activity={activity} row={row} />,
  }))
}

function ActivityEntry({ activity, row }: { readonly activity: ScreenObject; readonly row: RecordRow }) {
  const t = useWords(talkWords)
  const label = useLabel()
  const language = useLanguage()
  const { today } = useMe()
  const open = useOpenRecord()
  const kinds = activity.fields.find(({ key }) => key === 'kind')?.choices ?? []
  const kind = kinds.find(({ key }) => key === textOf(row, 'kind'))
  const name = row.names['ownerId'] ?? t('system')
  return (
    <li className="talk-entry" data-kind="activity">
      <span className="talk-dot" aria-hidden />
      <div className="talk-body">
        <div className="talk-head">
          <b>{name}</b>
          <span className="muted num">{nearDayText(textOf(row, 'doneOn'), language, today)}</span>
        </div>
        <button type="button" className="plain-button text-link" onClick={() => open(activity.key, row.id)}>
          {t('activityOf', { kind: kind ? label(kind.label) : '', subject: textOf(row, 'subject') })}
        </button>
        {textOf(row, 'note') !== '' && <p className="talk-text muted">{textOf(row, 'note')}</p>}
      </div>
    </li>
  )
}
