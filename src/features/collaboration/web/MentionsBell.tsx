import { useState } from 'react'
import { BellOutlined } from '@ant-design/icons'
import { Badge, Button, Popover } from 'antd'
import { momentText } from '#web/kit/date-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { talkPart } from '../contract.ts'
import { useMentions, useReadMentions } from './use-comments.ts'
import { talkWords } from './words.ts'
import './talk.css'

/** How many comments mention the person unread, and what they say. */
export function MentionsBell() {
  const t = useWords(talkWords)
  const [isOpen, setOpen] = useState(false)
  const unread = useMentions().data?.unread ?? 0
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={isOpen}
      onOpenChange={setOpen}
      destroyOnHidden
      content={<MentionList onDone={() => setOpen(false)} />}
    >
      <Badge count={unread} size="small" offset={[-6, 6]}>
        <Button
          type="text"
          shape="circle"
          icon={<BellOutlined />}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          aria-label={unread > 0 ? t('mentionsUnread', { n: unread }) : t('mentions')}
        />
      </Badge>
    </Popover>
  )
}

function MentionList({ onDone }: { readonly onDone: () => void }) {
  const t = useWords(talkWords)
  const language = useLanguage()
  const mentions = useMentions()
  const read = useReadMentions()
  const open = useOpenRecord()
  if (mentions.isPending) return <LoadingState rows={3} />
  if (mentions.isError) return <ErrorState problem={mentions.error} onRetry={() => void mentions.refetch()} />
  const { mentions: all, unread } = mentions.data
  return (
    <div className="mentions" role="dialog" aria-label={t('mentions')}>
      <div className="mentions-head">
        <b>{t('mentions')}</b>
        {unread > 0 && (
          <Button type="link" size="small" onClick={() => read.mutate(undefined)}>
            {t('readAll')}
          </Button>
        )}
      </div>
      {all.length === 0 && <EmptyState title={t('mentionsNone')} text={t('mentionsNoneText')} />}
      <ul className="mentions-list">
        {all.map((one) => (
          <li key={one.commentId}>
            <button
              type="button"
              className="plain-button mentions-row"
              data-unread={!one.isRead}
              onClick={() => {
                if (!one.isRead) read.mutate([one.commentId])
                onDone()
                open(one.object, one.recordId, talkPart)
              }}
            >
              <span>
                {!one.isRead && <span className="mentions-dot" role="img" aria-label={t('unread')} />}
                {t('mentionedIn', { person: one.personName ?? t('system'), title: one.title ?? '—' })}
              </span>
              <span className="mentions-text">{one.text}</span>
              <span className="muted num">{momentText(String(one.createdAt), language)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
