import { Button, Segmented } from 'antd'
import { noticesManage } from '#engine/contract/notices.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useMay } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import { ChoicesForm } from './ChoicesForm.tsx'
import { NoticeLines } from './NoticeLines.tsx'
import { useNotices, useReadNotices } from './use-notices.ts'
import { noticeWords } from './words.ts'
import './notices.css'

const tabs = ['list', 'unread', 'mine', 'company'] as const
type Tab = (typeof tabs)[number]

/** All notices of the person, and by which ways they come. */
export function NoticesPage() {
  const t = useWords(noticeWords)
  const mayManage = useMay(noticesManage)
  const address = useAddress()
  const change = useChangeAddress()
  const names: Readonly<Record<Tab, string>> = {
    list: t('tabList'),
    unread: t('tabUnread'),
    mine: t('tabMine'),
    company: t('tabCompany'),
  }
  const shown = tabs.filter((one) => one !== 'company' || mayManage)
  const tab = shown.find((one) => one === address['tab']) ?? 'list'
  return (
    <BoardPage
      title={t('title')}
      bar={
        <Segmented<Tab>
          value={tab}
          options={shown.map((value) => ({ value, label: names[value] }))}
          onChange={(value) => change({ tab: value === 'list' ? undefined : value })}
        />
      }
    >
      {tab === 'list' || tab === 'unread' ? (
        <NoticeList key={tab} onlyUnread={tab === 'unread'} />
      ) : (
        <ChoicesForm key={tab} whose={tab} />
      )}
    </BoardPage>
  )
}

function NoticeList({ onlyUnread }: { readonly onlyUnread: boolean }) {
  const t = useWords(noticeWords)
  const notices = useNotices(onlyUnread)
  const read = useReadNotices()
  if (notices.isPending) return <LoadingState rows={6} />
  if (notices.isError) return <ErrorState problem={notices.error} onRetry={() => void notices.refetch()} />
  const all = notices.data.pages.flatMap((page) => page.notices)
  if (all.length === 0) return <EmptyState title={t(onlyUnread ? 'noneUnread' : 'none')} text={t('noneText')} />
  return (
    <Panel>
      {(notices.data.pages[0]?.unread ?? 0) > 0 && (
        <div className="notices-head">
          <Button size="small" onClick={() => read.mutate(undefined)}>
            {t('readAll')}
          </Button>
        </div>
      )}
      <NoticeLines notices={all} />
      {notices.hasNextPage && (
        <Button type="link" loading={notices.isFetchingNextPage} onClick={() => void notices.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Panel>
  )
}
