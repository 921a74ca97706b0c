import {
  BarsOutlined,
  CalendarOutlined,
  EnvironmentOutlined,
  ProjectOutlined,
  ScheduleOutlined,
} from '@ant-design/icons'
import { Segmented, Tooltip } from 'antd'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import { useWords } from '#web/words/use-words.ts'
import { viewKinds, type ViewKind } from '../contract.ts'
import { columnFields } from './board/column-fields.ts'
import { dateFields } from './calendar/date-fields.ts'
import { provinceFields } from './map/province-fields.ts'
import { viewWords } from './words.ts'

interface KindSwitchProps {
  readonly object: ScreenObject
  readonly kind: ViewKind
  readonly onChange: (kind: ViewKind) => void
}

const icons = {
  list: <BarsOutlined />,
  kanban: <ProjectOutlined />,
  calendar: <CalendarOutlined />,
  timeline: <ScheduleOutlined />,
  map: <EnvironmentOutlined />,
} as const

/** The ways in which records of an object can be shown: a calendar takes a date, a map a province. */
export function KindSwitch({ object, kind, onChange }: KindSwitchProps) {
  const t = useWords(viewWords)
  const isPossible = {
    list: true,
    kanban: columnFields(object).length > 0,
    calendar: dateFields(object).length > 0,
    timeline: dateFields(object).length > 0,
    map: provinceFields(object).length > 0,
  } as const
  const offered = viewKinds.filter((one) => isPossible[one] || one === kind)
  if (offered.length < 2) return null
  return (
    <Segmented<ViewKind>
      aria-label={t('kind')}
      value={kind}
      options={offered.map((one) => ({
        value: one,
        label: (
          <Tooltip title={t(one)}>
            {icons[one]}
            <span className="visually-hidden">{t(one)}</span>
          </Tooltip>
        ),
      }))}
      onChange={onChange}
    />
  )
}
