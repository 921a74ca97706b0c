import { MoreOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { isInForce } from '../../contract.ts'
import type { PlanSide } from './plan-side.ts'
import { usePlanActs, type OpenPlan } from './use-plan.ts'
import type { PathAct, PlanPathSteps } from './use-plan-path.ts'
import { pathWords } from './path-words.ts'
import { planWords } from './words.ts'

interface PlanMenuProps {
  readonly open: OpenPlan
  readonly steps: PlanPathSteps
  readonly isDirty: boolean
  readonly onSide: (side: PlanSide) => void
}

/** What is done to a plan as a whole, and seldom. */
export function PlanMenu({ open, steps, isDirty, onSide }: PlanMenuProps) {
  const t = useWords(planWords)
  const p = useWords(pathWords)
  const k = useWords(kitWords)
  const { message, modal } = App.useApp()
  const { refresh, remove } = usePlanActs()
  const { plan } = open
  const { id: planId, version, can, status } = plan
  const attempt = async (act: () => Promise<string | undefined>) => {
    try {
      const text = await act()
      if (text) void message.success(text)
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const follow = () =>
    attempt(async () => {
      const { added, moved } = await refresh.mutateAsync({ planId, version })
      return added + moved === 0 ? t('nothingToFollow') : t('refreshed', { n: added, moved })
    })
  const askToRemove = () =>
    void modal.confirm({
      title: t('removeSure', { n: open.rows.length }),
      okText: t('remove'),
      cancelText: t('cancel'),
      okButtonProps: { danger: true },
      onOk: () =>
        attempt(async () => {
          await remove.mutateAsync({ planId })
          return undefined
        }),
    })
  const wasPublished = steps.path?.publishedVersion !== null
  const sides = [
    ...(can.edit ? (['setup'] as const) : []),
    ...(can.manage && isInForce(status) ? (['amend'] as const) : []),
    ...(steps.path && wasPublished && status !== 'locked' ? (['published'] as const) : []),
    ...(status === 'in_review' && !wasPublished ? (['published'] as const) : []),
    ...(can.manage && steps.path ? (['options'] as const) : []),
  ]
  const sideTexts = {
    setup: t('setup'),
    amend: t('amend'),
    published: p('differences'),
    options: p('options'),
  } as const
  const whole = [
    ...(can.manage && can.edit ? [{ key: 'refresh', label: t('refresh'), disabled: isDirty }] : []),
    ...steps.inMenu.map((act) => ({ key: `act:${act}`, label: p(act), disabled: isDirty })),
    ...(can.manage && status === 'draft' && steps.path && !wasPublished
      ? [{ key: 'remove', label: t('remove'), danger: true }]
      : []),
  ]
  if (sides.length + whole.length === 0) return null
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        onClick: ({ key }) => {
          const side = sides.find((each) => each === key)
          const act = steps.inMenu.find((each: PathAct) => `act:${each}` === key)
          if (side) onSide(side)
          else if (act) steps.take(act)
          else if (key === 'refresh') void follow()
          else if (key === 'remove') askToRemove()
        },
        items: [
          ...sides.map((side) => ({ key: side, label: sideTexts[side], disabled: side === 'amend' && isDirty })),
          ...(sides.length > 0 && whole.length > 0 ? [{ type: 'divider' as const }] : []),
          ...whole,
        ],
      }}
    >
      <Button icon={<MoreOutlined />} aria-label={k('more')} />
    </Dropdown>
  )
}
