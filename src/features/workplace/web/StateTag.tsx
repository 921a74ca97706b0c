import type { ReactNode } from 'react'
import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  PauseCircleOutlined,
  SyncOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import { Tag } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import type { SyncRun } from '../contract.ts'
import { workplaceWords } from './words.ts'

const looks = {
  queued: { tone: 'quiet', icon: <ClockCircleOutlined aria-hidden /> },
  running: { tone: 'on', icon: <SyncOutlined spin aria-hidden /> },
  done: { tone: 'good', icon: <CheckCircleOutlined aria-hidden /> },
  partly: { tone: 'doubtful', icon: <WarningOutlined aria-hidden /> },
  held: { tone: 'doubtful', icon: <PauseCircleOutlined aria-hidden /> },
  failed: { tone: 'bad', icon: <CloseCircleOutlined aria-hidden /> },
} as const satisfies Readonly<Record<SyncRun['state'], { readonly tone: string; readonly icon: ReactNode }>>

interface StateTagProps {
  readonly state: SyncRun['state']
  readonly children: ReactNode
}

/** A state by mark, colour and word. */
export function StateTag({ state, children }: StateTagProps) {
  const { tone, icon } = looks[state]
  return (
    <Tag icon={icon} className="workplace-state" data-tone={tone}>
      {children}
    </Tag>
  )
}

/** How a run went; one that was held needs nobody's word any more once a newer one has looked again. */
export function RunState({ run: { state }, isWaiting }: { readonly run: SyncRun; readonly isWaiting: boolean }) {
  const t = useWords(workplaceWords)
  if (state === 'held' && !isWaiting) return <StateTag state="queued">{t('heldBefore')}</StateTag>
  return <StateTag state={state}>{t(state === 'failed' ? 'stateFailed' : state)}</StateTag>
}
