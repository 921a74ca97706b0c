import { useState } from 'react'
import { DeleteOutlined, EditOutlined } from '@ant-design/icons'
import { App, Avatar, Button } from 'antd'
import { momentText } from '#web/kit/date-text.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useUndo } from '#web/kit/use-undo.tsx'
import { useMe } from '#web/session/me.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { CommentView } from '../contract.ts'
import { partsOf } from '../mentioned.ts'
import { CommentBox } from './CommentBox.tsx'
import { useCommentActs, type RecordPlace } from './use-comments.ts'
import { talkWords } from './words.ts'

interface CommentEntryProps {
  readonly place: RecordPlace
  readonly comment: CommentView
}

/** What somebody said, and what its writer may do with it. */
export function CommentEntry({ place, comment }: CommentEntryProps) {
  const t = useWords(talkWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const undo = useUndo()
  const { change, remove, restore } = useCommentActs(place)
  const [isEditing, setEditing] = useState(false)
  const { id, personName } = comment
  const name = personName ?? t('system')
  const takeAway = async () => {
    try {
      await remove.mutateAsync(id)
      undo(t('removed'), async () => void (await restore.mutateAsync(id)))
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  return (
    <li className="talk-entry">
      <Avatar size={30} className="talk-face" aria-hidden>
        {name.slice(-1)}
      </Avatar>
      <div className="talk-body">
        <div className="talk-head">
          <b>{name}</b>
          <span className="muted num">{momentText(String(comment.createdAt), language)}</span>
          {comment.editedAt && (
            <span className="muted" title={momentText(String(comment.editedAt), language)}>
              {t('edited')}
            </span>
          )}
          <span className="talk-acts">
            {comment.canChange && (
              <Button
                type="text"
                size="small"
                icon={<EditOutlined />}
                aria-label={t('edit')}
                onClick={() => setEditing(true)}
              />
            )}
            {comment.canRemove && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t('remove')}
                onClick={() => void takeAway()}
              />
            )}
          </span>
        </div>
        {isEditing ? (
          <CommentBox
            place={place}
            first={comment}
            onCancel={() => setEditing(false)}
            onSend={async (body) => {
              await change.mutateAsync({ id, body })
              setEditing(false)
            }}
          />
        ) : (
          <CommentText comment={comment} />
        )}
      </div>
    </li>
  )
}

/** The text with those whom it mentions set apart, the reader most of all. */
export function CommentText({ comment }: { readonly comment: Pick<CommentView, 'text' | 'mentions'> }) {
  const me = useMe()
  return (
    <p className="talk-text">
      {partsOf(comment.text, comment.mentions).map(({ text, mention }, at) =>
        mention ? (
          <span key={at} className="mention" data-me={mention.id === me.person.id}>
            {text}
          </span>
        ) : (
          <span key={at}>{text}</span>
        ),
      )}
    </p>
  )
}
