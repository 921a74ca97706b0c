import { Segmented } from 'antd'
import { robotsManage, webhooksManage } from '#engine/contract/webhooks.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { useMay } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import { RobotList } from './RobotList.tsx'
import { WebhookList } from './WebhookList.tsx'
import { connectionWords } from './connection-words.ts'
import './notices.css'

type Tab = 'robots' | 'webhooks'

/** Where news leaves the product: group chats and other systems. */
export function ConnectionsPage() {
  const t = useWords(connectionWords)
  const address = useAddress()
  const change = useChangeAddress()
  const may: Readonly<Record<Tab, boolean>> = { robots: useMay(robotsManage), webhooks: useMay(webhooksManage) }
  const tabs = (['robots', 'webhooks'] as const).filter((one) => may[one])
  const tab = tabs.find((one) => one === address['tab']) ?? tabs[0] ?? 'robots'
  return (
    <BoardPage
      title={t('title')}
      note={t(tab === 'robots' ? 'robotsNote' : 'webhooksNote')}
      bar={
        <Segmented<Tab>
          value={tab}
          options={tabs.map((value) => ({ value, label: t(value) }))}
          onChange={(value) => change({ tab: value, log: undefined })}
        />
      }
    >
      {tab === 'robots' ? <RobotList /> : <WebhookList />}
    </BoardPage>
  )
}
