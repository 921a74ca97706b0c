import { useState } from 'react'
import { BellOutlined } from '@ant-design/icons'
import { Badge, Button, Popover } from 'antd'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { NoticeLines } from './NoticeLines.tsx'
import { useNotices, useReadNotices, useUnread } from './use-notices.ts'
import { noticeWords } from './words.ts'
import './notices.css'

/** How many notices are unread, and the newest of them. */
export function NoticeBell() {
  const t = useWords(noticeWords)
  const [isOpen, setOpen] = useState(false)
  const unread = useUnread()
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={isOpen}
      onOpenChange={setOpen}
      destroyOnHidden
      content={<NewestNotices onDone={() => setOpen(false)} />}
    >
      <Badge count={unread} size="small" offset={[-6, 6]}>
        <Button
          type="text"
          shape="circle"
          icon={<BellOutlined />}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          aria-label={unread > 0 ? t('bellUnread', { n: unread }) : t('bell')}
        />
      </Badge>
    </Popover>
  )
}

function NewestNotices({ onDone }: { readonly onDone: () => void }) {
  const t = useWords(noticeWords)
  const notices = useNotices()
  const read = useReadNotices()
  if (notices.isPending) return <LoadingState rows={3} />
  if (notices.isError) return <ErrorState problem={notices.error} onRetry={() => void notices.refetch()} />
  const [first] = notices.data.pages
  const shown = first?.notices ?? []
  return (
    <div className="notices" role="dialog" aria-label={t('title')}>
      <div className="notices-head">
        <b>{t('title')}</b>
        {(first?.unread ?? 0) > 0 && (
          <Button type="link" size="small" onClick={() => read.mutate(undefined)}>
            {t('readAll')}
          </Button>
        )}
      </div>
      {shown.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
      <NoticeLines notices={shown} onOpened={onDone} />
      <div className="notices-foot" onClick={onDone}>
        <PageLink to="/notices">{t('all')}</PageLink>
      </div>
    </div>
  )
}
