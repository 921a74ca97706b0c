import { useState, type ReactNode } from 'react'
import { SettingOutlined } from '@ant-design/icons'
import { Button, Segmented, Tooltip } from 'antd'
import { TargetTabs } from '#features/targets/web/index.tsx'
import { dayText } from '#web/kit/date-text.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { AccuracyView } from './AccuracyView.tsx'

import type { ForecastNode, PeriodOfForecast } from '../contract.ts'
import { DealsDrawer } from './DealsDrawer.tsx'
import { EntryDrawer } from './EntryDrawer.tsx'
import type { FigureView } from './figure-view.ts'
import { HistoryView } from './HistoryView.tsx'
import { MyForecast } from './MyForecast.tsx'
import { SettingDialog } from './SettingDialog.tsx'
import { SystemView } from './SystemView.tsx'
import { TeamForecast } from './TeamForecast.tsx'
import { nodeIn, useForecast, type Forecast } from './use-forecast.ts'
import { forecastWords } from './words.ts'
import './forecast.css'

const tabs = ['mine', 'team', 'history', 'accuracy', 'system'] as const
type Tab = (typeof tabs)[number]

const isTab = (text: string | undefined): text is Tab => tabs.some((tab) => tab === text)

interface ForecastPageProps {
  /** What other rooms say of where the same node and period land. */
  readonly beside?:
    ((asked: { readonly node: string | undefined; readonly period: PeriodOfForecast }) => ReactNode) | undefined
}

/** 销售预测 of the period in the header: the own deals, the team, what was said, how right it was, what the system thinks. */
export function ForecastPage({ beside }: ForecastPageProps) {
  const t = useWords(forecastWords)
  const { period } = useWhoAndWhen()
  const forecast = useForecast(period.key)
  if (forecast.isError && !forecast.data) {
    return (
      <BoardPage title={t('title')} bar={<TargetTabs />}>
        <ErrorState problem={forecast.error} onRetry={() => void forecast.refetch()} />
      </BoardPage>
    )
  }
  if (!forecast.data) {
    return (
      <BoardPage title={t('title')} bar={<TargetTabs />}>
        <LoadingState rows={10} />
      </BoardPage>
    )
  }
  return <ForecastBoard forecast={forecast.data} beside={beside} />
}

function ForecastBoard({ forecast, beside }: ForecastPageProps & { readonly forecast: Forecast }) {
  const t = useWords(forecastWords)
  const label = useLabel()
  const language = useLanguage()
  const change = useChangeAddress()
  const address = useAddress()
  const { node: wanted } = useWhoAndWhen()
  const [isSetting, setSetting] = useState(false)
  const leads = forecast.root.kind === 'unit'
  const shown = tabs.filter(
    (tab) => (tab !== 'team' || leads) && (tab !== 'mine' || forecast.ownNode !== null || !leads),
  )
  const [first = 'mine'] = leads && shown.includes('team') ? (['team'] as const) : shown
  const tab = isTab(address['view']) && shown.includes(address['view']) ? address['view'] : first
  const view: FigureView = address['figures'] === 'cumulative' ? 'cumulative' : 'single'
  const focus = nodeIn(forecast.root, wanted) ?? forecast.root
  const { dueOn, isOver, period } = forecast
  const deadline = isOver ? t('over') : dueOn ? t('due', { day: dayText(dueOn, language) }) : ''
  return (
    <BoardPage
      title={`${t('title')} · ${label(period.label)}`}
      note={deadline}
      actions={
        <>
          <Tooltip title={t('viewHint')}>
            <span>
              <Segmented
                aria-label={t('view')}
                value={view}
                options={[
                  { value: 'single', label: t('single') },
                  { value: 'cumulative', label: t('cumulative') },
                ]}
                onChange={(value) => change({ figures: value === 'cumulative' ? value : undefined })}
              />
            </span>
          </Tooltip>
          {forecast.can.manage && (
            <Button icon={<SettingOutlined />} aria-label={t('setting')} onClick={() => setSetting(true)} />
          )}
        </>
      }
      bar={
        <>
          <TargetTabs />
          <Segmented
            className="forecast-tabs"
            aria-label={t('title')}
            value={tab}
            options={shown.map((value) => ({ value, label: t(value) }))}
            onChange={(value) => change({ view: value })}
          />
        </>
      }
    >
      {tab === 'mine' && <MyForecast forecast={forecast} view={view} />}
      {tab === 'team' && <TeamForecast forecast={forecast} root={focus} view={view} />}
      {tab === 'history' && (
        <HistoryView key={focus.id} forecast={forecast} node={wanted ? focus.id : undefined} view={view} />
      )}
      {tab === 'accuracy' && <AccuracyView forecast={forecast} />}
      {tab === 'system' && (
        <SystemView forecast={forecast} node={focus} beside={beside?.({ node: nodeAsked(focus), period })} />
      )}
      <DealsDrawer forecast={forecast} />
      <EntryDrawer currency={forecast.currency} />
      {isSetting && <SettingDialog setting={forecast.setting} onClose={() => setSetting(false)} />}
    </BoardPage>
  )
}

/** A node over several tops is nobody's: the top in reach is meant. */
function nodeAsked({ id, kind, unitId }: ForecastNode): string | undefined {
  return kind === 'unit' && unitId === null ? undefined : id
}
