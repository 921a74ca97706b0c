import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { SettingOutlined } from '@ant-design/icons'
import { Panel } from '#web/kit/Panel.tsx'
import { useMay } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import { attainmentManage } from '../contract.ts'
import type { AnalysedFigure } from './analysed-figure.ts'
import { ChildrenGap } from './ChildrenGap.tsx'
import { DriversGap } from './DriversGap.tsx'
import { SettingsDrawer } from './SettingsDrawer.tsx'
import { WhatChanged } from './WhatChanged.tsx'
import { attainmentWords } from './words.ts'
import './analysis.css'

const views = { child: ChildrenGap, driver: DriversGap, reason: WhatChanged } as const
const viewWords = { child: 'byChild', driver: 'byDriver', reason: 'byReason' } as const

/** Why a node is where it is: over those below it, over its drivers, and what changed lately. */
export function AnalysisPanel(figure: AnalysedFigure) {
  const t = useWords(attainmentWords)
  const mayManage = useMay(attainmentManage)
  const hasChildren = figure.node.children.length > 0
  // The view is a part of the address, as what it opens: whoever gets the link sees the same.
  const { why } = useAddress()
  const change = useChangeAddress()
  const chosen = (['driver', 'reason'] as const).find((one) => one === why) ?? 'child'
  const [isSetting, setSetting] = useState(false)
  const view = chosen === 'child' && !hasChildren ? 'driver' : chosen
  const View = views[view]
  return (
    <Panel
      className="analysis"
      title={t('analysis')}
      extra={
        <>
          <Segmented
            value={view}
            onChange={(next) => change({ why: next, since: undefined, changed: undefined })}
            options={(['child', 'driver', 'reason'] as const)
              .filter((one) => one !== 'child' || hasChildren)
              .map((one) => ({ value: one, label: t(viewWords[one]) }))}
          />
          {mayManage && (
            <Button
              type="text"
              icon={<SettingOutlined />}
              aria-label={t('settings')}
              onClick={() => setSetting(true)}
            />
          )}
        </>
      }
    >
      <View key={`${figure.node.id} ${figure.period.key} ${figure.metric.key}`} {...figure} />
      {isSetting && <SettingsDrawer period={figure.period} onClose={() => setSetting(false)} />}
    </Panel>
  )
}
