import { Suspense, useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useObject } from '#features/objects/web/index.tsx'
import { OwnRing } from '#features/targets/web/index.tsx'
import { dayText } from '#web/kit/date-text.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useLeads, useMe } from '#web/session/me.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { DealsToMove } from './DealsToMove.tsx'
import { QuickActivity } from './QuickActivity.tsx'
import { RecentActivities } from './RecentActivities.tsx'
import { TaskList } from './TaskList.tsx'
import { dayWords } from './words.ts'
import './day.css'

// By the company's clock: its today is the day that the page is about.
function greetingAt(moment: Date, zone: string): 'morning' | 'afternoon' | 'evening' {
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: zone })
  const hour = Number(clock.format(moment))
  if (hour < 5) return 'evening'
  return hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening'
}

/** The day of one person, made for a phone first. */
export function MyDay() {
  const t = useWords(dayWords)
  const language = useLanguage()
  const me = useMe()
  const leads = useLeads()
  const activity = useObject('activity')
  const [isAdding, setAdding] = useState(false)
  const [openedAt] = useState(() => new Date())
  const greeting = t(greetingAt(openedAt, me.company.zone), { name: me.person.name })
  return (
    <BoardPage
      title={greeting}
      note={dayText(me.today, language, me.today)}
      actions={
        activity?.can.create && (
          <Button type="primary" icon={<PlusOutlined />} className="day-add" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )
      }
    >
      <div className="day">
        <div className="day-column">
          <Panel title={t(leads ? 'unitTarget' : 'myTarget')} className="day-target">
            <Suspense fallback={<LoadingState rows={3} />}>
              <OwnRing />
            </Suspense>
          </Panel>
          <DealsToMove />
        </div>
        <div className="day-column">
          <TaskList />
          <RecentActivities />
        </div>
      </div>
      {activity && isAdding && <QuickActivity activity={activity} onClose={() => setAdding(false)} />}
    </BoardPage>
  )
}
