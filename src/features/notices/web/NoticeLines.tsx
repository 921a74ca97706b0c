import type { NoticeView } from '#engine/contract/notices.ts'
import { momentText } from '#web/kit/date-text.ts'
import { useGo } from '#web/shell/address.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { useReadNotices } from './use-notices.ts'
import { noticeWords } from './words.ts'

interface NoticeLinesProps {
  readonly notices: readonly NoticeView[]
  readonly onOpened?: () => void
}

/** Notices, newest first; a click marks one as read and leads to what it is about. */
export function NoticeLines({ notices, onOpened }: NoticeLinesProps) {
  const t = useWords(noticeWords)
  const language = useLanguage()
  const read = useReadNotices()
  const lead = useLead()
  return (
    <ul className="notice-lines">
      {notices.map((notice) => (
        <li key={notice.id}>
          <button
            type="button"
            className="plain-button notice-line"
            data-unread={!notice.isRead}
            onClick={() => {
              if (!notice.isRead) read.mutate([notice.id])
              onOpened?.()
              lead(notice)
            }}
          >
            <span>
              {!notice.isRead && <span className="notice-dot" role="img" aria-label={t('unread')} />}
              {notice.text}
            </span>
            {notice.quote && <span className="notice-quote">{notice.quote}</span>}
            <span className="muted num">{momentText(String(notice.at), language)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** A record opens over the page; everything else has an address. */
function useLead(): (notice: NoticeView) => void {
  const open = useOpenRecord()
  const go = useGo()
  return ({ object, recordId, part, page }) => {
    if (object && recordId) return open(object, recordId, part ?? undefined)
    if (!page) return
    const [path = '/', search = ''] = page.split('?')
    go(path, Object.fromEntries(new URLSearchParams(search)))
  }
}
